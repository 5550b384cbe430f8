using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Tools;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using MassTransit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Assistance;

/// <summary>What the assistant does for people who answer themselves, with a stand-in for the service that has the conversations.</summary>
public sealed class AssistanceTests
{
    private readonly ConcurrentDictionary<Guid, ReplyRequested?> _conversations = [];
    private WebApplication _chat = null!;
    private AiApp _app = null!;
    private Guid _workspace;

    [OneTimeSetUp]
    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _chat = builder.Build();
        _chat.MapGet("/internal/conversations/{id:guid}", Give);
        await _chat.StartAsync();
        _app = await AiApp.Start(("services:chat:http:0", "http://127.0.0.1:9"), ("services:chat:http:1", _chat.Urls.Single()));
        _workspace = await Talks.NewShop(_app);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        await _chat.DisposeAsync();
    }

    [Test]
    public async Task An_answer_is_suggested_with_its_sources_and_nothing_comes_of_it()
    {
        var conversation = Conversation((Author.Customer, "Do you ship to Cyprus?"));

        var suggested = await Ask(conversation, "suggest_answer");

        Assert.That(suggested.GetProperty("text").GetString(), Does.Contain("Cyprus"));
        Assert.That(suggested.GetProperty("citations")[0].GetProperty("quote").GetString(), Does.Contain("Cyprus"));
        Assert.That(suggested.GetProperty("model").GetString(), Is.EqualTo("offline"));
        await using var kept = _app.Get<NpgsqlDataSource>().CreateCommand("SELECT (SELECT count(*) FROM replies WHERE conversation_id = $1) + (SELECT count(*) FROM traces WHERE conversation_id = $1)");
        kept.Parameters.AddWithValue(conversation);
        Assert.That(await kept.ExecuteScalarAsync(), Is.EqualTo(0L));
        var published = _app.Get<ITestHarness>().Published;
        Assert.That(published.Select<ReplyGenerated>().Any(message => message.Context.Message.ConversationId == conversation), Is.False);
        Assert.That(published.Select<ReplyDelta>().Any(message => message.Context.Message.ConversationId == conversation), Is.False);
    }

    [TestCase("I want to talk to a person")]
    [TestCase("Which frequencies does a theremin reach?")]
    public async Task Where_a_person_is_all_that_helps_nothing_is_suggested(string said) =>
        Assert.That((await Ask(Conversation((Author.Customer, said)), "suggest_answer")).EnumerateObject(), Is.Empty);

    [Test]
    public async Task Nobody_is_offered_a_person_who_has_one()
    {
        var complaint = await Ask(Conversation((Author.Customer, "My vase arrived broken"), (Author.Agent, "One moment, please")), "suggest_answer");

        Assert.That(complaint.GetProperty("text").GetString(), Does.Not.Contain("colleague"));
    }

    [Test]
    public async Task A_model_that_suggests_does_nothing_with_consequences()
    {
        var request = Request((Author.Customer, "I like blue things. Are you open on Sunday?"));
        var said = new RecordedModel(
        [
            new RecordedAnswer(Tools: [new RecordedCall("remember_preference", new JsonObject { ["kind"] = "colour", ["value"] = "blue" })]),
            new RecordedAnswer("On Sunday we are open from 11:00 to 15:00."),
        ]);
        var settings = new ProviderSettings { Kind = ProviderKinds.Compatible, Model = "recorded", Name = "recorded", BaseUrl = new Uri("http://localhost") };
        var kept = new CountedAnswers();
        var writer = new ProviderReplyWriter(
            new ModelProvider(settings, said, new Circuit(settings.Name, TimeProvider.System, null), TimeProvider.System), _app.Get<ToolRunner>(), new NoBudgets(), new NoPreferences(), kept);
        var pipeline = ActivatorUtilities.CreateInstance<ReplyPipeline>(_app.Services, (object)(IReplyWriter[])[writer, new OfflineReplyWriter()]);

        var suggested = await pipeline.Suggest(request, 1, null, default);

        Assert.That((suggested!.Text, suggested.Model), Is.EqualTo(("On Sunday we are open from 11:00 to 15:00.", "recorded")));
        Assert.That(kept.Count, Is.Zero, "no later answer is made of it");
        await using var remembered = _app.Get<NpgsqlDataSource>().CreateCommand(
            "SELECT (SELECT count(*) FROM customer_preferences WHERE customer_id = $1) + (SELECT count(*) FROM tool_runs WHERE workspace_id = $2)");
        remembered.Parameters.AddWithValue(request.CustomerId);
        remembered.Parameters.AddWithValue(_workspace);
        Assert.That(await remembered.ExecuteScalarAsync(), Is.EqualTo(0L));
    }

    [Test]
    public async Task What_was_said_is_summed_up_in_its_own_words_where_there_is_no_model()
    {
        var conversation = Conversation(
            (Author.Customer, "Hello!"), (Author.Customer, "My sister marries in May. I look for a wedding present for her new kitchen."), (Author.Agent, "The blue vase is a fine present for a kitchen."));

        var summary = await Ask(conversation, "sum_up");

        Assert.That(summary.GetProperty("summary").GetString(), Is.EqualTo(
            "customer: I look for a wedding present for her new kitchen.\nagent: The blue vase is a fine present for a kitchen."));
        Assert.That((summary.GetProperty("messages").GetInt32(), summary.GetProperty("model").GetString()), Is.EqualTo((3, "offline")));
        Assert.That((await Ask(Conversation((Author.Customer, "Hello!")), "sum_up")).EnumerateObject(), Is.Empty, "nothing was said");
    }

    [TestCase("suggest_answer")]
    [TestCase("sum_up")]
    public async Task Only_who_answers_is_helped_and_only_with_conversations_of_his_workspace(string what)
    {
        var conversation = Conversation((Author.Customer, "Do you ship to Cyprus?"));
        var empty = Guid.NewGuid();
        _conversations[empty] = null;

        Assert.That(await Status(_app.Operator("agent", _workspace), conversation, what), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Status(_app.Operator("agent", _workspace), empty, what), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Status(_app.Operator("viewer", _workspace), conversation, what), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Status(_app.Anyone(), conversation, what), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await Status(_app.Operator("owner"), conversation, what), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Status(_app.Operator("agent", _workspace), Guid.NewGuid(), what), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Status(_app.Operator("agent", _workspace), "no-id", what), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task While_the_conversations_cannot_be_reached_it_says_so()
    {
        await using var alone = await AiApp.Start(("services:chat:http:0", "http://127.0.0.1:9"));

        Assert.That(await Status(alone.Operator("agent"), Guid.NewGuid(), "sum_up"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    private async Task<JsonElement> Ask(Guid conversation, string what)
    {
        using var agent = _app.Operator("agent", _workspace);
        using var response = await agent.PostAsync($"/api/conversations/{conversation}/{what}", null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, object conversation, string what)
    {
        using var response = await client.PostAsync($"/api/conversations/{conversation}/{what}", null);
        return response.StatusCode;
    }

    private Guid Conversation(params (Author Author, string Text)[] said)
    {
        var request = Request(said);
        _conversations[request.ConversationId] = request;
        return request.ConversationId;
    }

    private ReplyRequested Request(params (Author Author, string Text)[] said)
    {
        var history = said.Select(one => new HistoryMessage(Guid.NewGuid(), one.Author, one.Text, DateTimeOffset.UnixEpoch)).ToList();
        return Some.Request(Guid.NewGuid(), 3, history, [.. history.Where(message => message.Author is Author.Customer).Select(message => message.Id)]) with { WorkspaceId = _workspace };
    }

    private IResult Give(Guid id, Guid workspaceId, int messages, HttpContext http)
    {
        if (!_app.Get<InternalCalls>().IsAuthentic($"GET {http.Request.Path}{http.Request.QueryString}", http.Request.Headers[InternalCalls.Header])) return Results.Unauthorized();
        if (workspaceId != _workspace || messages < 1 || !_conversations.TryGetValue(id, out var request)) return Results.NotFound();
        return request is null ? Results.NoContent() : Results.Json(request, Json.Options);
    }

    private sealed class CountedAnswers : IKeptAnswers
    {
        public int Count { get; private set; }

        public Task Keep(ReplyTask task, Draft draft, CancellationToken cancellationToken)
        {
            Count++;
            return Task.CompletedTask;
        }
    }
}
