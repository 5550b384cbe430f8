using System.Runtime.CompilerServices;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies.Offline;

/// <summary>An entry taken apart for answering: its sentences and what each is about. Made once for each entry that was found.</summary>
internal sealed class EntryText
{
    private static readonly ConditionalWeakTable<FoundEntry, EntryText> s_read = [];

    private EntryText(FoundEntry entry)
    {
        // A part of a document is about what stands in the headings above it.
        Title = MeaningsOf(entry.IsPart ? entry.Title + " " + entry.Keywords : entry.Title);
        Heading = MeaningsOf(entry.Title + " " + entry.Keywords + " " + string.Join(' ', entry.Topics).Replace('_', ' '));
        Body = MeaningsOf(entry.Body);
        Sentences = [.. Replies.Sentences.Of(entry.Body).Select(span => new Sentence(span.Start, span.End, MeaningsOf(entry.Body[span.Start..span.End])))];
    }

    /// <summary>The entry's subject: what is asked in these words is answered by all of it.</summary>
    public HashSet<string> Title { get; }

    public HashSet<string> Heading { get; }

    public HashSet<string> Body { get; }

    public IReadOnlyList<Sentence> Sentences { get; }

    public static EntryText Of(FoundEntry entry) => s_read.GetValue(entry, static found => new EntryText(found));

    private static HashSet<string> MeaningsOf(string text)
    {
        var meanings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Words.Of(text))
        {
            meanings.Add(Concepts.Of(word));
            meanings.Add(Words.Stem(word));
            if (Holidays.IsNamed(word)) meanings.Add(Holidays.Meaning);
        }
        meanings.UnionWith(WeekdaySpans.In(text));
        if (meanings.Contains("saturday") || meanings.Contains("sunday")) meanings.Add("weekend");
        return meanings;
    }

    public sealed record Sentence(int Start, int End, HashSet<string> Meanings);
}
