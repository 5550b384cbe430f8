using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Traffic;

/// <summary>What a provider answers to a call.</summary>
internal sealed record Answer(int Status, byte[] Body, string? ContentType = "application/json")
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The message that the call made, already among the stand-in's messages.</summary>
    public Message? Accepted { get; init; }

    /// <summary>The id that the exchange is found by, where no message was accepted.</summary>
    public string? About { get; init; }

    /// <summary>Writes the body piece by piece; <see cref="Body"/> is then what is written as a whole.</summary>
    public Func<HttpContext, CancellationToken, Task>? Stream { get; init; }

    public static Answer Json(int status, JsonNode body, params (string Name, string Value)[] headers) =>
        new(status, Encoding.UTF8.GetBytes(body.ToJsonString(s_json))) { Headers = headers };

    public static Answer Text(int status, string text, string contentType = "text/plain") => new(status, Encoding.UTF8.GetBytes(text), contentType);

    public static Answer File(MediaFile file) => new(StatusCodes.Status200OK, file.Content, file.ContentType);
}
