using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Replies;
using Assistify.AiService.Tools;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Tools.Mcp;

/// <summary>The tools of MCP servers, from the endpoints to a real little server.</summary>
public sealed class McpServerTests
{
    private LittleMcpServer _server = null!;
    private AiApp _app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await LittleMcpServer.Start();
        _app = await AiApp.Start(("Ai:Tools:AllowedOrigins", $"https://mcp.shop.example, {_server.Origin}"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [TestCase("/json")]
    [TestCase("/stream")]
    public async Task A_server_that_is_named_tells_its_tools_and_a_model_uses_them(string path)
    {
        var (workspace, task) = NewTask();
        var server = await Named(_app.Operator(workspace: workspace), path);

        Assert.That(server.ToJsonString(), Does.Not.Contain("mcp-secret"));
        Assert.That((bool)server["hasAuthorization"]!);
        Assert.That(server["tools"]!.AsArray().Select(tool => ((string)tool!["name"]!, (string)tool["use"]!)), Is.EqualTo(new[]
        {
            ("stock.of", "look_up"), ("fail", "look_up"), ("book", "person"), ("odd", "person"),
        }), "what the server says of its tools counts for nothing");
        Assert.That((string?)server["tools"]![3]!["problem"], Does.Contain("'not'"));
        Assert.That(await Declared(workspace), Does.Contain("shop_stock_of").And.Contain("shop_book").And.Not.Contain("shop_odd"));
        Assert.That(await Declared(Guid.NewGuid()), Does.Not.Contain("shop_stock_of"));

        var result = await Run(task, "shop_stock_of", new { sku = $"a{path}", shops = new[] { "nicosia" } });

        Assert.That(result, Does.Contain("37"));
        Assert.That(task.Sources.All.Single().Text, Is.EqualTo(result), "what it told supports the answer");
        Assert.That(_server.Calls.Count(call => (string?)call["arguments"]?["sku"] == $"a{path}"), Is.EqualTo(1));

        var open = _server.OpenSessions;
        Assert.That(await Run(task, "shop_stock_of", new { sku = $"b{path}" }), Does.Contain("37"));
        Assert.That(_server.OpenSessions, Is.EqualTo(open), "the session is kept");
        _server.ForgetSessions();
        Assert.That(await Run(task, "shop_stock_of", new { sku = $"c{path}" }), Does.Contain("37"));
        Assert.That(_server.OpenSessions, Is.EqualTo(1), "and opened again where the server forgot it");
        Assert.That(_server.Calls.Count(call => (string?)call["arguments"]?["sku"] == $"c{path}"), Is.EqualTo(1));
    }

    [TestCase("""{"shops":["nicosia"]}""", "sku is missing")]
    [TestCase("""{"sku":"a","shops":["paris"]}""", "shops[0]: not one of")]
    [TestCase("""{"sku":"a","drop":1}""", "no parameter drop")]
    public async Task A_bad_argument_is_told_back_and_nothing_is_called(string arguments, string told)
    {
        var (workspace, task) = NewTask();
        await Named(_app.Operator(workspace: workspace), "/json");
        var before = _server.Calls.Count;

        Assert.That(await Run(task, "shop_stock_of", JsonNode.Parse(arguments)!), Does.Contain(told));
        Assert.That(_server.Calls, Has.Count.EqualTo(before));
    }

    [TestCase("/json", "shop_fail", "it failed: The cellar is flooded.")]
    [TestCase("/refuses", "shop_stock_of", "it refused: Unknown tool")]
    [TestCase("/long", "shop_stock_of", "its answer is too long")]
    public async Task What_goes_wrong_is_told_in_a_sentence_and_supports_nothing(string path, string tool, string told)
    {
        var (workspace, task) = NewTask();
        await Named(_app.Operator(workspace: workspace), path);

        Assert.That(await Run(task, tool, new { sku = "a" }), Does.Contain(told));
        Assert.That((task.Notes.Tools.Single().Status, task.Sources.All.Count), Is.EqualTo(("unavailable", 0)));
    }

    [Test]
    public async Task What_has_consequences_waits_for_a_person_and_is_done_once()
    {
        var (workspace, task) = NewTask();
        await Named(_app.Operator(workspace: workspace), "/json");

        var said = await Run(task, "shop_book", new { people = 41 });

        Assert.That((task.Notes.HandOver, task.Notes.Tools[0].Status), Is.EqualTo((true, "proposed")), said);
        var agent = _app.Operator("agent", workspace);
        var proposal = (await agent.GetFromJsonAsync<JsonObject>("/api/v1/ai/tool_proposals"))!["items"]!.AsArray().Single()!;
        Assert.That(((string)proposal["tool"]!, (string)proposal["status"]!), Is.EqualTo(("shop_book", "proposed")));
        Assert.That(Booked(41), Is.Empty);

        var approvals = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => agent.PostAsync($"/api/v1/ai/tool_proposals/{proposal["id"]}/approve", null)));

        Assert.That(approvals.Select(approval => approval.StatusCode).Order(), Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict }));
        var done = await approvals.Single(approval => approval.IsSuccessStatusCode).Content.ReadFromJsonAsync<JsonObject>();
        Assert.That(((string)done!["status"]!, (string)done["result"]!), Is.EqualTo(("done", """{"result":"The table is booked."}""")));
        Assert.That((string)Booked(41).Single()["_meta"]!["idempotencyKey"]!, Is.EqualTo((string)proposal["id"]!));
    }

    [Test]
    public async Task Where_the_workspace_says_so_it_is_done_at_once_and_once()
    {
        var (workspace, task) = NewTask();
        await Named(_app.Operator(workspace: workspace), "/stream", automatic: ["book"]);

        var first = await Run(task, "shop_book", new { people = 42 });
        var again = await Run(task, "shop_book", new { people = 42 });

        Assert.That((first, again, task.Notes.HandOver), Is.EqualTo((first, first, false)));
        Assert.That(Booked(42), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_a_server_says_later_counts_only_when_an_admin_looked_again()
    {
        var (workspace, _) = NewTask();
        var admin = _app.Operator(workspace: workspace);
        var server = await Named(admin, "/json");
        _server.StockDescription = "Now it does something else.";
        try
        {
            Assert.That((await _app.Get<ToolRunner>().DeclarationsFor(workspace, default)).Single(tool => tool.Name == "shop_stock_of").Description, Is.EqualTo("How many pieces there are."));

            using var changed = await admin.PutAsJsonAsync($"/api/v1/ai/mcp_servers/{server["id"]}", Shop("/json", authorization: null));
            var body = await changed.Content.ReadAsStringAsync();

            Assert.That((changed.StatusCode, body.Contains("Now it does something else.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)), body);
        }
        finally
        {
            _server.StockDescription = "How many pieces there are.";
        }
        using var moved = await admin.PutAsJsonAsync($"/api/v1/ai/mcp_servers/{server["id"]}", new { name = "shop", url = "https://mcp.shop.example/" });
        Assert.That(await moved.Content.ReadAsStringAsync(), Does.Contain("Needed again for another host"));

        Assert.That((await admin.DeleteAsync($"/api/v1/ai/mcp_servers/{server["id"]}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await Declared(workspace), Does.Not.Contain("shop_stock_of"));
    }

    [Test]
    public async Task Only_admins_name_servers_and_only_their_workspaces()
    {
        var admin = _app.Operator(workspace: Guid.NewGuid());
        var server = await Named(admin, "/json");

        Assert.That((await _app.Anyone().GetAsync("/api/v1/ai/mcp_servers")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _app.Operator("agent").PostAsJsonAsync("/api/v1/ai/mcp_servers", Shop("/json"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _app.Operator().PutAsJsonAsync($"/api/v1/ai/mcp_servers/{server["id"]}", Shop("/json"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _app.Operator().DeleteAsync($"/api/v1/ai/mcp_servers/{server["id"]}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await admin.PostAsJsonAsync("/api/v1/ai/mcp_servers", Shop("/json"))).StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "the name is taken");
    }

    [TestCase("""{"name":"Shop"}""", "name")]
    [TestCase("""{"name":null}""", "name")]
    [TestCase("""{"url":"https://elsewhere.example/mcp"}""", "url")]
    [TestCase("""{"url":"http://127.0.0.1:1/mcp"}""", "url")]
    [TestCase("""{"url":"no address"}""", "url")]
    [TestCase("""{"authorization":"Bearer wrong"}""", "url")]
    [TestCase("""{"authorization":"a\nb"}""", "authorization")]
    [TestCase("""{"lookUps":["drop"]}""", "lookUps")]
    [TestCase("""{"lookUps":[null]}""", "lookUps")]
    [TestCase("""{"automatic":["stock.of"]}""", "automatic")]
    [TestCase("""{"path":"/broken"}""", "url")]
    [TestCase("""{"path":"/redirect"}""", "url")]
    [TestCase("""{"path":"/old"}""", "url")]
    public async Task What_is_wrong_is_said_by_field(string change, string field)
    {
        var server = (JsonObject)JsonSerializer.SerializeToNode(Shop("/json"), JsonSerializerOptions.Web)!;
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) server[name] = value?.DeepClone();
        if (server["path"] is { } path) server["url"] = _server.Origin + path;

        using var response = await _app.Operator().PostAsJsonAsync("/api/v1/ai/mcp_servers", server);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsObject().ContainsKey(field));
    }

    private object Shop(string path, string? authorization = "Bearer mcp-secret", string[]? automatic = null) => new
    {
        name = "shop", url = _server.Origin + path, authorization, lookUps = new[] { "stock.of", "fail" }, automatic,
    };

    private async Task<JsonObject> Named(HttpClient admin, string path, string[]? automatic = null)
    {
        using var response = await admin.PostAsJsonAsync("/api/v1/ai/mcp_servers", Shop(path, automatic: automatic));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private List<JsonNode> Booked(int people) => [.. _server.Calls.Where(call => (string)call["name"]! == "book" && (int)call["arguments"]!["people"]! == people)];

    private static (Guid Workspace, ReplyTask Task) NewTask()
    {
        var request = Some.Question("x") with { WorkspaceId = Guid.NewGuid() };
        return (request.WorkspaceId, new ReplyTask(
            request, new Plan("en", [], false), [], [], request.History, [], new Sources("en"), new AnswerNotes(TimeProvider.System), 1));
    }

    private async Task<string> Run(ReplyTask task, string tool, object arguments)
    {
        var call = AiService.Providers.WireClient.Call($"call-{task.Notes.Tools.Count}", tool, JsonSerializer.Serialize(arguments));
        return await _app.Get<ToolRunner>().Run(call, task, 1, new WriterNotes("openai", "test", TimeProvider.System), default);
    }

    private async Task<IEnumerable<string>> Declared(Guid workspace) => (await _app.Get<ToolRunner>().DeclarationsFor(workspace, default)).Select(tool => tool.Name);
}
