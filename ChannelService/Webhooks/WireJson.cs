using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Webhooks;

/// <summary>JSON from outside, read without trusting its shape: what is missing or of another kind is null, every text is storable.</summary>
internal static class WireJson
{
    /// <returns>Null where it is no JSON object of reasonable depth.</returns>
    public static JsonElement? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonElement.Parse(utf8) is { ValueKind: JsonValueKind.Object } root ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A webhook whose body is a JSON object.</summary>
    public static WebhookContent Read(ReadOnlySpan<byte> utf8, Func<JsonElement, WebhookContent> read)
    {
        if (Parse(utf8) is not { } root) return WebhookContent.Nothing(WebhookOutcome.Malformed, "The body is not a JSON object.");
        try
        {
            return read(root);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the escapes of a name.
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "The body has a name that is no text.");
        }
    }

    /// <summary>A member of whatever kind; of a repeated name the last one.</summary>
    public static JsonElement? Get(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Another member's name is no text.
            return null;
        }
    }

    public static JsonElement? Get(this JsonElement? element, string name) => element?.Get(name);

    public static JsonElement? Object(this JsonElement element, string name) => Member(element, name, JsonValueKind.Object);

    public static IEnumerable<JsonElement> Objects(this JsonElement element, string name) => element.List(name).Where(item => item.ValueKind == JsonValueKind.Object);

    /// <summary>The elements of a list; none where there is no list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        Member(element, name, JsonValueKind.Array) is { } array ? array.EnumerateArray() : [];

    /// <summary>A string, or a number as it is written: ids come as either, and larger than a double can hold.</summary>
    public static string? Text(this JsonElement element, string name) => element.Get(name) is { } value ? Text(value) : null;

    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>As <see cref="Text(JsonElement, string)"/>, and null for an empty one.</summary>
    public static string? Filled(this JsonElement element, string name) => element.Text(name) is { Length: > 0 } text ? text : null;

    public static string? Filled(this JsonElement? element, string name) => element?.Filled(name);

    /// <summary>A whole number, also where it is written as a text.</summary>
    public static long? Number(this JsonElement element, string name) =>
        long.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static decimal? Decimal(this JsonElement element, string name) =>
        decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Milliseconds since 1970, as a number or a string.</summary>
    public static DateTimeOffset? Milliseconds(this JsonElement element, string name) =>
        element.Number(name) is > 0 and < 100_000_000_000_000 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    public static long? Integer(this JsonElement element, string name) =>
        Member(element, name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var value) ? value : null;

    public static double? Real(this JsonElement element, string name) =>
        Member(element, name, JsonValueKind.Number) is { } number && number.TryGetDouble(out var value) ? value : null;

    public static bool Flag(this JsonElement element, string name) => element.Get(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The same value with storable texts: Postgres refuses a whole document for one U+0000 or half a surrogate pair.</summary>
    public static string Storable(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(element, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Seconds since 1970, as a number or a string.</summary>
    public static DateTimeOffset? UnixTime(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(value)
            : null;

    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.Get(name) is { } value && value.ValueKind == kind ? value : null;

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(StorableText.From(property.Name));
                    Write(property.Value, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(item, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(TextOf(element));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return StorableText.From(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair or bytes that are no UTF-8: people sent it, so the rest of it is kept.
            return StorableText.From(Unescape(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value))[1..^1]));
        }
    }

    // The parser has checked that every escape is complete.
    private static string Unescape(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            i++;
            if (escaped[i] == 'u')
            {
                text.Append((char)ushort.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }
            text.Append(escaped[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var itself => itself });
        }
        return text.ToString();
    }
}
