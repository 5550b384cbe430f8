using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService;

/// <summary>The lists inside a message, as they are stored and as the external contract shows them. Generated, so that the hot path reflects on nothing.</summary>
[JsonSerializable(typeof(IReadOnlyList<Attachment>))]
[JsonSerializable(typeof(IReadOnlyList<Card>))]
[JsonSerializable(typeof(IReadOnlyList<Citation>))]
[JsonSerializable(typeof(IReadOnlyList<Recommendation>))]
[JsonSerializable(typeof(IReadOnlyList<Reaction>))]
[JsonSerializable(typeof(MessageDetails))]
[JsonSerializable(typeof(Choice))]
[JsonSerializable(typeof(Location))]
[JsonSerializable(typeof(PageContext))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    private static readonly StoredJson s_context = new(Storable());

    public static string? List<T>(IReadOnlyList<T>? items) =>
        items is null || items.Count == 0 ? null : JsonSerializer.Serialize(items, Info<IReadOnlyList<T>>());

    public static string? Value<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value, Info<T>());

    public static IReadOnlyList<T> ReadList<T>(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, Info<IReadOnlyList<T>>()) ?? [];

    public static T? ReadValue<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize(json, Info<T>());

    private static JsonSerializerOptions Storable()
    {
        var options = Json.Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));
        options.Converters.Add(new StorableString());
        return options;
    }

    private static JsonTypeInfo<T> Info<T>() =>
        (JsonTypeInfo<T>)(s_context.GetTypeInfo(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not stored as JSON."));
}

/// <summary>Postgres takes no U+0000 inside <c>jsonb</c> either, not even escaped.</summary>
internal sealed class StorableString : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(StorableText.From(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(StorableText.From(value));
}
