using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Webhooks;

/// <summary>JSON documents from outside as a whole; <see cref="JsonFields"/> reads what is in them.</summary>
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
    public static WebhookContent Read(ReadOnlyMemory<byte> body, Func<JsonElement, WebhookContent> read)
    {
        using var document = JsonFields.Parse(body);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "The body is not a JSON object.");
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

    public static JsonElement? Object(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static IEnumerable<JsonElement> Objects(this JsonElement element, string name) =>
        element.List(name).Where(item => item.ValueKind == JsonValueKind.Object);

    /// <summary>The same value with storable texts: Postgres refuses a whole document for one U+0000 or half a surrogate pair.</summary>
    public static string Storable(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(element, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Seconds since 1970, as text.</summary>
    public static DateTimeOffset? UnixTime(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(value)
            : null;

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
                writer.WriteStringValue(JsonFields.Text(element));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
