using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Replies;
using Assistify.AiService.Tests.Providers;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>What people read of an answer's trace, from the database.</summary>
public sealed class TraceTests
{
    [Test]
    public async Task An_offline_answer_tells_its_sources_checks_and_stages()
    {
        var shop = await Shop.Shared;
        var (id, request) = await Answer(shop, shop.Pipeline());

        var trace = await Read(shop, id, request.WorkspaceId);

        Assert.That((string)trace!["messageId"]!, Is.EqualTo(id.ToString()));
        Assert.That(((string)trace["outcome"]!, (string)trace["provider"]!, (string)trace["model"]!, (string)trace["language"]!), Is.EqualTo(("finished", "offline", "offline", "en")));
        Assert.That((string)trace["understanding"]![0]!["intent"]!, Is.EqualTo("opening_hours"));
        Assert.That((string)trace["wishes"]![0]!["kind"]!, Is.EqualTo("knowledge"));
        var cited = trace["sources"]!.AsArray().Single(source => (bool)source!["cited"]!)!;
        Assert.That((string)cited["kind"]!, Is.EqualTo("entry"));
        Assert.That((string)cited["spans"]![0]!["quote"]!, Does.Contain("11:00 to 15:00"));
        Assert.That((int)cited["spans"]![0]!["end"]! - (int)cited["spans"]![0]!["start"]!, Is.EqualTo(((string)cited["spans"]![0]!["quote"]!).Length));
        Assert.That(trace["checks"]!.AsArray().Select(check => ((string)check!["name"]!, (bool)check["passed"]!)), Is.EqualTo(new[] { ("facts", true) }));
        Assert.That(trace["stages"]!.AsArray().Select(stage => (string)stage!["name"]!), Is.EqualTo(new[] { "understand", "decide", "gather", "write", "check" }));
        Assert.That(trace["tools"]!.AsArray(), Is.Empty);
        Assert.That(trace.AsObject().Select(pair => pair.Key), Has.None.EqualTo("tokens").And.None.EqualTo("cost").And.None.EqualTo("promptVersion"));
    }

    [Test]
    public async Task A_models_answer_tells_tools_tokens_costs_and_why_others_did_not_answer()
    {
        var shop = await Shop.Shared;
        await using var model = ScriptedModel.Start();
        await model.Says(
            new { afterTool = false, answers = new object[] { new { error = new { status = 401, type = "authentication_error" } }, new { tools = new[] { new { name = "search_knowledge", arguments = new { query = "sunday" }, id = "c1" } }, inputTokens = 500, outputTokens = 10 } } },
            new { afterTool = true, answers = new[] { new { text = "On Sunday we are open from 11:00 to 15:00.", inputTokens = 600, outputTokens = 20 } } });
        var writers = model.Writers(shop, ["anthropic", "openai"], ("Ai:Providers:1:InputPrice", "1"), ("Ai:Providers:1:OutputPrice", "10"));
        var (id, request) = await Answer(shop, shop.Pipeline(writers));

        var trace = await Read(shop, id, request.WorkspaceId);

        Assert.That(((string)trace!["provider"]!, (string)trace["model"]!, (string)trace["promptVersion"]!), Is.EqualTo(("openai", "test-openai", "1")));
        Assert.That(((int)trace["tokens"]!["input"]!, (int)trace["tokens"]!["output"]!), Is.EqualTo((1100, 30)));
        Assert.That(((string)trace["cost"]!["amount"]!, (string)trace["cost"]!["currency"]!), Is.EqualTo(("0.0014", "USD")));
        Assert.That(trace["writers"]!.AsArray().Select(writer => ((string)writer!["outcome"]!, (string?)writer["reason"])), Is.EqualTo(new[] { ("failed", "auth"), ("answered", (string?)null) }));
        var tool = trace["tools"]![0]!;
        Assert.That(((string)tool["name"]!, (string)tool["status"]!, (string)tool["arguments"]!["query"]!), Is.EqualTo(("search_knowledge", "done", "sunday")));
        Assert.That(trace["checks"]!.AsArray().Select(check => (string)check!["name"]!), Is.EqualTo(new[] { "facts", "subject", "promises", "secrets", "language", "length", "loop" }));
    }

    [Test]
    public async Task Another_workspace_finds_nothing()
    {
        var shop = await Shop.Shared;
        var (id, _) = await Answer(shop, shop.Pipeline());

        Assert.That(await Read(shop, id, Guid.NewGuid()), Is.Null);
        Assert.That(await Read(shop, Guid.NewGuid(), Identifiers.DefaultWorkspace), Is.Null);
    }

    [Test]
    public async Task A_trace_of_an_earlier_form_can_still_be_read()
    {
        var shop = await Shop.Shared;
        var id = Guid.NewGuid();
        await using var command = shop.Database.CreateCommand("""
            INSERT INTO traces (reply_id, conversation_id, version, workspace_id, customer_id, trace) VALUES ($1, $1, 1, $2, $1,
            '{"outcome":"finished","text":"Hi","model":"offline","plan":{"language":"en","wishes":[],"handOver":false},"understandings":[],"documents":["x"],"checks":[{"model":"offline","passed":true}],"knowledgeVersion":3,"latencyMs":4}')
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(Identifiers.DefaultWorkspace);
        await command.ExecuteNonQueryAsync();

        var trace = await Read(shop, id, Identifiers.DefaultWorkspace);

        Assert.That(((string)trace!["text"]!, (int)trace["knowledgeVersion"]!, trace["sources"]!.AsArray().Count), Is.EqualTo(("Hi", 3, 0)));
    }

    private static async Task<(Guid Id, ReplyRequested Request)> Answer(Shop shop, ReplyPipeline pipeline)
    {
        var request = Some.Question();
        var store = new ReplyStore(shop.Database, TimeProvider.System);
        var claim = await store.Claim(request, default);
        var answer = await pipeline.Answer(request, claim.KnowledgeVersion, default);
        Assert.That(await store.Finish(new FinishedReply(request.ConversationId, request.Version, "finished", answer.Reply, answer.Trace), default), Is.True);
        return (answer.Reply.ReplyId, request);
    }

    private static async Task<JsonNode?> Read(Shop shop, Guid id, Guid workspace)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity(
            [new(TokenClaims.Subject, Guid.NewGuid().ToString()), new(TokenClaims.Workspace, workspace.ToString()), new(TokenClaims.Role, "agent")], "test"));
        var result = await GetTrace.Get(id, user, new ReplyStore(shop.Database, TimeProvider.System), default);
        return result.Result is Ok<TraceView> { Value: { } trace } ? JsonSerializer.SerializeToNode(trace, Json.Options) : null;
    }
}
