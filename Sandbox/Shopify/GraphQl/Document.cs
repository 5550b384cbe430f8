using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assistify.Sandbox.Shopify.GraphQl;

/// <param name="On">The type that a fragment is for; null for a field.</param>
internal sealed record Selection(string Alias, string Name, IReadOnlyDictionary<string, JsonNode?> Arguments, IReadOnlyList<Selection> Selections, string? On = null);

internal sealed record Operation(string Kind, string? Name, IReadOnlyList<Selection> Selections);

/// <summary>Says where a document stops being GraphQL.</summary>
internal sealed class GraphQlSyntaxException : Exception
{
    public GraphQlSyntaxException()
    {
    }

    public GraphQlSyntaxException(string message) : base(message)
    {
    }

    public GraphQlSyntaxException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>Reads the part of GraphQL that queries are written in: operations, variables, aliases, arguments, fragments.</summary>
internal sealed partial class Document
{
    private static readonly Dictionary<string, JsonNode?> s_none = [];

    private readonly List<Match> _tokens;
    private readonly JsonObject _variables;
    private readonly Dictionary<string, int> _fragments = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;

    private Document(string text, JsonObject variables)
    {
        _variables = variables;
        _tokens = [.. Token().Matches(text).Where(token => token.Groups["skip"].Length == 0)];
        if (_tokens.FirstOrDefault(token => token.Groups["wrong"].Length > 0) is { } wrong) throw new GraphQlSyntaxException($"Parse error on \"{wrong.Value}\"");
    }

    /// <exception cref="GraphQlSyntaxException">The text is no such document, or lacks the operation.</exception>
    public static Operation Read(string text, string? operationName, JsonObject variables)
    {
        var document = new Document(text, variables);
        document.FindFragments();
        var operations = new List<Operation>();
        while (document._at < document._tokens.Count)
        {
            if (document.Is("fragment")) document.SkipFragment();
            else operations.Add(document.ReadOperation());
        }

        return operations.FirstOrDefault(one => operationName is null || one.Name == operationName) ?? throw new GraphQlSyntaxException("An operation is needed");
    }

    private Operation ReadOperation()
    {
        var kind = "query";
        string? name = null;
        if (!Is("{"))
        {
            kind = Next();
            if (kind is not ("query" or "mutation")) throw new GraphQlSyntaxException($"Parse error on \"{kind}\"");
            if (!Is("{") && !Is("(")) name = Next();
            if (Is("(")) ReadVariables();
        }

        return new Operation(kind, name, ReadSelections());
    }

    // Declarations matter only for their defaults and for what must be given.
    private void ReadVariables()
    {
        Expect("(");
        while (!Is(")"))
        {
            Expect("$");
            var name = Next();
            Expect(":");
            var required = ReadType();
            if (Is("="))
            {
                Expect("=");
                var value = ReadValue();
                if (!_variables.ContainsKey(name)) _variables[name] = value;
            }
            else if (required && _variables[name] is null)
            {
                throw new GraphQlSyntaxException($"Variable ${name} was provided invalid value: Expected value to not be null");
            }
        }

        Expect(")");
    }

    private bool ReadType()
    {
        if (Is("["))
        {
            Expect("[");
            ReadType();
            Expect("]");
        }
        else
        {
            Next();
        }

        if (!Is("!")) return false;
        Expect("!");
        return true;
    }

    private List<Selection> ReadSelections()
    {
        if (++_depth > 20) throw new GraphQlSyntaxException("Query is nested too deeply");
        Expect("{");
        var selections = new List<Selection>();
        while (!Is("}")) selections.Add(Is("...") ? ReadFragment() : ReadField());
        Expect("}");
        _depth--;
        return selections.Count == 0 ? throw new GraphQlSyntaxException("A selection is needed between { and }") : selections;
    }

    private Selection ReadField()
    {
        var alias = Next();
        var name = alias;
        if (Is(":"))
        {
            Expect(":");
            name = Next();
        }

        var arguments = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        if (Is("("))
        {
            Expect("(");
            while (!Is(")"))
            {
                var argument = Next();
                Expect(":");
                arguments[argument] = ReadValue();
            }

            Expect(")");
        }

        return new Selection(alias, name, arguments, Is("{") ? ReadSelections() : []);
    }

    private Selection ReadFragment()
    {
        Expect("...");
        if (Is("on"))
        {
            Expect("on");
            var type = Next();
            return new Selection("", "", s_none, ReadSelections(), type);
        }

        if (Is("{")) return new Selection("", "", s_none, ReadSelections(), "");

        var name = Next();
        if (!_fragments.TryGetValue(name, out var start)) throw new GraphQlSyntaxException($"Fragment {name} was used, but not defined");
        var back = _at;
        _at = start;
        var on = Next();
        var selections = ReadSelections();
        _at = back;
        return new Selection("", "", s_none, selections, on);
    }

    private void FindFragments()
    {
        for (var i = 0; i + 3 < _tokens.Count; i++)
        {
            if (_tokens[i].Value == "fragment" && _tokens[i + 2].Value == "on") _fragments[_tokens[i + 1].Value] = i + 3;
        }
    }

    private void SkipFragment()
    {
        _at += 4;
        ReadSelections();
    }

    private JsonNode? ReadValue()
    {
        if (Is("$"))
        {
            Expect("$");
            return _variables[Next()]?.DeepClone();
        }

        if (Is("[")) return ReadList();
        if (Is("{")) return ReadObject();

        var text = Next();
        if (text.StartsWith("\"\"\"", StringComparison.Ordinal)) return text[3..^3];
        if (text[0] == '"') return Unescape(text);
        if (text is "true" or "false") return text == "true";
        if (text == "null") return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;
    }

    private JsonArray ReadList()
    {
        Expect("[");
        var list = new JsonArray();
        while (!Is("]")) list.Add(ReadValue());
        Expect("]");
        return list;
    }

    private JsonObject ReadObject()
    {
        Expect("{");
        var content = new JsonObject();
        while (!Is("}"))
        {
            var name = Next();
            Expect(":");
            content[name] = ReadValue();
        }

        Expect("}");
        return content;
    }

    private static string Unescape(string quoted)
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetBytes(quoted))!.GetValue<string>();
        }
        catch (System.Text.Json.JsonException failure)
        {
            throw new GraphQlSyntaxException($"Parse error on {quoted}", failure);
        }
    }

    private bool Is(string text) => _at < _tokens.Count && _tokens[_at].Value == text;

    private string Next() => _at < _tokens.Count ? _tokens[_at++].Value : throw new GraphQlSyntaxException("Unexpected end of document");

    private void Expect(string text)
    {
        var next = Next();
        if (next != text) throw new GraphQlSyntaxException($"Parse error on \"{next}\", expected \"{text}\"");
    }

    [GeneratedRegex("""(?<skip>[\s,\uFEFF]+|\#[^\n]*)|\.\.\.|"{3}[\s\S]*?"{3}|"(?:[^"\\\n]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|[{}()\[\]:$!=@|&]|(?<wrong>.)""", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
