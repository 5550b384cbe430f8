using Assistify.AiService.Catalogue;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Reading = Assistify.Contracts.Understanding;

namespace Assistify.AiService.Replies;

/// <summary>Looks up what the wishes of a plan need; all at once, so that they share round trips.</summary>
internal sealed class Gatherer(IKnowledgeSearch search)
{
    private static readonly IReadOnlyList<FoundEntry> s_noEntries = [];
    private static readonly IReadOnlyList<Product> s_noProducts = [];

    public async Task<IReadOnlyList<Findings>> Gather(
        Plan plan, ReplyRequested request, long knowledgeVersion, IReadOnlyList<HistoryMessage> before, OpenedProduct? opened, CancellationToken cancellationToken)
    {
        var place = new Place(request.WorkspaceId, knowledgeVersion, plan.Language, request.IsOn(Features.Models));
        return await Task.WhenAll(plan.Wishes.Select(wish => Gather(wish, place, before, opened, cancellationToken)));
    }

    /// <summary>The product whose page the customer has open, where the page says so and the workspace sells it.</summary>
    public async Task<OpenedProduct?> FindOpened(
        ReplyRequested request, IReadOnlyList<(HistoryMessage Message, Reading Reading)> unanswered, IReadOnlyList<HistoryMessage> before, long knowledgeVersion,
        CancellationToken cancellationToken)
    {
        if (unanswered.LastOrDefault(pair => pair.Message.Page is not null).Message?.Page is not { } page || PageQuestion.Of(page, request.WorkspaceId, knowledgeVersion) is not { } question) return null;
        if (await search.FindPage(question, cancellationToken) is not { } product) return null;
        var isKnown = before.Any(message => message.Page is { } earlier && PageQuestion.Of(earlier, request.WorkspaceId, knowledgeVersion) == question);
        return new OpenedProduct(product, IsNew: !isKnown);
    }

    private async Task<Findings> Gather(Wish wish, Place place, IReadOnlyList<HistoryMessage> before, OpenedProduct? opened, CancellationToken cancellationToken)
    {
        if (wish.Kind is WishKind.Courtesy or WishKind.Person) return new Findings(wish, s_noEntries, s_noProducts, s_noProducts, s_noProducts);
        if (wish.Kind is WishKind.Seller) return new Findings(wish, s_noEntries, await Sold(wish, place, before, opened, cancellationToken), s_noProducts, s_noProducts);

        var mentioned = wish.Kind is WishKind.MentionedProducts || wish.Product.Cheaper || wish.Product.Compares || wish.Intent is Intents.Care
            ? await Mentioned(place, before, opened, cancellationToken)
            : opened is not null && wish.Kind is WishKind.Open ? [opened.Product] : s_noProducts;
        // What is compared is named, colours and all.
        var limits = wish.Product.Compares ? ProductWish.None : wish.Product;
        if (limits.Cheaper && limits.MaxPrice is null && mentioned.Count > 0) limits = limits with { MaxPrice = mentioned.Min(product => product.Price) - 0.01m };

        var words = wish.Kind is WishKind.MentionedProducts
            ? mentioned.Select(product => product.Category).Distinct().ToList()
            : WordsOf(wish.Product.Compares ? wish.Terms : wish.Terms.Where(IsSearched));
        var wantsProducts = wish.Kind is WishKind.Products or WishKind.Open || wish.Kind is WishKind.MentionedProducts && limits.Narrows && words.Count > 0;

        var entries = wish.Kind is WishKind.Knowledge or WishKind.Open || wish.Kind is WishKind.Products && wish.Terms.Count >= 2
            ? search.FindEntries(new EntryQuestion(place.WorkspaceId, place.Version, place.Language, WordsOf(wish.Terms),
                wish.Kind is WishKind.Knowledge ? wish.Intent : null, place.Shown(wish.Text)), cancellationToken)
            : Task.FromResult(s_noEntries);
        var question = new ProductQuestion(place.WorkspaceId, place.Version, place.Language, words, limits.Colours, limits.MinPrice, limits.MaxPrice, DearestFirst: limits.Dearest,
            Text: wish.Kind is WishKind.MentionedProducts ? null : place.Shown(wish.Text));
        var products = wantsProducts ? search.FindProducts(question, cancellationToken) : Task.FromResult(s_noProducts);
        var alternatives = wantsProducts && limits.Narrows && words.Count > 0
            ? search.FindProducts(question with { Colours = [], MinPrice = null, MaxPrice = null, OnlyAvailable = true }, cancellationToken)
            : Task.FromResult(s_noProducts);
        if (wish.Chosen is { } id && (await products).FirstOrDefault(product => product.Id == id) is { } chosen) return new Findings(wish, s_noEntries, [chosen], s_noProducts, [chosen]);
        return new Findings(wish, await entries, NamedFirst(Wanted(await products, wish), wish.Text), Wanted(await alternatives, wish), mentioned);
    }

    // "Something blue, but not a vase".
    private static IReadOnlyList<Product> Wanted(IReadOnlyList<Product> products, Wish wish) => wish.Product.Without is not { Count: > 0 } without ? products
        : [.. products.Where(product => !Words.Of($"{product.Title} {product.Category}").Exists(word => without.Contains(Concepts.Of(word))))];

    // The product whose seller is to be asked: the one that was chosen or is named, else the one that was spoken of. Several where it is not clear.
    private async Task<IReadOnlyList<Product>> Sold(Wish wish, Place place, IReadOnlyList<HistoryMessage> before, OpenedProduct? opened, CancellationToken cancellationToken)
    {
        if (wish.Chosen is { } id) return await search.FindPage(new PageQuestion(place.WorkspaceId, place.Version, id, [], []), cancellationToken) is { } chosen ? [chosen] : s_noProducts;

        var mentioned = await Mentioned(place, before, opened, cancellationToken);
        if (wish.Product.Position is { } position && mentioned.Count > 0 && position <= mentioned.Count) return [position > 0 ? mentioned[position - 1] : mentioned[^1]];
        var named = s_noProducts;
        if (WordsOf(wish.Terms.Where(IsSearched)) is { Count: > 0 } words)
        {
            var found = await search.FindProducts(
                new ProductQuestion(place.WorkspaceId, place.Version, place.Language, words, wish.Product.Colours, Text: place.Shown(wish.Text)), cancellationToken);
            named = ProductAnswers.Named(found, wish, product => PositionOf(product, wish.Text) >= 0);
        }
        var meant = named.Count == 0 ? mentioned : named;
        return meant.Count > 1 && meant.Where(product => mentioned.Any(known => known.Id == product.Id)).ToList() is { Count: 1 } both ? both : meant;
    }

    // What the assistant named last, found again by the words it used; what the customer has opened since is newer.
    private async Task<IReadOnlyList<Product>> Mentioned(Place place, IReadOnlyList<HistoryMessage> before, OpenedProduct? opened, CancellationToken cancellationToken)
    {
        if (opened is { IsNew: true }) return [opened.Product];
        foreach (var message in before.Reverse().Where(message => message.Author is Author.Assistant or Author.Agent).Take(3))
        {
            var text = message.Text.Length > Words.LongestText ? message.Text[..Words.LongestText] : message.Text;
            var words = WordsOf(Planner.TermsOf(text));
            if (words.Count == 0) continue;
            var found = await search.FindProducts(new ProductQuestion(place.WorkspaceId, place.Version, place.Language, words, []), cancellationToken);
            var named = found
                .Select(product => (Product: product, Position: PositionOf(product, text)))
                .Where(candidate => candidate.Position >= 0)
                .OrderBy(candidate => candidate.Position)
                .Select(candidate => candidate.Product)
                .ToList();
            if (named.Count > 0) return named;
        }
        return opened is null ? s_noProducts : [opened.Product];
    }

    // Whose whole name is written is meant, whatever else shares its words.
    private static IReadOnlyList<Product> NamedFirst(IReadOnlyList<Product> products, string text) =>
        products.Count < 2 ? products : [.. products.OrderByDescending(product => PositionOf(product, text) >= 0)];

    private static int PositionOf(Product product, string text) => product.Translations.Values.Select(translation => translation.Title)
        .Prepend(product.Title)
        .Max(title => text.IndexOf(title, StringComparison.OrdinalIgnoreCase));

    // Colours and amounts are limits, not words to search.
    private static bool IsSearched(Term term) => !Concepts.Colours.Contains(term.Meaning) && !Words.IsNumber(term.Written) && term.Meaning is not "price";

    /// <summary>What a free text is searched by.</summary>
    public static IReadOnlyList<string> SearchWords(string text) => WordsOf(Planner.TermsOf(text).Where(IsSearched));

    private static List<string> WordsOf(IEnumerable<Term> terms)
    {
        var words = new List<string>();
        foreach (var term in terms)
        {
            Add(term.Written);
            if (term.Meaning != Words.Stem(term.Written)) Add(term.Meaning);
        }
        return words;

        void Add(string word)
        {
            if (word.Length is > 1 and < 64 && !words.Contains(word)) words.Add(word);
        }
    }

    private sealed record Place(Guid WorkspaceId, long Version, string Language, bool MayAskModels)
    {
        /// <summary>What a provider may see of it: nothing where the workspace wants no models.</summary>
        public string? Shown(string text) => MayAskModels ? text : null;
    }
}
