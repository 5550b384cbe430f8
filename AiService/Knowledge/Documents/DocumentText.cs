using System.Text;

namespace Assistify.AiService.Knowledge.Documents;

/// <param name="Level">1 is the highest.</param>
internal readonly record struct Heading(int Start, int Length, int Level);

/// <summary>What a document says, whatever its format was: plain text in which every chunk and every quote has its place.</summary>
/// <param name="Title">What the document calls itself, where it does.</param>
/// <param name="Language">That the document names, where it does.</param>
internal sealed record DocumentText(string? Title, string Text, IReadOnlyList<Heading> Headings, string? Language = null)
{
    /// <summary>Where its pages begin, where it has some.</summary>
    public IReadOnlyList<PageStart> Pages { get; init; } = [];

    /// <summary>The pieces of a span that stand on one page each; one piece without a number where there are no pages.</summary>
    public IEnumerable<(int Start, int End, int? Page)> ByPages(int start, int end)
    {
        int? page = null;
        foreach (var (next, number) in Pages)
        {
            if (next >= end) break;
            if (next > start)
            {
                yield return (start, next, page);
                start = next;
            }
            page = number;
        }
        yield return (start, end, page);
    }
}

/// <param name="Number">Counted from 1, as programs that show the document do.</param>
internal readonly record struct PageStart(int Start, int Number);

/// <summary>Puts a document's text together: white space within a paragraph is one space, lines and paragraphs stand apart.</summary>
internal sealed class DocumentTextBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<Heading> _headings = [];
    private readonly List<PageStart> _pages = [];
    private string _break = "";
    private bool _space;

    public bool IsEmpty => _text.Length == 0;

    public void Append(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                _space = true;
                continue;
            }
            if (_break.Length > 0) _text.Append(_break);
            else if (_space && _text.Length > 0) _text.Append(' ');
            (_break, _space) = ("", false);
            _text.Append(letter);
        }
    }

    public void EndLine()
    {
        if (_text.Length > 0 && _break.Length == 0) _break = "\n";
    }

    public void EndParagraph()
    {
        if (_text.Length > 0) _break = "\n\n";
    }

    /// <summary>What comes from here on stands on that page.</summary>
    public void StartPage(int number)
    {
        EndParagraph();
        _pages.Add(new PageStart(_text.Length + _break.Length, number));
    }

    public void AddHeading(int level, string text)
    {
        EndParagraph();
        var before = _text.Length;
        var start = before + _break.Length;
        Append(text);
        if (_text.Length > before) _headings.Add(new Heading(start, _text.Length - start, level));
        EndParagraph();
    }

    public DocumentText Build(string? title, string? language = null)
    {
        var text = _text.ToString();
        var first = _headings.Count > 0 ? text.Substring(_headings[0].Start, _headings[0].Length) : null;
        return new DocumentText(string.IsNullOrWhiteSpace(title) ? first : title.Trim(), text, _headings, language) { Pages = _pages };
    }
}
