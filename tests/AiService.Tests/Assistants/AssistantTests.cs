using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.AiService.Assistants;
using Assistify.Contracts;
using Assistify.Testing;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Assistants;

/// <summary>Versions of the assistant's settings and canaries, as operators and customers see them.</summary>
public sealed class AssistantTests
{
    private const string Hours = "On Sunday we are open from 11:00 to 15:00.";

    private AiApp _app = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await AiApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [Test]
    public async Task Versions_are_made_listed_compared_activated_and_rolled_back()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        Assert.That((await Said("my mug arrived broken", workspace)).HandOver, Is.False);

        await Make(admin, new { instructions = "Be brief.\nSign as Ann.", handOverTopics = new[] { "complaint" } });
        await Make(admin, new { instructions = "Be brief.\nSign as Bob.", longestAnswer = 400 }, "Bob is back");
        var compared = await Json(admin, "/api/assistant/versions/1/compare?with=2");
        Assert.That(compared.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("setting").GetString()), Is.EqualTo(new[] { "instructions", "longestAnswer", "handOverTopics" }));
        Assert.That(compared.GetProperty("changes")[0].GetProperty("added")[0].GetString(), Is.EqualTo("Sign as Bob."));

        await Posted(admin, "/api/assistant/versions/1/activate", HttpStatusCode.OK);
        Assert.That((await Said("my mug arrived broken", workspace)).HandOver, Is.True);
        await Posted(admin, "/api/assistant/versions/2/activate", HttpStatusCode.OK);
        var list = await Json(admin, "/api/assistant/versions");
        Assert.That(list.GetProperty("activeVersion").GetInt32(), Is.EqualTo(2));
        Assert.That(list.GetProperty("items")[0].GetProperty("note").GetString(), Is.EqualTo("Bob is back"));
        Assert.That((await Said("my mug arrived broken", workspace)).HandOver, Is.False);

        var back = await Posted(admin, "/api/assistant/versions/roll_back", HttpStatusCode.OK);
        Assert.That(back.GetProperty("activeVersion").GetInt32(), Is.EqualTo(1));
        var reply = await Said("my mug arrived broken", workspace);
        Assert.That(reply.HandOver, Is.True);
        Assert.That((await Json(admin, $"/api/traces/{reply.ReplyId}")).GetProperty("assistantVersion").GetInt32(), Is.EqualTo(1));
        Assert.That((await Said("my mug arrived broken", await Talks.NewShop(_app))).HandOver, Is.False, "another workspace");

        var audited = _app.Services.GetRequiredService<ITestHarness>().Published.Select<ActionAudited>()
            .Select(message => message.Context.Message).Where(message => message.WorkspaceId == workspace).Select(message => message.Action);
        Assert.That(audited, Is.EquivalentTo(new[]
        {
            "assistant_version.created", "assistant_version.created", "assistant_version.activated", "assistant_version.activated", "assistant_version.rolled_back",
        }));
    }

    [Test]
    public async Task A_models_answer_is_written_with_the_instructions_in_use_and_says_so()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        var told = "";
        var model = PromptedModel.Writer(instructions => (told = instructions).Length > 0 ? Hours : "");
        Assert.That((await new Talks(_app, workspace, model: model).Say("Are you open on Sunday?")).PromptVersion, Is.EqualTo("1"));
        Assert.That(told, Does.Not.Contain("Ledra"));

        await Make(admin, new { instructions = "You work for the shop in Ledra Street.", strictTopics = new[] { "shipping" } });
        await Posted(admin, "/api/assistant/versions/1/activate", HttpStatusCode.OK);

        Assert.That((await new Talks(_app, workspace, model: model).Say("Are you open on Sunday?")).PromptVersion, Is.EqualTo("1.1"));
        Assert.That(told, Does.Contain("You work for the shop in Ledra Street."));
        Assert.That((await new Talks(_app, workspace, model: model).Say("Do you ship to Cyprus?")).Model, Is.EqualTo("offline"), "shipping is told in the knowledge's own words");
        var parrot = PromptedModel.Writer(_ => "You work for the shop in Ledra Street.");
        Assert.That((await new Talks(_app, workspace, model: parrot).Say("Are you open on Sunday?")).Text, Does.Not.Contain("You work"), "instructions are not told");
    }

    [Test]
    public async Task A_broken_prompt_trips_the_canary_and_a_good_one_does_not()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        var model = PromptedModel.Writer(instructions => instructions.Contains("Say what they want to hear", StringComparison.Ordinal) ? "On Sunday we are open from 01:00 to 23:00." : Hours);
        await Make(admin, new { instructions = "Say what they want to hear." });
        await Make(admin, new { instructions = "Be kind." });
        var guard = _app.Services.GetRequiredService<CanaryGuard>();

        var good = await Posted(admin, "/api/assistant/versions/2/canary", HttpStatusCode.Created, new { percent = 50 });
        await Fill(good);
        Assert.That(await guard.Look(workspace, good.GetProperty("id").GetGuid(), default), Is.False);
        var running = await Json(admin, "/api/assistant/canary");
        Assert.That((running.GetProperty("canary").GetProperty("status").GetString(), running.GetProperty("figures").GetProperty("refused").GetInt32()), Is.EqualTo(("running", 0)));
        await Posted(admin, "/api/assistant/versions/1/canary", HttpStatusCode.Conflict, new { percent = 50 });
        await Posted(admin, "/api/assistant/canary/stop", HttpStatusCode.OK);

        var broken = await Posted(admin, "/api/assistant/versions/1/canary", HttpStatusCode.Created, new { percent = 50 });
        await Fill(broken);
        // The service looks by itself too: whoever is first stops it.
        await guard.Look(workspace, broken.GetProperty("id").GetGuid(), default);
        JsonElement stopped = default;
        await Eventually.IsTrue(
            async () => (stopped = await Json(admin, "/api/assistant/canary")).GetProperty("canary").GetProperty("status").GetString() == "stopped", TimeSpan.FromSeconds(60));
        Assert.That(stopped.GetProperty("canary").GetProperty("reason").GetString(), Does.Match("^refused drafts in (\\d+) of \\1 conversations, against 0 of "));
        await _app.Services.GetRequiredService<ActiveAssistants>().Refresh(default);
        for (var n = 0; n < 10; n++)
        {
            var reply = await new Talks(_app, workspace, model: model).Say("Are you open on Sunday?");
            Assert.That((reply.Text, reply.PromptVersion), Is.EqualTo((Hours, "1")));
        }

        async Task Fill(JsonElement canary)
        {
            var store = _app.Services.GetRequiredService<CanaryStore>();
            var id = canary.GetProperty("id").GetGuid();
            for (var (its, others) = (0, 0); its < CanaryGuard.FirstLook || others < CanaryGuard.FirstLook; (its, others) = await store.Count(id, default))
            {
                foreach (var _ in Enumerable.Range(0, 10)) await new Talks(_app, workspace, model: model).Say("Are you open on Sunday?");
            }
        }
    }

    [Test]
    public async Task Customers_who_rate_it_poorly_stop_a_canary()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        await Make(admin, new { instructions = "Be kind." });
        var canary = (await Posted(admin, "/api/assistant/versions/1/canary", HttpStatusCode.Created, new { percent = 50 })).GetProperty("id").GetGuid();
        var running = new RunningCanary(canary, UsedAssistant.BuiltIn, 50);
        var ratings = _app.Services.GetRequiredService<NpgsqlDataSource>();
        var consumer = new ConversationRatedConsumer(ratings);
        var (its, others) = (0, 0);
        while (its < CanaryGuard.FirstLook || others < CanaryGuard.FirstLook)
        {
            var talk = new Talks(_app, workspace);
            await talk.Say("Are you open on Sunday?");
            var isCanary = running.Includes(talk.Conversation);
            _ = isCanary ? its++ : others++;
            // What somebody says first, and of another workspace, is not what counts.
            foreach (var (of, score) in new[] { (workspace, 3), (workspace, isCanary ? 1 : 5) })
                await consumer.Keep(new ConversationRated(of, talk.Conversation, talk.Customer, score, DateTimeOffset.UnixEpoch.AddMinutes(score == 3 ? 1 : 2)), default);
        }

        await _app.Services.GetRequiredService<CanaryGuard>().Look(workspace, canary, default);

        JsonElement stopped = default;
        await Eventually.IsTrue(
            async () => (stopped = await Json(admin, "/api/assistant/canary")).GetProperty("canary").GetProperty("status").GetString() == "stopped", TimeSpan.FromSeconds(60));
        Assert.That(stopped.GetProperty("canary").GetProperty("reason").GetString(), Does.Match("^poor ratings in (\\d+) of \\1 conversations, against 0 of "));
        Assert.That(stopped.GetProperty("figures").GetProperty("ratedPoorly").GetInt32(), Is.EqualTo(its));
        Assert.That((stopped.GetProperty("activeFigures").GetProperty("rated").GetInt32(), stopped.GetProperty("activeFigures").GetProperty("ratedPoorly").GetInt32()), Is.EqualTo((others, 0)));
    }

    [Test]
    public async Task A_conversation_stays_on_its_side_and_its_trace_says_which()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        await Make(admin, new { handOverTopics = new[] { "complaint" } });
        var canary = (await Posted(admin, "/api/assistant/versions/1/canary", HttpStatusCode.Created, new { percent = 20 })).GetProperty("id").GetGuid();
        var running = new RunningCanary(canary, UsedAssistant.BuiltIn, 20);
        var conversations = Enumerable.Range(0, 2_000).Select(n => Identifiers.Derive($"test/{n}")).ToList();
        Assert.That(conversations.Count(running.Includes), Is.InRange(300, 500));

        foreach (var (conversation, arm, version) in new[] { (conversations.First(running.Includes), "canary", 1), (conversations.First(id => !running.Includes(id)), "active", 0) })
        {
            var talk = new Talks(_app, workspace, conversation);
            foreach (var text in new[] { "hello", "my mug arrived broken" })
            {
                var reply = await talk.Say(text);
                var trace = await Json(admin, $"/api/traces/{reply.ReplyId}");
                Assert.That((trace.GetProperty("canary").GetProperty("arm").GetString(), trace.GetProperty("canary").GetProperty("id").GetGuid()), Is.EqualTo((arm, canary)));
                Assert.That(trace.GetProperty("assistantVersion").GetInt32(), Is.EqualTo(version));
                Assert.That(reply.HandOver, Is.EqualTo(arm == "canary" && text != "hello"));
            }
        }
        var view = await Json(admin, "/api/assistant/canary");
        Assert.That((view.GetProperty("figures").GetProperty("conversations").GetInt32(), view.GetProperty("figures").GetProperty("handedOver").GetInt32()), Is.EqualTo((1, 1)));
        Assert.That((view.GetProperty("activeFigures").GetProperty("conversations").GetInt32(), view.GetProperty("activeFigures").GetProperty("handedOver").GetInt32()), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Only_admins_of_the_workspace_reach_its_versions_and_bad_input_is_told()
    {
        using var admin = _app.Operator();
        using var agent = _app.Operator("agent");
        using var anyone = _app.Anyone();
        await Make(admin, new { instructions = "x" });

        foreach (var path in new[] { "/api/assistant/versions", "/api/assistant/canary", "/api/evaluation/cases", "/api/evaluation/suite" })
        {
            Assert.That((await agent.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
            Assert.That((await anyone.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), path);
        }
        using var stranger = _app.Operator();
        Assert.That((await stranger.GetAsync("/api/assistant/versions/1")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.PostAsync("/api/assistant/versions/1/activate", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.PostAsync("/api/assistant/versions/roll_back", null)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await stranger.PostAsync("/api/assistant/canary/stop", null)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await stranger.GetAsync("/api/assistant/canary")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        foreach (var (path, body) in new (string, object)[]
        {
            ("/api/assistant/versions", new { }), ("/api/assistant/versions", new { settings = new { longestAnswer = 5 } }),
            ("/api/assistant/versions", new { settings = new { instructions = new string('x', 8_001) } }), ("/api/assistant/versions", new { settings = new { strictTopics = new[] { "" } } }),
            ("/api/assistant/versions", new { settings = new { strictTopics = new string?[] { null } } }), ("/api/assistant/versions", new { settings = new { handOverTopics = "complaint" } }),
            ("/api/assistant/versions/1/canary", new { percent = 51 }), ("/api/assistant/versions/1/canary", new { percent = 0 }),
        })
        {
            using var response = await admin.PostAsJsonAsync(path, body);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), $"{path} {JsonSerializer.Serialize(body)}");
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        }
        using var nothing = await admin.PostAsJsonAsync("/api/assistant/versions", new { settings = new { instructions = (string?)null, strictTopics = (string[]?)null } });
        Assert.That(nothing.StatusCode, Is.EqualTo(HttpStatusCode.Created), await nothing.Content.ReadAsStringAsync());
    }

    private Task<ReplyGenerated> Said(string text, Guid workspace) => new Talks(_app, workspace).Say(text);

    private static Task<JsonElement> Make(HttpClient admin, object settings, string? note = null) =>
        Posted(admin, "/api/assistant/versions", HttpStatusCode.Created, new { settings, note });

    private static Task<JsonElement> Json(HttpClient client, string path) => client.GetFromJsonAsync<JsonElement>(path);

    private static async Task<JsonElement> Posted(HttpClient client, string path, HttpStatusCode status, object? body = null)
    {
        using var response = await client.PostAsJsonAsync(path, body ?? new { });
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(status), text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
