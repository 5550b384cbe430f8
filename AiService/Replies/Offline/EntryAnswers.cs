using Assistify.AiService.Knowledge;
using Assistify.AiService.Understanding;
using Assistify.Contracts;

namespace Assistify.AiService.Replies.Offline;

/// <summary>Answers from the knowledge in the words in which it was written: the sentences that fit, or all of it.</summary>
internal static class EntryAnswers
{
    private const int LongestAnswer = 600;

    private const double TopicBonus = 0.3;

    // So much of what was asked must be in an entry that was not written for the intent: less is a guess.
    private const double EnoughCovered = 0.65;

    public static Passage? Write(Findings findings)
    {
        var wish = findings.Wish;
        var entry = wish.Kind is WishKind.Knowledge ? ByTopic(findings) ?? ByWords(findings, EnoughCovered) : ByWords(findings, EnoughCovered);
        return entry is null ? null : Quote(entry, Spans(entry, wish));
    }

    /// <summary>For what reads like a search for products: an entry that is about all of it ("gift cards", "warranty on lamps").</summary>
    public static Passage? WriteWhereAllIsCovered(Findings findings)
    {
        // That a price is asked for says nothing about what has it.
        var things = findings.Wish.Terms.Where(term => term.Meaning is not "price").ToList();
        return things.Count >= 2 && ByWords(findings with { Wish = findings.Wish with { Terms = things } }, 1) is { } entry ? Quote(entry, Spans(entry, findings.Wish)) : null;
    }

    // The entry written for the intent, unless another one has clearly more of the question's words ("on the same day in Nicosia").
    private static FoundEntry? ByTopic(Findings findings)
    {
        FoundEntry? best = null;
        var bestScore = -1.0;
        foreach (var entry in findings.Entries)
        {
            var isTopic = entry.Topics.Contains(findings.Wish.Intent);
            var score = Covered(entry, findings.Wish.Terms) + (isTopic ? TopicBonus : 0);
            if ((isTopic || score > EnoughCovered) && score > bestScore) (best, bestScore) = (entry, score);
        }
        return best;
    }

    private static FoundEntry? ByWords(Findings findings, double enough)
    {
        FoundEntry? best = null;
        var bestScore = enough;
        foreach (var entry in findings.Entries)
        {
            var score = Covered(entry, findings.Wish.Terms);
            if (score > bestScore || score == bestScore && best is null) (best, bestScore) = (entry, score);
        }
        return best;
    }

    private static double Covered(FoundEntry entry, IReadOnlyList<Term> terms)
    {
        if (terms.Count == 0) return 0;
        var text = EntryText.Of(entry);
        var covered = 0.0;
        foreach (var term in terms)
        {
            if (Has(text.Title, term)) covered += 1.1;
            else if (Has(text.Heading, term)) covered += 1;
            else if (Has(text.Body, term)) covered += entry.IsPart ? 0.75 : 0.6;
        }
        return covered / terms.Count;
    }

    // What the question names beside the entry's own subject decides which sentences answer it: the day, the country, the card.
    private static IReadOnlyList<EntryText.Sentence> Spans(FoundEntry entry, Wish wish)
    {
        var text = EntryText.Of(entry);
        var special = wish.Terms.Where(term => !Has(text.Title, term)).ToList();
        if (special.Count == 0) return text.Sentences;

        var counts = text.Sentences.Select(sentence => special.Count(term => Has(sentence.Meanings, term) || Begins(sentence.Meanings, term))).ToList();
        var most = counts.Max();
        if (most == 0 || counts.Count(count => count == most) > Math.Max(2, counts.Count / 2)) return text.Sentences;
        return [.. text.Sentences.Where((_, i) => counts[i] == most).Take(3)];
    }

    private static Passage Quote(FoundEntry entry, IReadOnlyList<EntryText.Sentence> sentences)
    {
        var citations = new List<Citation>();
        var length = 0;
        for (var i = 0; i < sentences.Count && length < LongestAnswer; i++)
        {
            var start = sentences[i].Start;
            var end = sentences[i].End;
            while (i + 1 < sentences.Count && sentences[i + 1].Start <= end + 1 && length + end - start < LongestAnswer) end = sentences[++i].End;
            length += end - start;
            citations.Add(new Citation(entry.DocumentId.ToString(), entry.CitedTitle, entry.CitedUrl, entry.Body[start..end]));
        }
        return new Passage(string.Join(' ', citations.Select(citation => citation.Quote)), citations, [], []) { IsWhole = sentences.Count == EntryText.Of(entry).Sentences.Count };
    }

    // "Cancel" is in "cancelled".
    private static bool Begins(HashSet<string> meanings, Term term) =>
        term.Meaning.Length >= 5 && meanings.Any(meaning => meaning.StartsWith(term.Meaning, StringComparison.Ordinal));

    private static bool Has(HashSet<string> meanings, Term term) => meanings.Contains(term.Meaning) || meanings.Contains(Words.Stem(term.Written));
}
