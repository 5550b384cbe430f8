using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Tools.Http;

/// <summary>A tool that a workspace defined: a call of its own system.</summary>
/// <param name="Url">With the names of required parameters in braces, behind the host: <c>https://api.shop.example/stock/{sku}</c>.</param>
/// <param name="Approval"><c>automatic</c>, or <c>person</c>; a GET changes nothing and needs none.</param>
internal sealed record HttpTool(
    Guid Id, string Name, string Description, string Method, string Url, IReadOnlyList<HttpToolParameter> Parameters, string Approval, bool Enabled,
    bool HasAuthorization, DateTimeOffset UpdatedAt) : IDefinition
{
    public bool OnlyLooks => Method == "GET";

    [JsonIgnore]
    public string Use => OnlyLooks ? ToolUses.LookUp : Approval;

    public ToolDefinition Definition() => new(Name, Description, [.. Parameters.Select(parameter => parameter.Definition())]);
}

/// <param name="Type"><c>text</c>, <c>integer</c>, <c>amount</c> or <c>flag</c>.</param>
/// <param name="Allowed">The only values of a text, where there are few.</param>
internal sealed record HttpToolParameter(string Name, string Type, string Description, bool Required = true, IReadOnlyList<string>? Allowed = null)
{
    public static readonly string[] Types = ["text", "integer", "amount", "flag"];

    public ToolParameter Definition() => new(Name, Enum.Parse<ParameterKind>(Type, ignoreCase: true), Description, Required) { Allowed = Allowed is { Count: > 0 } ? Allowed : null };
}

/// <summary>The address of a call: the template with arguments in it, and those that have no place there.</summary>
internal static partial class HttpToolAddress
{
    public static IReadOnlyList<string> Names(string template) => [.. Place().Matches(template).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>Null where the arguments make no address under the template's: a value may fill a place and not lead out of it.</summary>
    public static Uri? Of(string template, JsonObject arguments, bool restAsQuery)
    {
        var names = Names(template);
        if (names.Any(name => Text(arguments[name]) is "" or "." or "..")) return null;
        var filled = Place().Replace(template, match => Uri.EscapeDataString(Text(arguments[match.Groups[1].Value])));
        if (restAsQuery)
        {
            var rest = arguments.Where(argument => !names.Contains(argument.Key)).Select(argument => $"{argument.Key}={Uri.EscapeDataString(Text(argument.Value))}").ToList();
            if (rest.Count > 0) filled += (filled.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', rest);
        }
        return Uri.TryCreate(filled, UriKind.Absolute, out var uri) ? uri : null;
    }

    private static string Text(JsonNode? value) => value switch
    {
        JsonValue text when text.TryGetValue<string>(out var written) => written.Trim(),
        null => "",
        _ => ToolParameter.Number(value)?.ToString(CultureInfo.InvariantCulture) ?? value.ToJsonString(),
    };

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Place();
}
