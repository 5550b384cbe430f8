using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Assistify.Contracts;

namespace Assistify.AiService.Vision;

/// <summary>What pictures add to what an answer has to deal with: the thing that is shown is the thing that is asked for.</summary>
internal static class PicturePlan
{
    private const int MostTerms = 8;

    public static Plan Apply(Plan plan, IReadOnlyList<SeenPicture> seen, ReplyRequested request)
    {
        var now = seen.Where(picture => request.Unanswered.Contains(picture.MessageId)).ToList();
        if (now.Count == 0) return plan;
        if (now.Exists(picture => picture.Facts is null)) return plan with { HandOver = true, PictureUnseen = true };

        var facts = now.ConvertAll(picture => picture.Facts!);
        var shown = facts.Find(one => one.Kind == PictureFacts.Product && one.Objects.Count > 0);
        // Where nothing was written, nothing was asked.
        var wishes = plan.Wishes.Where(wish => wish.Text.Length > 0).Select(wish => shown is not null && AsksForWhatIsShown(wish) ? Shown(shown, wish) : wish).ToList();
        if (wishes.TrueForAll(wish => wish.Kind is WishKind.Courtesy))
            wishes.AddRange(facts.Select(Alone).DistinctBy(wish => (wish.Intent, string.Join(' ', wish.Terms.Select(term => term.Meaning)))));
        return plan with { Wishes = wishes };
    }

    // "Do you have this?", "how much is it?", "something like this under 50 euros": nothing that is named.
    private static bool AsksForWhatIsShown(Wish wish) =>
        wish.Kind is WishKind.Products or WishKind.MentionedProducts or WishKind.Open && wish.Chosen is null
        && !wish.Terms.Any(term => Concepts.Things.Contains(term.Meaning));

    private static Wish Shown(PictureFacts facts, Wish wish) => wish with
    {
        Kind = WishKind.Products,
        Intent = wish.Kind is WishKind.Open ? Intents.ProductSearch : wish.Intent,
        Terms = TermsOf(facts),
        Product = wish.Product.Colours.Count > 0 ? wish.Product : wish.Product with { Colours = facts.Objects[0].Colours },
    };

    // Sent without a word.
    private static Wish Alone(PictureFacts facts)
    {
        var things = string.Join(", ", facts.Objects.Select(one => one.Name));
        return facts.Kind switch
        {
            PictureFacts.Damage => new Wish(WishKind.Knowledge, Intents.Complaint, things, [], ProductWish.None, []),
            PictureFacts.Product when facts.Objects.Count > 0 =>
                new Wish(WishKind.Products, Intents.ProductSearch, things, TermsOf(facts), ProductWish.None with { Colours = facts.Objects[0].Colours }, []),
            _ => new Wish(WishKind.Open, Intents.Other, things, TermsOf(facts), ProductWish.None, []),
        };
    }

    // The main thing: what stands around it is not asked for.
    private static List<Term> TermsOf(PictureFacts facts) =>
        facts.Objects.Count == 0 ? [] : [.. Planner.TermsOf(facts.Objects[0].Name).Concat(facts.Objects[0].Colours.Select(colour => new Term(colour, colour))).DistinctBy(term => term.Meaning).Take(MostTerms)];
}
