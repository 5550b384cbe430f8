using System.Text;
using System.Text.Json.Nodes;

namespace Assistify.Testing.Vectors;

/// <summary>One case of a vector file, as the file says it.</summary>
public sealed record VectorCase(JsonObject Json)
{
    private const long DefaultNow = 1_767_225_600;

    public string Id => (string)Json["id"]!;

    public string Name => (string)Json["name"]!;

    public string Channel => (string)Json["channel"]!;

    public string Kind => (string)Json["kind"]!;

    public string Scheme => (string?)Json["scheme"] ?? "none";

    public JsonObject Config => Json["config"] as JsonObject ?? [];

    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds((long?)Json["now"] ?? DefaultNow);

    public IReadOnlyList<VectorRequest> Requests =>
        [.. (Json["requests"] as JsonArray ?? []).Select(request => new VectorRequest(request!.AsObject()))];

    public JsonObject? After => Json["expect_after"] as JsonObject;

    public JsonObject Expected => Json["expected"]!.AsObject();

    /// <summary>Every event that any request is said to bring.</summary>
    public IEnumerable<JsonObject> Events => Requests.SelectMany(request => request.Events);

    public static byte[] Body(JsonNode? body) => body is null ? [] : (string)body["encoding"]! switch
    {
        "base64" => Convert.FromBase64String((string)body["data"]!),
        "segments" => Encoding.UTF8.GetBytes(string.Concat(
            body["segments"]!.AsArray().Select(s => string.Concat(Enumerable.Repeat((string)s!["data"]!, (int)s["count"]!))))),
        _ => Encoding.UTF8.GetBytes((string)body["data"]!),
    };

    public override string ToString() => Id;
}

public sealed record VectorRequest(JsonObject Json)
{
    public TimeSpan At => TimeSpan.FromSeconds((double?)Json["at"] ?? 0);

    public string Method => (string)Json["method"]!;

    /// <summary>Path and query, neither decoded.</summary>
    public string Path => (string)Json["path"]!;

    public string Query => Path.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? Path[at..] : "";

    public IEnumerable<(string Name, string Value)> Headers => Json["headers"]!.AsArray().Select(header => ((string)header![0]!, (string)header[1]!));

    public byte[] Body => VectorCase.Body(Json["body"]);

    public JsonObject Expect => Json["expect"]!.AsObject();

    public IReadOnlyList<JsonObject> Events => [.. (Expect["events"] as JsonArray ?? []).Select(expected => expected!.AsObject())];
}
