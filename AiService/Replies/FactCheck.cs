using System.Text.RegularExpressions;

namespace Assistify.AiService.Replies;

/// <summary>
/// Every figure, link and address in an answer stands in what it cites, and what it cites stands word for word in a source:
/// so no price, date or telephone number is ever made up.
/// </summary>
internal sealed partial class FactCheck : IReplyCheck
{
    public CheckResult Check(Draft draft, IReadOnlyList<Source> sources)
    {
        if (string.IsNullOrWhiteSpace(draft.Text)) return new CheckResult(false, "empty");
        foreach (var citation in draft.Citations)
        {
            if (!sources.Any(source => source.DocumentId == citation.DocumentId && source.Text.Contains(citation.Quote, StringComparison.Ordinal)))
                return new CheckResult(false, "quote");
        }
        foreach (var card in draft.Cards)
        {
            if (!sources.Any(source => source.DocumentId == card.Id)) return new CheckResult(false, "card");
        }
        return FirstUnsupported(draft.Text, draft.Citations.Select(citation => citation.Quote)) is null
            ? new CheckResult(true)
            : new CheckResult(false, "figure");
    }

    public bool HasFacts(string text) => Facts().IsMatch(text);

    public bool MaySend(string text, IReadOnlyList<Source> sources) => FirstUnsupported(text, sources.Select(source => source.Text)) is null;

    private static string? FirstUnsupported(string text, IEnumerable<string> sources)
    {
        HashSet<string>? supported = null;
        foreach (var fact in FactsOf(text))
        {
            supported ??= [.. sources.SelectMany(FactsOf)];
            if (!supported.Contains(fact)) return fact;
        }
        return null;
    }

    private static IEnumerable<string> FactsOf(string text) => Facts().Matches(text).Select(match => Normalise(match.Value));

    // 4,90 and 4.90 are the same price; 9:00 is not 9.
    private static string Normalise(string fact) => fact.Replace(',', '.').TrimEnd('.', ':', '/').ToLowerInvariant();

    [GeneratedRegex(@"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\p{Nd}+(?:[.,:]\p{Nd}+)*")]
    private static partial Regex Facts();
}
