using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Replies;
using Assistify.AiService.Tools;
using Assistify.AiService.Tools.Http;
using Assistify.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Tools.Http;

/// <summary>Tools that a workspace defines, from the endpoints to its own system.</summary>
public sealed class HttpToolTests
{
    private OwnSystem _system = null!;
    private AiApp _app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _system = await OwnSystem.Start();
        _app = await AiApp.Start(("Ai:Tools:AllowedOrigins", $"https://api.shop.example, {_system.Origin}"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        await _system.DisposeAsync();
    }

    [Test]
    public async Task A_tool_is_defined_shown_without_its_credential_changed_and_removed()
    {
        var admin = _app.Operator();
        var created = await Created(admin, Stock(authorization: "Bearer secret-1"));
        var id = (string)created["id"]!;

        var list = await admin.GetStringAsync("/api/v1/ai/tools");
        Assert.That(list, Does.Contain("stock_of").And.Contain("\"hasAuthorization\":true").And.Not.Contain("secret-1"));
        Assert.That((await admin.PostAsJsonAsync("/api/v1/ai/tools", Stock())).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        using var changed = await admin.PutAsJsonAsync($"/api/v1/ai/tools/{id}", Stock(enabled: false));
        Assert.That((changed.StatusCode, (bool)(await changed.Content.ReadFromJsonAsync<JsonObject>())!["hasAuthorization"]!), Is.EqualTo((HttpStatusCode.OK, true)));

        // A credential does not go to another host by itself.
        using var moved = await admin.PutAsJsonAsync($"/api/v1/ai/tools/{id}", Stock(url: "https://api.shop.example/stock/{sku}"));
        Assert.That(moved.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

        Assert.That((await admin.DeleteAsync($"/api/v1/ai/tools/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await admin.DeleteAsync($"/api/v1/ai/tools/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Only_admins_define_tools_and_only_their_workspaces()
    {
        var created = await Created(_app.Operator(), Stock());

        Assert.That((await _app.Anyone().GetAsync("/api/v1/ai/tools")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _app.Operator("agent").PostAsJsonAsync("/api/v1/ai/tools", Stock())).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _app.Operator("viewer").GetAsync("/api/v1/ai/tool_proposals")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _app.Operator().PutAsJsonAsync($"/api/v1/ai/tools/{created["id"]}", Stock())).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _app.Operator().DeleteAsync($"/api/v1/ai/tools/{created["id"]}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("{}", "name")]
    [TestCase("""{"name":"hand_over"}""", "name")]
    [TestCase("""{"name":"x"}""", "name")]
    [TestCase("""{"method":"TRACE"}""", "method")]
    [TestCase("""{"approval":"never"}""", "approval")]
    [TestCase("""{"url":"https://elsewhere.example/{sku}"}""", "url")]
    [TestCase("""{"url":"http://127.0.0.1:1/{sku}"}""", "url")]
    [TestCase("""{"url":"https://api.shop.example@127.0.0.1/{sku}"}""", "url")]
    [TestCase("""{"url":"https://{sku}.shop.example/"}""", "url")]
    [TestCase("""{"url":"https://api.shop.example/{nothing}"}""", "url")]
    [TestCase("""{"parameters":[null]}""", "parameters")]
    [TestCase("""{"parameters":[{"name":"sku","type":"date","description":"x"}]}""", "parameters")]
    [TestCase("""{"parameters":[{"name":"sku","type":"text","description":"x","allowed":[null]}]}""", "parameters")]
    [TestCase("""{"authorization":"a\nb"}""", "authorization")]
    public async Task What_is_wrong_is_said_by_field(string change, string field)
    {
        var tool = change == "{}" ? [] : (JsonObject)JsonSerializer.SerializeToNode(Stock(), JsonSerializerOptions.Web)!;
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) tool[name] = value?.DeepClone();

        using var response = await _app.Operator().PostAsJsonAsync("/api/v1/ai/tools", tool);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsObject().ContainsKey(field));
    }

    [Test]
    public async Task A_tool_that_looks_is_called_with_its_credential_and_what_it_tells_becomes_a_source()
    {
        var (workspace, task) = NewTask();
        await Created(_app.Operator(workspace: workspace), Stock(authorization: "Bearer secret-2"));

        var result = await Run(task, "stock_of", new { sku = "a/b ü", shop = "nicosia" });

        Assert.That(result, Does.Contain("37"));
        var call = _system.Calls.Single(call => call.Query == "?shop=nicosia");
        Assert.That((call.Method, call.Path, call.Authorization), Is.EqualTo(("GET", "/stock/a%2Fb ü", "Bearer secret-2")));
        Assert.That(task.Sources.All.Single().Text, Is.EqualTo(result));
        Assert.That((await Declared(workspace)).Count(name => name == "stock_of"), Is.EqualTo(1));
        Assert.That(await Declared(Guid.NewGuid()), Does.Not.Contain("stock_of"));
    }

    [TestCase("""{"shop":"nicosia"}""", "sku is missing")]
    [TestCase("""{"sku":7}""", "sku is no text")]
    [TestCase("""{"sku":"a","shop":"paris"}""", "shop is not one of")]
    [TestCase("""{"sku":"a","other":1}""", "no parameter other")]
    [TestCase("""{"sku":".."}""", "does not fit")]
    public async Task A_bad_argument_is_told_back_and_nothing_is_called(string arguments, string told)
    {
        var (workspace, task) = NewTask();
        await Created(_app.Operator(workspace: workspace), Stock(path: "/never"));

        Assert.That(await Run(task, "stock_of", JsonNode.Parse(arguments)!), Does.Contain(told));
        Assert.That(_system.Calls.Select(call => call.Path), Has.None.StartsWith("/never"));
    }

    [TestCase("/broken", "answered 500")]
    [TestCase("/redirect", "answered 302")]
    [TestCase("/picture", "no text")]
    [TestCase("/long", "too long")]
    public async Task What_goes_wrong_is_told_in_a_sentence(string path, string told)
    {
        var (workspace, task) = NewTask();
        await Created(_app.Operator(workspace: workspace), Stock(path: path));

        Assert.That(await Run(task, "stock_of", new { sku = "a" }), Does.StartWith("Not available").And.Contain(told));
        Assert.That(task.Sources.All, Is.Empty);
    }

    [Test]
    public async Task A_tool_with_consequences_is_done_once_where_no_person_is_needed()
    {
        var (workspace, task) = NewTask();
        await Created(_app.Operator(workspace: workspace), Book("automatic"));

        var first = await Run(task, "book_table", new { people = 4 });
        var again = await Run(task, "book_table", new { people = 4 });

        Assert.That((first, again), Is.EqualTo((first, first)));
        var call = _system.Calls.Single(call => call.Body.Contains("\"people\":4", StringComparison.Ordinal));
        Assert.That((call.Method, Guid.TryParse(call.IdempotencyKey, out _)), Is.EqualTo(("POST", true)));
        Assert.That(task.Notes.HandOver, Is.False);
    }

    [Test]
    public async Task Otherwise_it_is_proposed_and_done_once_when_a_person_approves()
    {
        var (workspace, task) = NewTask();
        await Created(_app.Operator(workspace: workspace), Book("person"));

        var said = await Run(task, "book_table", new { people = 5 });
        await Run(task, "book_table", new { people = 5 });

        Assert.That((said, task.Notes.HandOver, task.Notes.Tools[0].Status), Is.EqualTo((said, true, "proposed")));
        Assert.That(said, Does.StartWith("Proposed only"));
        Assert.That(_system.Calls.Select(call => call.Body), Has.None.Contain("\"people\":5"));
        var agent = _app.Operator("agent", workspace);
        var proposal = (await agent.GetFromJsonAsync<JsonObject>("/api/v1/ai/tool_proposals"))!["items"]!.AsArray().Single()!;
        Assert.That(((string)proposal["tool"]!, (string)proposal["status"]!, (int)proposal["arguments"]!["people"]!), Is.EqualTo(("book_table", "proposed", 5)));
        Assert.That((await _app.Operator("agent").PostAsync($"/api/v1/ai/tool_proposals/{proposal["id"]}/approve", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        var approvals = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => agent.PostAsync($"/api/v1/ai/tool_proposals/{proposal["id"]}/approve", null)));

        Assert.That(approvals.Count(approval => approval.StatusCode == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(approvals.Count(approval => approval.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(4));
        var done = await approvals.Single(approval => approval.IsSuccessStatusCode).Content.ReadFromJsonAsync<JsonObject>();
        Assert.That((string)done!["status"]!, Is.EqualTo("done"));
        Assert.That((string)done["result"]!, Does.Contain("booked"));
        Assert.That(_system.Calls.Count(call => call.Body.Contains("\"people\":5", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_rejected_is_never_done()
    {
        var (workspace, task) = NewTask();
        await Created(_app.Operator(workspace: workspace), Book("person"));
        await Run(task, "book_table", new { people = 6 });
        var agent = _app.Operator("agent", workspace);
        var id = (string)(await agent.GetFromJsonAsync<JsonObject>("/api/v1/ai/tool_proposals"))!["items"]![0]!["id"]!;

        Assert.That((await agent.PostAsync($"/api/v1/ai/tool_proposals/{id}/reject", null)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await agent.PostAsync($"/api/v1/ai/tool_proposals/{id}/approve", null)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(_system.Calls.Select(call => call.Body), Has.None.Contain("\"people\":6"));
    }

    [Test]
    public async Task A_proposal_goes_with_its_customer()
    {
        var (workspace, task) = NewTask();
        await Created(_app.Operator(workspace: workspace), Book("person"));
        await Run(task, "book_table", new { people = 7 });

        await new CustomerErasedConsumer(_app.Get<NpgsqlDataSource>()).Erase(new CustomerErased(workspace, [task.Request.CustomerId], [task.Request.ConversationId], []), default);

        Assert.That((await _app.Operator("agent", workspace).GetFromJsonAsync<JsonObject>("/api/v1/ai/tool_proposals"))!["items"]!.AsArray(), Is.Empty);
    }

    [TestCase("nonsense")]
    [TestCase("https://api.shop.example/path")]
    [TestCase("ftp://api.shop.example")]
    public void What_is_no_origin_stops_the_start(string value) => Assert.That(
        () => new AllowedOrigins(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Add(
            new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = [KeyValuePair.Create("Ai:Tools:AllowedOrigins", (string?)value)] }).Build()),
        Throws.InvalidOperationException.With.Message.Contains("Ai__Tools__AllowedOrigins"));

    private object Stock(string? url = null, string path = "/stock", bool enabled = true, string? authorization = null) => new
    {
        name = "stock_of", description = "How many pieces there are.", method = "GET", url = url ?? $"{_system.Origin}{path}/{{sku}}", enabled, authorization,
        parameters = new object[]
        {
            new { name = "sku", type = "text", description = "The article's number." },
            new { name = "shop", type = "text", description = "Which shop.", required = false, allowed = new[] { "nicosia", "limassol" } },
        },
    };

    private object Book(string approval) => new
    {
        name = "book_table", description = "Books a table.", method = "POST", url = $"{_system.Origin}/book", approval,
        parameters = new[] { new { name = "people", type = "integer", description = "How many." } },
    };

    private static async Task<JsonObject> Created(HttpClient admin, object tool)
    {
        using var response = await admin.PostAsJsonAsync("/api/v1/ai/tools", tool);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

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

    private sealed record Call(string Method, string Path, string Query, string? Authorization, string? IdempotencyKey, string Body);

    /// <summary>What a workspace runs itself.</summary>
    private sealed class OwnSystem : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly ConcurrentQueue<Call> _calls = [];

        private OwnSystem(WebApplication app) => _app = app;

        public string Origin => _app.Urls.Single();

        public IReadOnlyCollection<Call> Calls => [.. _calls];

        public static async Task<OwnSystem> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var system = new OwnSystem(app);
            app.Run(system.Answer);
            await app.StartAsync();
            return system;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task Answer(HttpContext http)
        {
            using var reader = new StreamReader(http.Request.Body);
            var path = http.Request.Path.Value!;
            _calls.Enqueue(new Call(
                http.Request.Method, path, http.Request.QueryString.Value!, http.Request.Headers.Authorization, http.Request.Headers["Idempotency-Key"], await reader.ReadToEndAsync()));
            switch (path.Split('/')[1])
            {
                case "broken":
                    http.Response.StatusCode = 500;
                    break;
                case "redirect":
                    http.Response.Redirect("/stock/a");
                    break;
                case "picture":
                    http.Response.ContentType = "image/png";
                    await http.Response.Body.WriteAsync(new byte[] { 1, 2, 3 });
                    break;
                case "long":
                    await http.Response.WriteAsJsonAsync(new string('x', 20_000));
                    break;
                case "book":
                    await http.Response.WriteAsJsonAsync(new { booked = true });
                    break;
                default:
                    await http.Response.WriteAsJsonAsync(new { pieces = 37 });
                    break;
            }
        }
    }
}
