using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Tools;

/// <summary>
/// A JSON Schema for a tool's arguments, as its maker wrote it. Read only where every word of it that says what is right is known here: what
/// cannot be checked is not offered to a model.
/// </summary>
internal sealed class ArgumentSchema
{
    private const int MostErrors = 5;
    private const int Deepest = 24;

    // They describe; nothing is wrong because of them.
    private static readonly HashSet<string> s_descriptions =
        ["$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "format"];

    private static readonly HashSet<string> s_checked =
    [
        "$ref", "type", "enum", "const", "properties", "required", "additionalProperties", "minProperties", "maxProperties", "items", "minItems", "maxItems", "uniqueItems",
        "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "anyOf", "oneOf", "allOf",
    ];

    private static readonly string[] s_types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <summary>Any arguments.</summary>
    public static readonly ArgumentSchema AnyObject = new(new JsonObject { ["type"] = "object" });

    private readonly Dictionary<string, Regex> _patterns = new(StringComparer.Ordinal);

    private ArgumentSchema(JsonObject json) => Json = json;

    public JsonObject Json { get; }

    /// <param name="problem">Why it is none that can be checked.</param>
    public static ArgumentSchema? Read(JsonNode? json, out string? problem)
    {
        problem = null;
        if (json is not JsonObject root || root.Text("type") != "object") problem = "its arguments are no object";
        var schema = new ArgumentSchema(json as JsonObject ?? []);
        problem ??= schema.Problem(schema.Json, 0);
        return problem is null ? schema : null;
    }

    /// <summary>What is wrong with the arguments, at most a few sentences; nothing where they may be used.</summary>
    public IReadOnlyList<string> Errors(JsonObject arguments)
    {
        var errors = new List<string>();
        Check(Json, arguments, "", 0, errors, new Steps());
        return errors.Count > MostErrors ? errors[..MostErrors] : errors;
    }

    private string? Problem(JsonNode? node, int depth)
    {
        if (depth > Deepest) return "its schema is too deep";
        if (node is JsonValue always && always.GetValueKind() is JsonValueKind.True or JsonValueKind.False) return null;
        if (node is not JsonObject schema) return "its schema is none";
        foreach (var (word, value) in schema)
        {
            if (s_descriptions.Contains(word) || word.StartsWith("x-", StringComparison.Ordinal))
            {
                if (word is not ("$defs" or "definitions")) continue;
            }
            else if (!s_checked.Contains(word))
            {
                return $"its schema says '{(word.Length > 40 ? word[..40] : word)}', which is not checked here";
            }
            var problem = word switch
            {
                "$ref" => Referred(schema.Text("$ref")) is null ? "its schema refers to something else" : null,
                "type" => Types(value).Count == 0 || Types(value).Any(type => !s_types.Contains(type)) ? "its schema names an unknown type" : null,
                "properties" or "$defs" or "definitions" => value is JsonObject members ? members.Select(member => Problem(member.Value, depth + 1)).FirstOrDefault(one => one is not null) : "its schema is none",
                "additionalProperties" or "items" => Problem(value, depth + 1),
                "anyOf" or "oneOf" or "allOf" => value is JsonArray { Count: > 0 } choices ? choices.Select(one => Problem(one, depth + 1)).FirstOrDefault(one => one is not null) : "its schema is none",
                "required" => value is JsonArray names && names.All(name => name is JsonValue one && one.TryGetValue<string>(out _)) ? null : "its schema is none",
                "enum" => value is JsonArray ? null : "its schema is none",
                "pattern" => AddPattern(schema.Text("pattern")) ? null : "its schema has a pattern that is not checked here",
                "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties" or "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" =>
                    Number(value) is null ? "its schema has a limit that is no number" : null,
                _ => null,
            };
            if (problem is not null) return problem;
        }
        return null;
    }

    // Without backtracking: whoever wrote the pattern cannot make it run for ever.
    private bool AddPattern(string? pattern)
    {
        if (pattern is null) return false;
        try
        {
            _patterns[pattern] = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private void Check(JsonNode? node, JsonNode? value, string path, int depth, List<string> errors, Steps steps)
    {
        if (errors.Count > MostErrors) return;
        var name = path.Length == 0 ? "The arguments" : path;
        if (depth > Deepest || --steps.Left < 0)
        {
            errors.Add($"{name}: too much to check.");
            return;
        }
        if (node is not JsonObject schema)
        {
            if (node is JsonValue never && never.GetValueKind() is JsonValueKind.False) errors.Add($"{name}: not allowed.");
            return;
        }

        if (schema["$ref"] is not null) Check(Referred(schema.Text("$ref")), value, path, depth + 1, errors, steps);
        if (schema["type"] is { } type && Types(type) is var types && !types.Any(one => Is(one, value)))
        {
            errors.Add($"{name}: not of the type {string.Join(" or ", types)}.");
            return;
        }
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value))) errors.Add($"{name}: not one of {Shown(allowed)}.");
        if (schema.ContainsKey("const") && !JsonNode.DeepEquals(schema["const"], value)) errors.Add($"{name}: not {Shown(schema["const"])}.");
        switch (value)
        {
            case JsonObject members:
                CheckObject(schema, members, path, depth, errors, steps);
                break;
            case JsonArray items:
                CheckArray(schema, items, path, depth, errors, steps);
                break;
            case JsonValue text when text.TryGetValue<string>(out var written):
                Limit(written.EnumerateRunes().Count(), schema, "minLength", "maxLength", name, "characters", errors);
                if (schema.Text("pattern") is { } pattern && !_patterns[pattern].IsMatch(written)) errors.Add($"{name}: does not match {pattern}.");
                break;
            case JsonValue when Number(value) is { } number:
                CheckNumber(schema, number, name, errors);
                break;
        }
        foreach (var part in schema["allOf"] as JsonArray ?? []) Check(part, value, path, depth + 1, errors, steps);
        if (schema["anyOf"] is JsonArray any && !any.Any(one => Fits(one, value, depth, steps))) errors.Add($"{name}: fits none of what is allowed.");
        if (schema["oneOf"] is JsonArray choices && choices.Count(one => Fits(one, value, depth, steps)) != 1) errors.Add($"{name}: does not fit exactly one of what is allowed.");
    }

    private void CheckObject(JsonObject schema, JsonObject members, string path, int depth, List<string> errors, Steps steps)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var required in (schema["required"] as JsonArray ?? []).Select(one => one!.GetValue<string>()))
        {
            if (!members.ContainsKey(required)) errors.Add($"{Within(path, required)} is missing.");
        }
        foreach (var (name, member) in members)
        {
            if (properties.ContainsKey(name)) Check(properties[name], member, Within(path, name), depth + 1, errors, steps);
            else if (schema["additionalProperties"] is JsonValue none && none.GetValueKind() is JsonValueKind.False) errors.Add($"There is no parameter {Within(path, name)}.");
            else if (schema["additionalProperties"] is JsonObject others) Check(others, member, Within(path, name), depth + 1, errors, steps);
        }
        Limit(members.Count, schema, "minProperties", "maxProperties", path.Length == 0 ? "The arguments" : path, "members", errors);
    }

    private void CheckArray(JsonObject schema, JsonArray items, string path, int depth, List<string> errors, Steps steps)
    {
        Limit(items.Count, schema, "minItems", "maxItems", path, "items", errors);
        if (schema["uniqueItems"] is JsonValue unique && unique.GetValueKind() is JsonValueKind.True
            && items.Select((one, n) => items.Take(n).Any(before => JsonNode.DeepEquals(before, one))).Any(twice => twice))
        {
            errors.Add($"{path}: an item stands there twice.");
        }
        if (schema["items"] is not { } each) return;
        foreach (var (item, n) in items.Select((item, n) => (item, n))) Check(each, item, $"{path}[{n}]", depth + 1, errors, steps);
    }

    private static void CheckNumber(JsonObject schema, decimal number, string name, List<string> errors)
    {
        if (Number(schema["minimum"]) is { } least && number < least) errors.Add(FormattableString.Invariant($"{name}: less than {least}."));
        if (Number(schema["maximum"]) is { } most && number > most) errors.Add(FormattableString.Invariant($"{name}: more than {most}."));
        if (Number(schema["exclusiveMinimum"]) is { } above && number <= above) errors.Add(FormattableString.Invariant($"{name}: not more than {above}."));
        if (Number(schema["exclusiveMaximum"]) is { } below && number >= below) errors.Add(FormattableString.Invariant($"{name}: not less than {below}."));
        if (Number(schema["multipleOf"]) is > 0 and var step && number % step != 0) errors.Add(FormattableString.Invariant($"{name}: no multiple of {step}."));
    }

    private bool Fits(JsonNode? schema, JsonNode? value, int depth, Steps steps)
    {
        var errors = new List<string>();
        Check(schema, value, "", depth + 1, errors, steps);
        return errors.Count == 0;
    }

    // Only to a place in the schema itself.
    private JsonNode? Referred(string? reference)
    {
        if (reference == "#") return Json;
        if (reference?.StartsWith("#/", StringComparison.Ordinal) is not true) return null;
        JsonNode? place = Json;
        foreach (var part in reference[2..].Split('/')) place = (place as JsonObject)?[Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        return place;
    }

    private static void Limit(int count, JsonObject schema, string least, string most, string name, string what, List<string> errors)
    {
        if (Number(schema[least]) is { } few && count < few) errors.Add(FormattableString.Invariant($"{name}: fewer than {few} {what}."));
        if (Number(schema[most]) is { } many && count > many) errors.Add(FormattableString.Invariant($"{name}: more than {many} {what}."));
    }

    private static List<string> Types(JsonNode? type) => type switch
    {
        JsonValue one when one.TryGetValue<string>(out var name) => [name],
        JsonArray several => [.. several.Select(one => one is JsonValue named && named.TryGetValue<string>(out var name) ? name : "")],
        _ => [],
    };

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() is JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "null" => value is null,
        "integer" => Number(value) is { } number && number == decimal.Truncate(number),
        _ => Number(value) is not null,
    };

    private static decimal? Number(JsonNode? value) => ToolParameter.Number(value);

    private static string Within(string path, string name)
    {
        var shown = name.Length > 40 ? name[..40] : name;
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }

    private static string Shown(JsonNode? value)
    {
        var json = value?.ToJsonString() ?? "null";
        return json.Length > 200 ? json[..200] : json;
    }

    // A schema that refers to itself in many ways would be followed for ever.
    private sealed class Steps
    {
        public int Left { get; set; } = 10_000;
    }
}
