using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies.Checks;

/// <summary>
/// A price belongs to what it is the price of: it is a named product's own, or worked out by a tool, or the sentence of the knowledge
/// that has it is about something that the answer's sentence is about too. "Together 8.00 EUR" is not supported by what express costs.
/// </summary>
internal static class SubjectCheck
{
    // What every sentence with a price in it has.
    private static readonly HashSet<string> s_general = ["price", "cost", "kost", "expensiv", "eur", "euro", "euros", "ευρω", "يورو"];

    public static CheckResult Check(string text, IReadOnlyCollection<Source> sources)
    {
        var namedBefore = new List<Source>();
        foreach (var (start, end) in Sentences.Of(text))
        {
            var sentence = text[start..end];
            var named = sources.Where(source => FactCheck.Names(sentence, source)).ToList();
            if (named.Count > 0) namedBefore = named;
            var prices = Facts.Of(sentence).Where(fact => fact.Kind is FactKind.Price).ToHashSet();
            if (prices.Count == 0) continue;

            foreach (var source in namedBefore.Concat(sources.Where(source => source.Kind is SourceKind.Tool or SourceKind.Order))) prices.ExceptWith(Facts.SupportedBy(source.Text));
            foreach (var source in sources.Where(source => source.Kind is SourceKind.Entry))
            {
                if (prices.Count == 0) break;
                var about = MeaningsOf(Without(sentence, named));
                foreach (var span in Sentences.Of(source.Text).Select(span => source.Text[span.Start..span.End]))
                {
                    var facts = Facts.SupportedBy(span);
                    if (facts.Overlaps(prices) && MeaningsOf($"{source.Title} {span}").Overlaps(about)) prices.ExceptWith(facts);
                }
            }
            if (prices.FirstOrDefault() is { } taken) return CheckResult.Bad("figure", taken.Written);
        }
        return CheckResult.Good;
    }

    private static string Without(string sentence, List<Source> named) =>
        named.Aggregate(sentence, (rest, source) => rest.Replace(source.Title, " ", StringComparison.OrdinalIgnoreCase));

    private static HashSet<string> MeaningsOf(string text)
    {
        var meanings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Words.Of(text).Where(word => word.Length > 2 && !Words.IsNumber(word) && !StopWords.All.Contains(word)))
        {
            meanings.Add(Concepts.Of(word));
            meanings.Add(Words.Stem(word));
        }
        meanings.ExceptWith(s_general);
        return meanings;
    }
}
