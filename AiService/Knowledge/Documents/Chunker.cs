namespace Assistify.AiService.Knowledge.Documents;

/// <param name="Start">Of its text in the document's.</param>
/// <param name="Headings">That it stands under, the highest first.</param>
/// <param name="Page">That it stands on, where the document has pages.</param>
internal sealed record Chunk(int Start, int Length, IReadOnlyList<string> Headings, int? Page = null);

/// <summary>
/// Cuts a document into pieces that are found and quoted on their own. A piece never crosses a heading or a page; it ends where a paragraph does,
/// else a line, a sentence, a word. Each is an exact span of the document, in order, and what is in no piece is a heading or white space.
/// </summary>
internal static class Chunker
{
    public const int Longest = 700;

    public static List<Chunk> Cut(DocumentText document, int longest = Longest)
    {
        var chunks = new List<Chunk>();
        var above = new List<(int Level, string Text)>();
        var start = 0;
        foreach (var heading in document.Headings)
        {
            CutPages(start, heading.Start);
            above.RemoveAll(other => other.Level >= heading.Level);
            above.Add((heading.Level, document.Text.Substring(heading.Start, heading.Length)));
            start = heading.Start + heading.Length;
        }
        CutPages(start, document.Text.Length);
        return chunks;

        void CutPages(int from, int to)
        {
            foreach (var (pageStart, pageEnd, page) in document.ByPages(from, to)) Cut(document.Text, pageStart, pageEnd, above, page, longest, chunks);
        }
    }

    private static void Cut(string text, int start, int end, List<(int, string Text)> above, int? page, int longest, List<Chunk> chunks)
    {
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        string[]? headings = null;
        while (true)
        {
            while (start < end && char.IsWhiteSpace(text[start])) start++;
            if (start >= end) return;
            var cut = end - start <= longest ? end : start + LengthOfNext(text.AsSpan(start, longest + 1));
            var last = cut;
            while (char.IsWhiteSpace(text[last - 1])) last--;
            chunks.Add(new Chunk(start, last - start, headings ??= [.. above.Select(heading => heading.Text)], page));
            start = cut;
        }
    }

    // One letter more than fits is looked at: white space there means that all of the rest ends a word.
    private static int LengthOfNext(ReadOnlySpan<char> window)
    {
        var least = window.Length / 3;
        if (window.LastIndexOf("\n\n") is var paragraph && paragraph >= least) return paragraph;
        if (window.LastIndexOf('\n') is var line && line >= least) return line;
        for (var i = window.Length - 1; i > least; i--)
        {
            if (char.IsWhiteSpace(window[i]) && window[i - 1] is '.' or '!' or '?' or ';' or '؟' or '。') return i;
        }
        for (var i = window.Length - 1; i > least; i--)
        {
            if (char.IsWhiteSpace(window[i])) return i;
        }
        var longest = window.Length - 1;
        return longest > 1 && char.IsHighSurrogate(window[longest - 1]) ? longest - 1 : longest;
    }
}
