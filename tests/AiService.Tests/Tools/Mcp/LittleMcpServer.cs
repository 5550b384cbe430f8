using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assistify.AiService.Tests.Tools.Mcp;

/// <summary>A server of the protocol, strict about it: sessions, versions and the order of things.</summary>
/// <remarks>Under <c>/json</c> it answers with bodies, under <c>/stream</c> with events; under the other paths it goes wrong.</remarks>
internal sealed class LittleMcpServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _sessions = [];
    private readonly ConcurrentQueue<JsonNode> _calls = [];

    private LittleMcpServer(WebApplication app) => _app = app;

    public string Origin => _app.Urls.Single();

    /// <summary>What tools were called with.</summary>
    public IReadOnlyCollection<JsonNode> Calls => [.. _calls];

    public int OpenSessions => _sessions.Count;

    public void ForgetSessions() => _sessions.Clear();

    public string StockDescription { get; set; } = "How many pieces there are.";

    public static async Task<LittleMcpServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new LittleMcpServer(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var session = http.Request.Headers["Mcp-Session-Id"].ToString();
        if (http.Request.Headers.Authorization != "Bearer mcp-secret") http.Response.StatusCode = 401;
        else if (path == "/broken") http.Response.StatusCode = 500;
        else if (path == "/redirect") http.Response.Redirect("/json");
        else if (HttpMethods.IsDelete(http.Request.Method)) _sessions.TryRemove(session, out _);
        else await Answer(http, path, session, (await JsonNode.ParseAsync(http.Request.Body))!);
    }

    private async Task Answer(HttpContext http, string path, string session, JsonNode message)
    {
        var accepted = http.Request.Headers.Accept.ToString();
        var method = (string)message["method"]!;
        if ((string?)message["jsonrpc"] != "2.0" || !accepted.Contains("application/json", StringComparison.Ordinal) || !accepted.Contains("text/event-stream", StringComparison.Ordinal))
        {
            http.Response.StatusCode = 400;
            return;
        }
        if (method == "initialize")
        {
            var id = Guid.NewGuid().ToString("N");
            _sessions[id] = false;
            http.Response.Headers["Mcp-Session-Id"] = id;
            await Write(http, path, message, new JsonObject
            {
                ["protocolVersion"] = path == "/old" ? "1999-01-01" : (string)message["params"]!["protocolVersion"]!, ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                ["serverInfo"] = new JsonObject { ["name"] = "little", ["version"] = "1" },
            });
            return;
        }
        if (!_sessions.TryGetValue(session, out var ready) || http.Request.Headers["MCP-Protocol-Version"] != "2025-06-18" || !ready && method != "notifications/initialized")
        {
            http.Response.StatusCode = 404;
            return;
        }
        switch (method)
        {
            case "notifications/initialized":
                _sessions[session] = true;
                http.Response.StatusCode = 202;
                break;
            case "tools/list":
                await Write(http, path, message, List((string?)message["params"]?["cursor"]));
                break;
            case "tools/call":
                _calls.Enqueue(message["params"]!.DeepClone());
                await Call(http, path, message);
                break;
        }
    }

    // In two pages.
    private JsonObject List(string? cursor) => cursor is null
        ? new JsonObject
        {
            ["nextCursor"] = "second",
            ["tools"] = new JsonArray(
                Tool("stock.of", StockDescription, """{"type":"object","properties":{"sku":{"type":"string","minLength":1},"shops":{"type":"array","items":{"enum":["nicosia","limassol"]}}},"required":["sku"],"additionalProperties":false}"""),
                Tool("fail", "Fails.", """{"type":"object"}""")),
        }
        : new JsonObject
        {
            ["tools"] = new JsonArray(
                Tool("book", "Books a table.", """{"type":"object","properties":{"people":{"type":"integer","minimum":1}},"required":["people"]}"""),
                Tool("odd", "Cannot be checked.", """{"type":"object","not":{"required":["x"]}}""")),
        };

    private static JsonObject Tool(string name, string description, string schema) =>
        new JsonObject { ["name"] = name, ["description"] = description, ["inputSchema"] = JsonNode.Parse(schema), ["annotations"] = new JsonObject { ["readOnlyHint"] = true } };

    private static async Task Call(HttpContext http, string path, JsonNode message)
    {
        if (path == "/refuses")
        {
            await http.Response.WriteAsJsonAsync(new { jsonrpc = "2.0", id = (int)message["id"]!, error = new { code = -32602, message = "Unknown tool" } });
            return;
        }
        var text = path == "/long" ? new string('x', 20_000) : (string)message["params"]!["name"]! switch
        {
            "stock.of" => """{"pieces":37}""",
            "book" => "The table is booked.",
            _ => "The cellar is flooded.",
        };
        var result = new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) };
        if ((string)message["params"]!["name"]! == "fail") result["isError"] = true;
        await Write(http, path, message, result);
    }

    private static async Task Write(HttpContext http, string path, JsonNode message, JsonObject result)
    {
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = message["id"]!.DeepClone(), ["result"] = result };
        if (path != "/stream")
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(answer.ToJsonString());
            return;
        }
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync("""data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":1}}""" + "\n\n");
        await http.Response.WriteAsync("""data: {"jsonrpc":"2.0","id":"q1","method":"sampling/createMessage","params":{}}""" + "\n\n");
        await http.Response.WriteAsync($"event: message\ndata: {answer.ToJsonString()}\n\n");
    }
}
