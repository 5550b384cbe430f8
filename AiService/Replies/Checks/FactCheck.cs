namespace Assistify.AiService.Replies.Checks;

/// <summary>
/// Every figure, link and address in an answer stands in what it cites, and what it cites stands word for word in a source:
/// so no price, date or telephone number is ever made up. A product's price is its own: another product's does not support it.
/// </summary>
internal static class FactCheck
{
    public static CheckResult Check(Draft draft, IReadOnlyCollection<Source> sources)
    {
        if (string.IsNullOrWhiteSpace(draft.Text)) return CheckResult.Bad("empty");
        foreach (var citation in draft.Citations)
        {
            if (!sources.Any(source => source.PlaceOf(citation) is not null))
                return CheckResult.Bad("quote", citation.Quote);
        }
        foreach (var card in draft.Cards)
        {
            if (!sources.Any(source => source.DocumentId == card.Id)) return CheckResult.Bad("card", card.Id);
        }
        return FirstMadeUp(draft.Text, draft.Citations.Select(citation => citation.Quote), sources) is { } fact ? CheckResult.Bad("figure", fact.Written) : CheckResult.Good;
    }

    public static bool HasFacts(string text) => Facts.In(text);

    /// <summary>Checks a piece of an answer whose citations are not known yet.</summary>
    public static bool MaySend(string text, IReadOnlyCollection<Source> sources) =>
        FirstMadeUp(text, sources.Select(source => source.Text), sources) is null;

    private static Fact? FirstMadeUp(string text, IEnumerable<string> quotes, IReadOnlyCollection<Source> sources)
    {
        var facts = Facts.Of(text).ToList();
        if (facts.Count == 0) return null;
        var supported = quotes.SelectMany(Facts.SupportedBy).ToHashSet();
        return facts.Find(fact => !supported.Contains(fact)) ?? FirstOfAnother(text, facts.FindAll(fact => fact.Kind is FactKind.Price), sources);
    }

    // "The mug costs 39 EUR", where it is the vase that does.
    private static Fact? FirstOfAnother(string text, List<Fact> prices, IReadOnlyCollection<Source> sources)
    {
        if (prices.Count == 0) return null;
        HashSet<Fact>? general = null;
        foreach (var (start, end) in Sentences.Of(text))
        {
            var own = prices.FindAll(price => price.Start >= start && price.Start < end);
            if (own.Count == 0) continue;
            var named = sources.Where(source => Names(text[start..end], source)).ToList();
            if (named.Count == 0) continue;
            own.RemoveAll(named.SelectMany(source => Facts.SupportedBy(source.Text)).ToHashSet().Contains);
            if (own.Count == 0) continue;
            general ??= sources.Where(source => source.Kind is not SourceKind.Product).SelectMany(source => Facts.SupportedBy(source.Text)).ToHashSet();
            if (own.Find(price => !general.Contains(price)) is { } taken) return taken;
        }
        return null;
    }

    internal static bool Names(string sentence, Source source) =>
        source.Kind is SourceKind.Product && sentence.Contains(source.Title, StringComparison.OrdinalIgnoreCase);
}
