using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assistify.AiService.Evaluation.Conversations;

/// <summary>
/// The part of YAML in which suites are written, as JSON nodes: block mappings and sequences, one-line <c>[a, b]</c> and <c>{ a: b }</c>,
/// plain and quoted scalars, <c>|</c> for texts of several lines, comments. Whatever else YAML has is refused with the number of its line; JSON is read too.
/// </summary>
internal sealed class Yaml
{
    private readonly string _name;
    private readonly string[] _lines;
    private int _at;

    private Yaml(string text, string name) => (_name, _lines) = (name, text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n'));

    /// <exception cref="EvaluationFault">It is not written in this part of YAML.</exception>
    public static JsonNode? Read(string text, string name)
    {
        if (text.AsSpan().TrimStart("\ufeff \t\r\n").StartsWith("{"))
        {
            try
            {
                return JsonNode.Parse(text.TrimStart('\ufeff'));
            }
            catch (JsonException fault)
            {
                throw new EvaluationFault($"{name}, line {fault.LineNumber + 1}: this is no JSON.");
            }
        }
        var yaml = new Yaml(text, name);
        if (!yaml.Peek(out var indent, out _)) return null;
        var node = yaml.Block(indent);
        return yaml.Peek(out _, out _) ? throw yaml.Fault("the indentation fits nothing above") : node;
    }

    private JsonNode? Block(int indent)
    {
        Peek(out _, out var content);
        if (IsItem(content)) return Sequence(indent);
        if (KeyOf(content) is not null) return Mapping(indent);
        var scalar = Inline(content);
        _at++;
        return scalar;
    }

    private JsonArray Sequence(int indent)
    {
        var items = new JsonArray();
        while (Peek(out var at, out var content) && at == indent && IsItem(content))
        {
            var rest = content[1..].TrimStart();
            if (rest.Length == 0 || rest[0] == '#')
            {
                _at++;
                items.Add(Peek(out var deeper, out _) && deeper > indent ? Block(deeper) : null);
            }
            else if (IsItem(rest) || KeyOf(rest) is not null)
            {
                // The item begins on the line of its dash: as if it stood below, as far in as it stands.
                var deeper = indent + content.Length - rest.Length;
                _lines[_at] = new string(' ', deeper) + rest;
                items.Add(Block(deeper));
            }
            else
            {
                items.Add(Value(rest, indent));
            }
        }
        if (Peek(out var after, out _) && after > indent) throw Fault("the indentation fits nothing above");
        return items;
    }

    private JsonObject Mapping(int indent)
    {
        var mapping = new JsonObject();
        while (Peek(out var at, out var content) && at == indent && !IsItem(content))
        {
            var (key, rest) = KeyOf(content) ?? throw Fault("a key and a colon are expected here");
            if (mapping.ContainsKey(key)) throw Fault($"'{key}' stands here twice");
            if (rest.Length > 0 && rest[0] != '#')
            {
                mapping.Add(key, Value(rest, indent));
                continue;
            }
            _at++;
            // A list may stand as far in as its key.
            mapping.Add(key, Peek(out var deeper, out var next) && (deeper > indent || deeper == indent && IsItem(next)) ? Block(deeper) : null);
        }
        if (Peek(out var after, out _) && after > indent) throw Fault("the indentation fits nothing above");
        return mapping;
    }

    private JsonNode? Value(string text, int indent)
    {
        if (text is "|" or "|-") return Literal(indent);
        var value = Inline(text);
        _at++;
        return value;
    }

    private JsonValue Literal(int indent)
    {
        var lines = new List<string>();
        var own = -1;
        for (_at++; _at < _lines.Length; _at++)
        {
            var line = _lines[_at];
            var start = line.Length - line.TrimStart(' ').Length;
            if (line.Trim().Length == 0)
            {
                lines.Add("");
                continue;
            }
            if (start <= indent) break;
            if (own < 0) own = start;
            if (start < own) throw Fault("this line stands further out than the first one of its text");
            lines.Add(line[own..].TrimEnd());
        }
        return JsonValue.Create(string.Join('\n', lines).TrimEnd('\n'));
    }

    // A value on one line, with nothing but a comment behind it.
    private JsonNode? Inline(string text)
    {
        var at = 0;
        var value = Flow(text, ref at, nested: false);
        var rest = text[at..].TrimStart();
        return rest.Length == 0 || rest[0] == '#' ? value : throw Fault($"'{rest}' is not expected here");
    }

    private JsonNode? Flow(string text, ref int at, bool nested)
    {
        Skip(text, ref at);
        if (at == text.Length) throw Fault("something is missing at the end of the line");
        switch (text[at])
        {
            case '[':
                var items = new JsonArray();
                at++;
                while (!Closes(text, ref at, ']', items.Count)) items.Add(Flow(text, ref at, nested: true));
                return items;
            case '{':
                var mapping = new JsonObject();
                at++;
                while (!Closes(text, ref at, '}', mapping.Count))
                {
                    var (key, rest) = KeyOf(text[at..]) ?? throw Fault("a key and a colon are expected in the braces");
                    if (mapping.ContainsKey(key)) throw Fault($"'{key}' stands here twice");
                    at = text.Length - rest.Length;
                    mapping.Add(key, Flow(text, ref at, nested: true));
                }
                return mapping;
            case '"' or '\'':
                return JsonValue.Create(Quoted(text, ref at));
            case '&' or '*' or '!' or '>' or '%' or '@' or '`' or '|':
                throw Fault($"'{text[at]}' begins nothing that is read here; quote the text");
            default:
                return Plain(text, ref at, nested);
        }
    }

    // Before each element of a list or mapping: over the comma, or over the closing bracket.
    private bool Closes(string text, ref int at, char bracket, int before)
    {
        Skip(text, ref at);
        if (at == text.Length) throw Fault($"'{bracket}' is missing on this line");
        if (text[at] == bracket)
        {
            at++;
            return true;
        }
        if (before == 0) return false;
        if (text[at] != ',') throw Fault("a comma is missing");
        at++;
        Skip(text, ref at);
        return false;
    }

    private JsonValue? Plain(string text, ref int at, bool nested)
    {
        var start = at;
        while (at < text.Length && !(nested && (text[at] is ',' or ']' or '}')))
        {
            if (text[at] == '#' && at > start && text[at - 1] == ' ') break;
            if (text[at] == ':' && (at + 1 == text.Length || text[at + 1] == ' ')) throw Fault("a text with a colon in it must be quoted");
            at++;
        }
        var plain = text[start..at].Trim();
        return plain switch
        {
            "" => throw Fault("something is missing here"),
            "null" or "~" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && plain[0] != '+' =>
                JsonValue.Create(number),
            _ => JsonValue.Create(plain),
        };
    }

    private string Quoted(string text, ref int at)
    {
        var quote = text[at++];
        var value = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                at++;
                if (quote == '"' || at == text.Length || text[at] != '\'') return value.ToString();
                value.Append('\''); // two of them are one
            }
            else if (quote == '"' && text[at] == '\\')
            {
                at++;
                value.Append((at < text.Length ? text[at] : ' ') switch
                {
                    'n' => '\n',
                    't' => '\t',
                    '"' => '"',
                    '\\' => '\\',
                    _ => throw Fault("only \\n, \\t, \\\" and \\\\ are read in quotes"),
                });
            }
            else
            {
                value.Append(text[at]);
            }
        }
        throw Fault("the quotes are not closed on this line");
    }

    private (string Key, string After)? KeyOf(string content)
    {
        var at = 0;
        string key;
        if (content.Length > 0 && (content[0] is '"' or '\''))
        {
            if (content.LastIndexOf(content[0]) == 0) return null;
            key = Quoted(content, ref at);
        }
        else
        {
            while (at < content.Length && (char.IsLetterOrDigit(content[at]) || content[at] is '_' or '-' or '.')) at++;
            key = content[..at];
        }
        if (key.Length == 0 || at >= content.Length || content[at] != ':' || at + 1 < content.Length && content[at + 1] != ' ') return null;
        return (key, content[(at + 1)..].TrimStart());
    }

    private static bool IsItem(string content) => content == "-" || content.StartsWith("- ", StringComparison.Ordinal);

    private static void Skip(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
    }

    // The next line that says something.
    private bool Peek(out int indent, out string content)
    {
        for (; _at < _lines.Length; _at++)
        {
            content = _lines[_at].TrimStart(' ');
            indent = _lines[_at].Length - content.Length;
            content = content.TrimEnd();
            if (content.Length == 0 || content[0] == '#') continue;
            if (content[0] == '\t') throw Fault("lines are indented by spaces, not tabs");
            return true;
        }
        (indent, content) = (0, "");
        return false;
    }

    private EvaluationFault Fault(string what) => new($"{_name}, line {Math.Min(_at + 1, _lines.Length)}: {what}.");
}
