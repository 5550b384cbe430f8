using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Tools;

internal sealed record ToolDefinition(string Name, string Description, params IReadOnlyList<ToolParameter> Parameters)
{
    /// <summary>In place of parameters, where the tool's maker wrote a schema.</summary>
    public ArgumentSchema? Schema { get; init; }

    /// <summary>As a provider is told of it.</summary>
    public AIFunctionDeclaration Declare()
    {
        if (Schema is not null) return AIFunctionFactory.CreateDeclaration(Name, Description, JsonSerializer.SerializeToElement(Schema.Json));
        var properties = new JsonObject();
        foreach (var parameter in Parameters) properties[parameter.Name] = parameter.Schema();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. Parameters.Where(parameter => parameter.Required).Select(parameter => JsonValue.Create(parameter.Name))]),
            ["additionalProperties"] = false,
        };
        return AIFunctionFactory.CreateDeclaration(Name, Description, JsonSerializer.SerializeToElement(schema));
    }

    /// <summary>Everything that is wrong with the arguments; nothing where they may be used.</summary>
    public IReadOnlyList<string> Errors(JsonObject arguments)
    {
        if (Schema is not null) return Schema.Errors(arguments);
        var errors = new List<string>();
        foreach (var parameter in Parameters)
        {
            if (arguments[parameter.Name] is not { } value)
            {
                if (parameter.Required) errors.Add($"{parameter.Name} is missing.");
            }
            else if (parameter.Error(value) is { } error)
            {
                errors.Add(error);
            }
        }
        foreach (var (name, _) in arguments)
        {
            if (!Parameters.Any(parameter => parameter.Name == name)) errors.Add($"There is no parameter {(name.Length > 40 ? name[..40] : name)}.");
        }
        return errors;
    }
}

internal enum ParameterKind
{
    Text,
    Integer,
    Amount,
    Flag,
    Id,
}

internal sealed record ToolParameter(string Name, ParameterKind Kind, string Description, bool Required = true)
{
    /// <summary>Of a text.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>Of a number.</summary>
    public decimal Least { get; init; }

    /// <summary>Of a number.</summary>
    public decimal Most { get; init; } = 1_000_000;

    /// <summary>The only values of a text, where there are few.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    public JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = Kind switch
            {
                ParameterKind.Integer => "integer",
                ParameterKind.Amount => "number",
                ParameterKind.Flag => "boolean",
                _ => "string",
            },
            ["description"] = Description,
        };
        if (Kind is ParameterKind.Id) schema["format"] = "uuid";
        if (Kind is ParameterKind.Text) schema["maxLength"] = MaxLength;
        if (Kind is ParameterKind.Integer or ParameterKind.Amount)
        {
            schema["minimum"] = Least;
            schema["maximum"] = Most;
        }
        if (Allowed is not null) schema["enum"] = new JsonArray([.. Allowed.Select(value => JsonValue.Create(value))]);
        return schema;
    }

    public string? Error(JsonNode value)
    {
        switch (Kind)
        {
            case ParameterKind.Text:
                if (value is not JsonValue given || !given.TryGetValue<string>(out var text)) return $"{Name} is no text.";
                if (string.IsNullOrWhiteSpace(text)) return $"{Name} is empty.";
                if (text.Length > MaxLength) return $"{Name} is longer than {MaxLength} characters.";
                return Allowed is null || Allowed.Contains(text, StringComparer.Ordinal) ? null : $"{Name} is not one of {string.Join(", ", Allowed)}.";
            case ParameterKind.Id:
                return value is JsonValue id && id.TryGetValue<string>(out var written) && Guid.TryParse(written, out _) ? null : $"{Name} is no id.";
            case ParameterKind.Flag:
                return value is JsonValue flag && flag.TryGetValue<bool>(out _) ? null : $"{Name} is neither true nor false.";
            default:
                if (Number(value) is not { } number) return $"{Name} is no number.";
                if (Kind is ParameterKind.Integer && number != decimal.Truncate(number)) return $"{Name} is no whole number.";
                return number < Least || number > Most ? FormattableString.Invariant($"{Name} is not between {Least} and {Most}.") : null;
        }
    }

    internal static decimal? Number(JsonNode? value) =>
        value is JsonValue number && number.GetValueKind() is JsonValueKind.Number && decimal.TryParse(
            number.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
}

/// <summary>Arguments that were found good.</summary>
internal sealed class ToolArguments(JsonObject json)
{
    public JsonObject Json => json;

    public string Text(string name) => json[name]!.GetValue<string>().Trim();

    public string? OptionalText(string name) => json[name]?.GetValue<string>().Trim();

    public Guid Id(string name) => Guid.Parse(json[name]!.GetValue<string>());

    public decimal? Amount(string name) => ToolParameter.Number(json[name]);

    public int Integer(string name, int otherwise) => ToolParameter.Number(json[name]) is { } number ? (int)number : otherwise;

    public bool Flag(string name) => json[name]?.GetValue<bool>() ?? false;

    /// <summary>The same for the same arguments, in whatever order they came.</summary>
    public string Key() => string.Join('&', json.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value?.ToJsonString()}"));
}
