using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Understanding;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>
/// Finds for free words the spans of the sources that they rest on: those with the sentence's figures, and where it has none the one
/// that says the same. What no span supports stays without a citation, and the check of the facts refuses it.
/// </summary>
internal static class CitationFinder
{
    // So much of a sentence's words must stand in a span that it rests on it.
    private const double Enough = 0.5;

    public static List<Citation> Find(string text, IReadOnlyCollection<Source> sources)
    {
        var spans = sources.SelectMany(source => Sentences.Of(source.Text).Select(span => Span.Of(source, source.Text[span.Start..span.End]))).ToList();
        var citations = new List<Citation>();
        foreach (var (start, end) in Sentences.Of(text))
        {
            var sentence = text[start..end];
            var open = Facts.Of(sentence).ToHashSet();
            var words = WordsOf(sentence);
            var named = sources.Where(source => FactCheck.Names(sentence, source)).Select(source => source.DocumentId).ToHashSet();
            if (open.Count == 0 && words.Count < 3) continue;

            var before = citations.Count;
            while (open.Count > 0)
            {
                var best = spans.Where(span => span.Facts.Overlaps(open)).MaxBy(span =>
                    open.Count(span.Facts.Contains) * 10 + (named.Contains(span.Source.DocumentId) ? 5 : 0) + span.Shared(words));
                if (best is null) break;
                open.ExceptWith(best.Facts);
                Cite(best);
            }
            if (citations.Count == before && open.Count == 0 && spans.MaxBy(span => span.Shared(words)) is { } same && same.Shared(words) >= Enough) Cite(same);
        }
        return citations;

        void Cite(Span span)
        {
            var citation = new Citation(span.Source.DocumentId, span.Source.Title, span.Source.Url, span.Text);
            if (!citations.Contains(citation)) citations.Add(citation);
        }
    }

    private static HashSet<string> WordsOf(string text) =>
        [.. Words.Of(text).Where(word => word.Length > 2 && !StopWords.All.Contains(word)).Select(Words.Stem)];

    private sealed record Span(Source Source, string Text, HashSet<Fact> Facts, HashSet<string> Words)
    {
        public static Span Of(Source source, string text) => new(source, text, Checks.Facts.SupportedBy(text), WordsOf(text));

        public double Shared(HashSet<string> words) => words.Count == 0 ? 0 : words.Count(Words.Contains) / (double)words.Count;
    }
}
