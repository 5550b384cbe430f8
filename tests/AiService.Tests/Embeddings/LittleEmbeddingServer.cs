using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assistify.AiService.Tests.Embeddings;

/// <summary>Embeds texts by what they are about: animals, pottery on the table, or anything else.</summary>
internal sealed class LittleEmbeddingServer : IAsyncDisposable
{
    private static readonly string[][] s_themes = [["dog", "puppy", "pet", "animal"], ["mug", "cup", "beaker", "drink"]];

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<IReadOnlyList<string>> _calls = [];

    private LittleEmbeddingServer(WebApplication app) => _app = app;

    public string Origin => _app.Urls.Single();

    /// <summary>The texts of each call.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Calls => [.. _calls];

    public IReadOnlyList<string> Texts => [.. _calls.SelectMany(call => call)];

    public bool IsAway { get; set; }

    public static async Task<LittleEmbeddingServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new LittleEmbeddingServer(app);
        app.MapPost("/v1/embeddings", (Delegate)server.Answer);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Answer(HttpContext http)
    {
        if (http.Request.Headers.Authorization != "Bearer embedding-key") return Results.StatusCode(StatusCodes.Status401Unauthorized);
        if (IsAway) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        var texts = body["input"]!.AsArray().Select(text => (string)text!).ToList();
        _calls.Enqueue(texts);
        // The last first: the index tells which is which.
        var data = texts.Select((text, i) => new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = VectorOf(text) }).Reverse();
        return Results.Json(new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. data]), ["model"] = (string)body["model"]!, ["usage"] = new JsonObject { ["prompt_tokens"] = 10 * texts.Count } });
    }

    private static JsonArray VectorOf(string text)
    {
        var about = Array.FindIndex(s_themes, words => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return [.. Enumerable.Range(-1, s_themes.Length + 1).Select(theme => JsonValue.Create(theme == about ? 1.0 : 0.0))];
    }
}
