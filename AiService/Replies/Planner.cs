using System.Collections;
using System.Text.RegularExpressions;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;
using Assistify.Contracts;
using Reading = Assistify.Contracts.Understanding;

namespace Assistify.AiService.Replies;

/// <summary>Decides what the answer has to deal with: reads the wishes out of the unanswered messages and out of what was said before.</summary>
internal sealed partial class Planner(MessageReader reader)
{
    private const int MaxWishes = 6;
    private const int Remembered = 8; // messages before the unanswered ones that a follow-up can mean
    private const double Certain = 0.7;
    private const double Sure = 0.55;
    private const double Likely = 0.32;

    public Plan Decide(ReplyRequested request, IReadOnlyList<(HistoryMessage Message, Reading Reading)> unanswered, IReadOnlyList<HistoryMessage> before, OpenedProduct? opened = null)
    {
        var language = unanswered.Count > 0 ? unanswered[^1].Reading.Language : "en";
        var said = before.LastOrDefault(message => message.Author is Author.Assistant)?.Text;
        var replied = new RepliedTo(Phrases.OffersPerson(said), ErrandPhrases.AskedIn(said));
        var zone = Zones.Of(request.TimeZone);
        // Most messages say all that they mean.
        var earlier = new Lazy<Wish?>(() =>
        {
            var spoken = Earlier(request.WorkspaceId, before, zone);
            // "How tall is it?" on a product's page: it was shown, though nobody named it.
            return opened is not null && (spoken is null || opened.IsNew && spoken.Errand is null)
                ? new Wish(WishKind.MentionedProducts, Intents.ProductSearch, "", [], ProductWish.None, []) : spoken;
        }, LazyThreadSafetyMode.None);

        var wishes = new List<Wish>();
        foreach (var (message, reading) in unanswered)
        {
            if (QuickReplies.Read(message, before) is { } chosen)
            {
                if (wishes.Count < MaxWishes) wishes.Add(Read(chosen));
                continue;
            }
            var clauses = Clauses.Of(message.Text);
            foreach (var clause in clauses)
            {
                if (wishes.Count == MaxWishes) break;
                var intent = clauses.Count == 1 ? new ClassifiedIntent(reading.Intent, reading.Confidence) : reader.Intent(request.WorkspaceId, clause);
                var entities = EntityReader.Read(clause, new EntityContext(message.At, zone));
                var wish = Read(clause, intent, entities, replied, wishes.LastOrDefault(IsAboutSomething) is { } last ? new Lazy<Wish?>(last) : earlier);
                if (wishes.LastOrDefault() is { } previous && Joined(previous, wish) is { } joined)
                {
                    wishes.Remove(previous);
                    wish = joined;
                }
                // "Tomorrow. At three." is one answer.
                if (wish.Errand is { Continues: true }) wishes.RemoveAll(known => known.Errand?.Intent == wish.Intent);
                if (!wishes.Exists(known => Same(known, wish)) && !IsSaidAlready(wish, wishes)) wishes.Add(wish);
            }
        }
        // "Hello", "thanks" and a sigh are not answered beside a question.
        if (wishes.Exists(IsAboutSomething)) wishes.RemoveAll(wish => wish.Kind is WishKind.Courtesy && wish.Intent is not Intents.Greeting);
        return new Plan(language, wishes, wishes.Exists(wish => wish.Kind is WishKind.Person));
    }

    private static Wish Read(Chosen chosen) => chosen switch
    {
        { OfSeller: true } => new Wish(WishKind.Seller, Intents.ProductSearch, chosen.Title, [], ProductWish.None, []) { Chosen = chosen.Product },
        { Product: not null } => new Wish(WishKind.Products, Intents.ProductSearch, chosen.Title, TermsOf(chosen.Title), ProductWish.None, []) { Chosen = chosen.Product },
        { Person: true } => new Wish(WishKind.Person, Intents.Yes, chosen.Title, [], ProductWish.None, []),
        _ => new Wish(WishKind.Courtesy, Intents.No, chosen.Title, [], ProductWish.None, []),
    };

    private Wish? Earlier(Guid workspaceId, IReadOnlyList<HistoryMessage> before, TimeZoneInfo zone)
    {
        Wish? earlier = null;
        ErrandSlot? asked = null;
        foreach (var message in before.Skip(before.Count - Remembered))
        {
            if (message.Author is not Author.Customer)
            {
                asked = ErrandPhrases.AskedIn(message.Text);
                continue;
            }
            foreach (var clause in Clauses.Of(message.Text))
            {
                var entities = new UnreadEntities(clause, new EntityContext(message.At, zone));
                var wish = Read(clause, reader.Intent(workspaceId, clause), entities, new RepliedTo(Offer: false, asked), new Lazy<Wish?>(earlier));
                if (IsAboutSomething(wish)) earlier = wish;
            }
        }
        return earlier;
    }

    private static Wish Read(string clause, ClassifiedIntent classified, IReadOnlyList<Entity> entities, RepliedTo replied, Lazy<Wish?> before)
    {
        var (intent, confidence) = (classified.Intent, classified.Confidence);
        var forSeller = SellerWish.IsIn(clause);
        var terms = TermsOf(forSeller ? SellerWish.Rest(clause) : clause);
        var meanings = terms.ConvertAll(term => term.Meaning);
        var product = ProductWishReader.Read(clause, meanings);
        // What it must not be is not looked for.
        if (product.Without.Count > 0)
        {
            terms.RemoveAll(term => product.Without.Contains(term.Meaning));
            meanings = terms.ConvertAll(term => term.Meaning);
        }
        // What it may cost names nothing that is looked for.
        if (product.HasLimit) terms.RemoveAll(term => term.Meaning is "budget" || NumberWords.IsOne(term.Written));
        // In Greek Tuesday is "the third".
        if (product.Position is not null) product = product with { Position = ProductWishReader.PositionIn(EntityReader.Without(clause, entities.Where(entity => entity is DateEntity or MomentEntity))) };
        if (forSeller) return Make(WishKind.Seller, Intents.ProductSearch);
        if (product.Compares) terms.RemoveAll(term => ProductWishReader.IsComparing(term.Written));
        var things = meanings.Exists(Concepts.Things.Contains);
        var names = terms.Exists(NamesSomething);
        var follows = Clauses.ContinuesTheLast(clause) || terms.Count <= 2 && confidence < Sure || product.Narrows && !names;

        if (replied.Asked is { } slot && before.Value?.Errand is { } open)
        {
            var next = open.Continue(clause, entities, slot);
            if (!IsWishOfItsOwn(next.Adds(open))) return Make(WishKind.Knowledge, open.Intent) with { Errand = next };
        }

        // "It was maria@example.com, sorry": what proves an order, also where nothing was asked for.
        if (MayProve(clause) && entities.Any(Proves) && before.Value?.Errand is { Intent: Intents.OrderStatus } told && !IsWishOfItsOwn(answers: true))
            return Make(WishKind.Knowledge, told.Intent) with { Errand = told.Continue(clause, entities, null) };

        // "My name is George": nothing is asked.
        if (Introduction().IsMatch(Words.Fold(clause))) return Make(WishKind.Courtesy, Intents.Greeting);

        if (confidence >= Likely)
        {
            if (intent is Intents.TalkToPerson || intent is Intents.Yes && replied.Offer) return Make(WishKind.Person, intent);
            if (intent is Intents.Greeting or Intents.Thanks or Intents.Goodbye or Intents.SmallTalk or Intents.Yes or Intents.No && terms.Count <= 3 && !product.Compares && product.Without.Count == 0)
                return Make(WishKind.Courtesy, intent);
        }

        // "Compare the cobalt vase with the white one", "which of them is better?"
        if (product.Compares)
        {
            if (things || names) return Make(WishKind.Products, Intents.ProductSearch);
            if (before.Value?.Kind is WishKind.Products or WishKind.MentionedProducts) return Make(WishKind.MentionedProducts, Intents.ProductSearch);
        }

        // "How tall is it?"
        if (product.Details && !things && before.Value?.Kind is WishKind.Products or WishKind.MentionedProducts) return Make(WishKind.MentionedProducts, Intents.ProductSearch);

        // "And on Sunday?", "how much is it to Germany?": the topic is the one before, the place or day is new.
        var country = meanings.Exists(Concepts.Countries.Contains);
        if (country && !things && (follows || intent is Intents.ProductPrice) && before.Value?.Intent is Intents.Shipping or Intents.ShippingCost)
            return Make(WishKind.Knowledge, before.Value.Intent);
        // "How much is it?" after the gift wrapping means the gift wrapping.
        if (intent is Intents.ProductPrice && !names && before.Value?.Kind is WishKind.Knowledge) return Make(WishKind.Knowledge, before.Value.Intent);
        if (product.Position is not null && !things) return Make(WishKind.MentionedProducts, Intents.ProductPrice);
        if (follows && before.Value is { } earlier)
        {
            if (earlier.Intent is Intents.OpeningHours or Intents.Shipping && (meanings.Exists(Concepts.Weekdays.Contains) || AskedDay.IsNamed(entities))) return Make(WishKind.Knowledge, earlier.Intent);
            if (!things && !product.Narrows && earlier.Kind is WishKind.Knowledge && confidence < Sure && terms.Count > 0)
                return Make(WishKind.Knowledge, earlier.Intent);
            // "In white?", "anything cheaper?": the thing is the one before, the colour or price is new.
            if (!things && product.Narrows && earlier.Kind is WishKind.Products or WishKind.MentionedProducts)
            {
                return earlier.Kind is WishKind.MentionedProducts || earlier.Terms.Count == 0
                    ? Make(WishKind.MentionedProducts, Intents.ProductSearch)
                    : new Wish(WishKind.Products, Intents.ProductSearch, clause,
                        [.. earlier.Terms.Where(term => !product.Without.Contains(term.Meaning) && (product.Colours.Count == 0 || !Concepts.Colours.Contains(term.Meaning))), .. terms.Where(term => NamesSomething(term) || Concepts.Colours.Contains(term.Meaning))],
                        product with { MaxPrice = product.MaxPrice ?? earlier.Product.MaxPrice, Colours = product.Colours.Count > 0 ? product.Colours : earlier.Product.Colours }, entities);
            }
        }

        // "Can it be delivered to Athens by Friday?"
        if (meanings.Contains("shipping") && confidence < Sure && !things) return Make(WishKind.Knowledge, Intents.Shipping);
        if (meanings.Exists(Concepts.Weekdays.Contains) && confidence < Sure && !things) return Make(WishKind.Knowledge, Intents.OpeningHours);
        if (country && confidence < Sure && !things) return Make(WishKind.Knowledge, Intents.Shipping);
        if (confidence < Sure && MayProve(clause) && entities.OfType<OrderNumberEntity>().Any()) return Make(WishKind.Knowledge, Intents.OrderStatus);
        // Not sure what is wanted, but of what: the knowledge is asked first, then the catalogue.
        if (things && confidence < Sure)
        {
            var onlyThings = product.Narrows || meanings.TrueForAll(meaning => Concepts.Things.Contains(meaning) || Concepts.Colours.Contains(meaning));
            return Make(onlyThings ? WishKind.Products : WishKind.Open, Intents.ProductSearch);
        }
        if (confidence < Likely) return Make(product.Narrows && names ? WishKind.Products : WishKind.Open, Intents.Other);

        return intent switch
        {
            Intents.ProductSearch => Make(WishKind.Products, intent),
            // "How much is it?" names nothing; "how much is the blue vase?" does.
            Intents.ProductPrice or Intents.Availability => Make(names ? WishKind.Products : WishKind.MentionedProducts, intent),
            Intents.Other => Make(things ? WishKind.Products : WishKind.Open, intent),
            Intents.Yes or Intents.No or Intents.Greeting or Intents.Thanks or Intents.Goodbye or Intents.SmallTalk => Make(WishKind.Open, intent),
            _ => Make(WishKind.Knowledge, intent),
        };

        // "What are your opening hours on Sunday?" is no answer to "Which day?", "Sunday" and "no" are.
        bool IsWishOfItsOwn(bool answers)
        {
            if (confidence < Likely || intent is Intents.Other || intent == before.Value?.Errand?.Intent) return false;
            // "My e-mail is …", "I ordered with …"
            if (before.Value?.Errand?.Intent is Intents.OrderStatus && intent is Intents.Contact or Intents.Account or Intents.PlaceOrder && entities.Any(Proves)) return false;
            if (!answers)
            {
                return intent is Intents.No
                    ? !(replied.Asked is { } sought && Errand.IsLacking(sought, clause))
                    : confidence >= Sure || intent is Intents.TalkToPerson;
            }
            return confidence >= Sure && TermsOf(EntityReader.Without(clause, entities)).Count >= 2;
        }

        Wish Make(WishKind kind, string name) => new(
            kind, name, clause, name is Intents.OpeningHours ? AskedDay.Terms(clause, terms, entities) : terms, product, entities)
        {
            // Nobody is passed to people by a guess; to look for an order does no harm.
            Errand = kind is WishKind.Knowledge && Errand.IsOne(name) && (name is Intents.OrderStatus || name == intent && confidence >= Certain)
                ? Errand.Begin(name, clause, entities, OrderIn(before.Value), before.Value?.Errand?.Contact) : null,
        };
    }

    // "My budget is 40 euros. What do you have for the kitchen?", "Do you have vases? Under 50 euros.": one wish in two sentences.
    private static Wish? Joined(Wish last, Wish wish)
    {
        if (wish.Kind is not WishKind.Products || last.Kind is not (WishKind.Products or WishKind.MentionedProducts or WishKind.Open)) return null;
        if (last.Product.HasLimit && !last.Terms.Any(NamesSomething) && !wish.Product.HasLimit)
            return wish with { Product = wish.Product with { MinPrice = last.Product.MinPrice, MaxPrice = last.Product.MaxPrice } };
        return last.Kind is WishKind.Products && wish.Product.Narrows && !last.Product.Narrows && last.Terms.All(wish.Terms.Contains) ? wish : null;
    }

    // What an order is found by, and whose it is.
    private static bool Proves(Entity entity) => entity is EmailEntity or PhoneEntity or OrderNumberEntity;

    // Without a figure it is no number, and without this sign no address: most texts need no reading for it.
    private static bool MayProve(string clause) => clause.Contains('@', StringComparison.Ordinal) || clause.Any(char.IsDigit);

    // "Where is order 1001?" … "Cancel it."
    private static string? OrderIn(Wish? earlier) => earlier?.Errand?.Order ?? earlier?.Entities.OfType<OrderNumberEntity>().LastOrDefault()?.Number;

    // "How much is the big one?" means one of those that were shown.
    private static bool NamesSomething(Term term) =>
        !Words.IsNumber(term.Written) && !Concepts.Colours.Contains(term.Meaning) && term.Meaning is not ("price" or "expensiv" or "budget") && WordGroups.Of(term.Written) is not ("big" or "size");

    internal static List<Term> TermsOf(string text)
    {
        var terms = new List<Term>();
        foreach (var word in Words.Of(text))
        {
            if (terms.Count == 24) break;
            if (word.Length < 2 || StopWords.All.Contains(word)) continue;
            var meaning = Concepts.IsKnown(word) ? Concepts.Of(word) : Concepts.Guess(word) ?? Concepts.Of(word);
            if (!terms.Exists(term => term.Meaning == meaning)) terms.Add(new Term(word, meaning));
        }
        return terms;
    }

    // "A white vase? How much is it?": products are shown with their prices. "I want to return it, how do I do that?" asks once. "I am at
    // maria@example.com" beside a question asks nothing.
    private static bool IsSaidAlready(Wish wish, List<Wish> wishes) =>
        wish.Kind is WishKind.MentionedProducts && !wish.Product.Narrows && wishes.Exists(known => known.Kind is WishKind.Products)
        || wish.Kind is WishKind.Seller && wishes.Exists(known => known.Kind is WishKind.Seller) // one seller is asked with one answer
        || wish.Kind is WishKind.Products or WishKind.Open && !wish.Product.Narrows && (wish.Terms.Count == 0 || !Content.IsIn(wish.Text)) && wishes.Exists(IsAboutSomething);

    private static bool IsAboutSomething(Wish wish) => wish.Kind is not WishKind.Courtesy and not WishKind.Person;

    /// <summary>What the assistant's last answer ended with.</summary>
    private readonly record struct RepliedTo(bool Offer, ErrandSlot? Asked);

    /// <summary>What has a value in an earlier message: read where somebody asks, since few do.</summary>
    private sealed class UnreadEntities(string clause, EntityContext context) : IReadOnlyList<Entity>
    {
        private IReadOnlyList<Entity>? _read;

        public int Count => Read.Count;

        private IReadOnlyList<Entity> Read => _read ??= EntityReader.Read(clause, context);

        public Entity this[int index] => Read[index];

        public IEnumerator<Entity> GetEnumerator() => Read.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [GeneratedRegex(@"^\W*(?:my name is(?! (?:not|wrong|incorrect|missing|spel|mis))|με λενε|ονομαζομαι|to onoma mou einai|me lene|ich heisse|mein name ist|me llamo|mi nombre es|je m'?appelle|mon nom est|mi chiamo|il mio nome e|(?:benim )?adim|меня зовут|اسمي) \w+(?: \w+){0,2}\W*$")]
    private static partial Regex Introduction();

    private static bool Same(Wish a, Wish b) =>
        a.Kind == b.Kind && a.Intent == b.Intent
        && (a.Kind is WishKind.Courtesy or WishKind.Person || a.Terms.Select(term => term.Meaning).SequenceEqual(b.Terms.Select(term => term.Meaning)));
}
