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
        if (FirstUnsupported(draft.Text, draft.Citations.Select(citation => citation.Quote)) is { } fact) return CheckResult.Bad("figure", fact.Written);
        return FirstOfAnother(draft.Text, sources) is { } taken ? CheckResult.Bad("figure", taken.Written) : CheckResult.Good;
    }

    public static bool HasFacts(string text) => Facts.In(text);

    /// <summary>Checks a piece of an answer whose citations are not known yet.</summary>
    public static bool MaySend(string text, IReadOnlyCollection<Source> sources) =>
        FirstUnsupported(text, sources.Select(source => source.Text)) is null && FirstOfAnother(text, sources) is null;

    private static Fact? FirstUnsupported(string text, IEnumerable<string> sources)
    {
        HashSet<Fact>? supported = null;
        foreach (var fact in Facts.Of(text))
        {
            supported ??= [.. sources.SelectMany(Facts.SupportedBy)];
            if (!supported.Contains(fact)) return fact;
        }
        return null;
    }

    // "The mug costs 39 EUR", where it is the vase that does.
    private static Fact? FirstOfAnother(string text, IReadOnlyCollection<Source> sources)
    {
        if (!sources.Any(source => source.Kind is SourceKind.Product)) return null;
        foreach (var (start, end) in Sentences.Of(text))
        {
            var sentence = text[start..end];
            var prices = Facts.Of(sentence).Where(fact => fact.Kind is FactKind.Price).ToList();
            if (prices.Count == 0) continue;
            var named = sources.Where(source => Names(sentence, source)).ToList();
            if (named.Count == 0) continue;
            var supported = named.Concat(sources.Where(source => source.Kind is not SourceKind.Product)).SelectMany(source => Facts.SupportedBy(source.Text)).ToHashSet();
            if (prices.Find(price => !supported.Contains(price)) is { } taken) return taken;
        }
        return null;
    }

    internal static bool Names(string sentence, Source source) =>
        source.Kind is SourceKind.Product && sentence.Contains(source.Title, StringComparison.OrdinalIgnoreCase);
}
