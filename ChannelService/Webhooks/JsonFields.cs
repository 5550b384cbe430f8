using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Reads what may be there, of whatever kind, in JSON from outside. Never throws for its content: half a surrogate pair in an escape
/// and bytes that are no UTF-8, where <see cref="JsonElement.GetString"/> does, become U+FFFD.
/// </summary>
internal static class JsonFields
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 256 };

    /// <returns>Null where it is no JSON.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member of an object; of a repeated name the last one.</summary>
    public static JsonElement? Get(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Another member's name is not readable.
            return null;
        }
    }

    public static JsonElement? Get(this JsonElement? element, string name) => element?.Get(name);

    /// <summary>The elements of a list; none where there is no list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonElement> List(this JsonElement? element, string name) => element?.List(name) ?? [];

    /// <summary>A text, or a number as it is written; null without one, and for an empty one.</summary>
    public static string? Text(this JsonElement element, string name) => element.Get(name) is { } value && Text(value) is { Length: > 0 } text ? text : null;

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => StorableText.From(String(value)),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    public static bool Flag(this JsonElement element, string name) => element.Get(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A whole number, also where it is written as a text.</summary>
    public static long? Number(this JsonElement element, string name) =>
        long.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static double? Real(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static decimal? Decimal(this JsonElement element, string name) =>
        decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A time in seconds since 1970.</summary>
    public static DateTimeOffset? Seconds(this JsonElement element, string name) =>
        element.Number(name) is > 0 and < 100_000_000_000 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>A time in milliseconds since 1970.</summary>
    public static DateTimeOffset? Milliseconds(this JsonElement element, string name) =>
        element.Number(name) is > 0 and < 100_000_000_000_000 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static string String(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)).AsSpan().Trim('"'));
        }
    }

    // The reader has checked the escapes; only their meaning may be half a character.
    private static string Unescape(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            switch (raw[++i])
            {
                case 'u' when i + 4 < raw.Length && ushort.TryParse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                    text.Append((char)unit);
                    i += 4;
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 'b' or 'f':
                    break;
                default:
                    text.Append(raw[i]);
                    break;
            }
        }
        return text.ToString();
    }
}
