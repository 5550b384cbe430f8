using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Model;

/// <summary><c>POST /v1/embeddings</c>. A text's vector counts its pieces of three letters, so equal texts are equal and texts with common words are alike.</summary>
internal static class Embeddings
{
    private const int MostTexts = 2_048;
    private const int MostCharacters = 8_192 * 4;
    private const int Dimensions = 256;
    private const int MostDimensions = 3_072;

    public static (string Message, string? Param, string? Code)? Check(JsonObject? body)
    {
        if (body is null) return ("We could not parse the JSON body of your request.", null, null);
        if (body.Text("model") is not { Length: > 0 }) return ("you must provide a model parameter", null, null);
        if (TextsOf(body) is not { } texts) return ("'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.", "input", null);
        if (texts.Count is 0 or > MostTexts || texts.Exists(text => text.Length == 0)) return ("Invalid 'input': empty, or with an empty text, or longer than 2048.", "input", null);
        if (texts.FindIndex(text => text.Length > MostCharacters) is >= 0 and var tooLong)
            return ($"Invalid 'input[{tooLong}]': maximum input length is 8192 tokens.", "input", "context_length_exceeded");
        if (body["encoding_format"] is not null && body.Text("encoding_format") is not ("float" or "base64"))
            return ("Invalid value for 'encoding_format'. Supported values are: 'float' and 'base64'.", "encoding_format", "invalid_value");
        return body["dimensions"] is null || body.Number("dimensions") is >= 1 and <= MostDimensions ? null : ("Invalid value for 'dimensions'.", "dimensions", "invalid_value");
    }

    public static JsonObject Of(JsonObject body)
    {
        var texts = TextsOf(body)!;
        var dimensions = (int)(body.Number("dimensions") ?? Dimensions);
        var tokens = texts.Sum(text => Math.Max(1, text.Length / 4));
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. texts.Select((text, i) => new JsonObject
            {
                ["object"] = "embedding", ["index"] = i, ["embedding"] = Write(VectorOf(text, dimensions), body.Text("encoding_format") == "base64"),
            })]),
            ["model"] = body.Text("model"),
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }

    private static List<string>? TextsOf(JsonObject body) => body["input"] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        JsonArray array when array.All(one => one is JsonValue value && value.TryGetValue<string>(out _)) => [.. array.Select(one => one!.GetValue<string>())],
        _ => null,
    };

    private static float[] VectorOf(string text, int dimensions)
    {
        var vector = new float[dimensions];
        var padded = $"  {text.ToLowerInvariant()} ";
        for (var i = 0; i + 3 <= padded.Length; i++)
        {
            var hash = 2166136261u; // FNV-1a: the same on every machine
            foreach (var letter in padded.AsSpan(i, 3)) hash = (hash ^ letter) * 16777619u;
            vector[(int)(hash % (uint)dimensions)]++;
        }
        var norm = MathF.Sqrt(vector.Sum(number => number * number));
        return Array.ConvertAll(vector, number => number / norm);
    }

    private static JsonNode Write(float[] vector, bool base64) =>
        base64 ? JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()))) : new JsonArray([.. vector.Select(number => JsonValue.Create(number))]);
}
