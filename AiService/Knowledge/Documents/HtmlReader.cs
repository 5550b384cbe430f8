using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Assistify.AiService.Knowledge.Documents;

/// <summary>
/// The text of a web page, in one pass, however badly it is written: headings, paragraphs, lists, and the rows of tables as sentences
/// ("Country: Malta, Price: 8.90 EUR"). Scripts, menus and forms say nothing and are left out.
/// </summary>
internal sealed class HtmlReader
{
    private static readonly FrozenSet<string> s_silent = new[]
    {
        "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "nav", "form", "select", "button", "textarea", "dialog",
    }.ToFrozenSet();

    // Nothing in these is markup.
    private static readonly FrozenSet<string> s_raw = new[] { "script", "style", "textarea" }.ToFrozenSet();

    private static readonly FrozenSet<string> s_paragraphs = new[]
    {
        "p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "dl", "blockquote", "figure", "pre", "address", "details", "hr", "body", "table", "fieldset",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> s_lines = new[] { "li", "br", "dt", "dd", "tr", "summary", "figcaption", "caption", "option" }.ToFrozenSet();

    private readonly string _html;
    private readonly DocumentTextBuilder _document = new();
    private readonly HashSet<string> _unclosed = [];
    private readonly StringBuilder _heading = new();
    private readonly HtmlTable _table = new();
    private int _level;
    private int _tables;
    private string? _title;
    private string? _language;

    private HtmlReader(string html) => _html = html;

    public static DocumentText Read(string html)
    {
        var reader = new HtmlReader(html);
        reader.Read();
        return reader._document.Build(reader._title, reader._language);
    }

    private void Read()
    {
        var at = 0;
        while (at < _html.Length)
        {
            var next = _html.IndexOf('<', at);
            if (next < 0) next = _html.Length;
            if (next > at) Say(WebUtility.HtmlDecode(_html[at..next]));
            if (next == _html.Length) break;
            at = ReadMarkup(next);
        }
        EndHeading();
        EndTable();
    }

    /// <returns>Where the markup ends.</returns>
    private int ReadMarkup(int at)
    {
        if (_html.AsSpan(at).StartsWith("<!--")) return After("-->", at + 4);
        if (at + 1 < _html.Length && _html[at + 1] is '!' or '?') return After(">", at + 2);
        var closes = at + 1 < _html.Length && _html[at + 1] == '/';
        var nameStart = closes ? at + 2 : at + 1;
        var nameEnd = nameStart;
        while (nameEnd < _html.Length && (char.IsAsciiLetterOrDigit(_html[nameEnd]) || _html[nameEnd] == '-')) nameEnd++;
        if (nameEnd == nameStart || !char.IsAsciiLetter(_html[nameStart]))
        {
            Say("<"); // "5 < 6" is no markup
            return at + 1;
        }

        var name = _html[nameStart..nameEnd].ToLowerInvariant();
        var end = EndOfTag(nameEnd);
        if (closes) Close(name);
        else if (name == "title" && _title is null) return ReadTitle(end);
        else if (s_silent.Contains(name) && _html[end - 2] != '/') return Skip(name, end);
        else Open(name, _html.AsSpan(nameEnd, end - nameEnd));
        return end;
    }

    private void Open(string name, ReadOnlySpan<char> attributes)
    {
        if (name == "html") _language = LanguageIn(attributes);
        if (LevelOf(name) is { } level)
        {
            EndHeading();
            _level = level;
        }
        else if (name == "table" && ++_tables == 1)
        {
            _document.EndParagraph();
            _table.Begin();
        }
        else if (_tables == 1 && name == "tr") EndRow();
        else if (_tables == 1 && name is "td" or "th") _table.BeginCell(name == "th");
        else Separate(name);
    }

    private void Close(string name)
    {
        if (LevelOf(name) is not null) EndHeading();
        else if (name == "table" && _tables > 0)
        {
            if (_tables == 1) EndTable();
            else _tables--;
        }
        else if (_tables == 1 && name == "tr") EndRow();
        else Separate(name);
    }

    private void Separate(string name)
    {
        if (_level > 0 || _tables > 0) Say(" ");
        else if (s_lines.Contains(name)) _document.EndLine();
        else if (s_paragraphs.Contains(name)) _document.EndParagraph();
        else if (name is "td" or "th") Say(" ");
    }

    private void Say(string text)
    {
        if (_level > 0) _heading.Append(text);
        else if (_tables == 0 || !_table.Append(text)) _document.Append(text);
    }

    private void EndHeading()
    {
        if (_level > 0)
        {
            // A heading within a table is what its cell says.
            if (_tables > 0) _table.Append(_heading.ToString());
            else _document.AddHeading(_level, _heading.ToString());
        }
        _heading.Clear();
        _level = 0;
    }

    private void EndRow()
    {
        if (_table.EndRow() is { } row) _document.Append(row);
        _document.EndLine();
    }

    private void EndTable()
    {
        if (_tables == 0) return;
        EndRow();
        _tables = 0;
        _document.EndParagraph();
    }

    private int ReadTitle(int start)
    {
        var end = _html.IndexOf("</title", start, StringComparison.OrdinalIgnoreCase);
        if (end < 0) return start;
        _title = string.Join(' ', WebUtility.HtmlDecode(_html[start..end]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return EndOfTag(end);
    }

    // Up to the tag that closes it. What is never closed is not left out, or a slip would hide all that follows.
    private int Skip(string name, int start)
    {
        if (_unclosed.Contains(name)) return start;
        var depth = 1;
        for (var at = _html.IndexOf('<', start); at >= 0; at = _html.IndexOf('<', at + 1))
        {
            var rest = _html.AsSpan(at + 1);
            var closes = rest.Length > 0 && rest[0] == '/';
            if (!IsName(closes ? rest[1..] : rest, name) || !closes && s_raw.Contains(name)) continue;
            depth += closes ? -1 : 1;
            if (depth == 0) return EndOfTag(at);
        }
        _unclosed.Add(name);
        return start;
    }

    private static bool IsName(ReadOnlySpan<char> text, string name) =>
        text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (text.Length == name.Length || !char.IsAsciiLetterOrDigit(text[name.Length]));

    // A ">" within quotes is part of an attribute.
    private int EndOfTag(int at)
    {
        var quote = '\0';
        for (; at < _html.Length; at++)
        {
            var letter = _html[at];
            if (quote != '\0')
            {
                if (letter == quote) quote = '\0';
            }
            else if (letter is '"' or '\'' && at > 0 && _html[at - 1] is '=' or ' ') quote = letter;
            else if (letter == '>') return at + 1;
        }
        return _html.Length;
    }

    private int After(string end, int at)
    {
        var found = _html.IndexOf(end, Math.Min(at, _html.Length), StringComparison.Ordinal);
        return found < 0 ? _html.Length : found + end.Length;
    }

    private static int? LevelOf(string name) => name is ['h', >= '1' and <= '6'] ? name[1] - '0' : null;

    private static string? LanguageIn(ReadOnlySpan<char> attributes)
    {
        var at = attributes.IndexOf("lang=", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var value = attributes[(at + 5)..].TrimStart("\"'");
        return value.Length >= 2 && char.IsAsciiLetter(value[0]) && char.IsAsciiLetter(value[1]) ? value[..2].ToString().ToLowerInvariant() : null;
    }
}

/// <summary>A table while it is read: a row below a row of headers says of each value what it is.</summary>
internal sealed class HtmlTable
{
    private readonly List<(StringBuilder Text, bool IsHeader)> _cells = [];
    private List<string> _headers = [];
    private bool _isFirst;

    public void Begin()
    {
        _cells.Clear();
        _headers = [];
        _isFirst = true;
    }

    public void BeginCell(bool isHeader) => _cells.Add((new StringBuilder(), isHeader));

    /// <returns>False outside of cells.</returns>
    public bool Append(string text)
    {
        if (_cells.Count == 0) return false;
        _cells[^1].Text.Append(text);
        return true;
    }

    /// <summary>The row as a sentence; null where there is none.</summary>
    public string? EndRow()
    {
        if (_cells.Count == 0) return null;
        var values = _cells.ConvertAll(cell => string.Join(' ', cell.Text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        var isHeader = _isFirst && _cells.TrueForAll(cell => cell.IsHeader);
        _cells.Clear();
        _isFirst = false;
        if (!isHeader) return TableRow.Write(_headers, values);
        _headers = values;
        return null;
    }
}

internal static class TableRow
{
    /// <summary>Empty values are left out.</summary>
    public static string? Write(IReadOnlyList<string> headers, IReadOnlyList<string> values)
    {
        var parts = values.Select((value, i) => value.Length == 0 ? "" : i < headers.Count && headers[i].Length > 0 ? $"{headers[i]}: {value}" : value)
            .Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}
