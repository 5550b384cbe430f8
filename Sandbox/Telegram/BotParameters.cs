using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Telegram;

/// <summary>The parameters of a method: in the address, a form or JSON, as the caller likes.</summary>
internal sealed class BotParameters(ApiRequest request)
{
    /// <summary>As text, numbers too; null where it is absent.</summary>
    public string? Text(string name) => request.Json?[name] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.ToJsonString(),
        null when request.Form.TryGetValue(name, out var given) => given.ToString(),
        null when request.Query.TryGetValue(name, out var given) => given.ToString(),
        _ => null,
    };

    /// <summary>Nested content; in forms it is JSON as text.</summary>
    public JsonNode? Json(string name)
    {
        if (request.Json?[name] is { } node && node is not JsonValue) return node.DeepClone();
        try
        {
            return Text(name) is { Length: > 0 } text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public IFormFile? File(string name) => request.Form.Files.GetFile(name);
}
