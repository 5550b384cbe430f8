using System.Text.Json.Nodes;

namespace Assistify.ServiceDefaults;

/// <summary>Reads members that may be absent or of another kind than expected.</summary>
public static class JsonMembers
{
    /// <summary>The text at the end of the path, or null where there is none.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path) node = node is JsonObject parent ? parent[name] : null;
        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    /// <summary>The number of the member, or null where it is none.</summary>
    public static long? Number(this JsonNode? node, string name) =>
        node is JsonObject parent && parent[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    /// <summary>The elements of the member; none where it is no array.</summary>
    public static JsonArray Items(this JsonNode? node, string name) => node is JsonObject parent && parent[name] is JsonArray items ? items : [];
}
