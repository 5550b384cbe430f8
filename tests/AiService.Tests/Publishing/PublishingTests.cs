using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.Contracts;
using MassTransit.Testing;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Publishing;

/// <summary>Where a workspace wants it, its suite is met before something is published.</summary>
public sealed class PublishingTests
{
    private AiApp _app = null!;
    private Guid _workspace;
    private HttpClient _admin = null!;
    private HttpClient _owner = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await AiApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [SetUp]
    public async Task OpenWorkspace()
    {
        _workspace = await Talks.NewShop(_app);
        (_admin, _owner) = (_app.Operator(workspace: _workspace), _app.Operator("owner", _workspace));
        var talk = new Talks(_app, _workspace);
        await talk.Say("Do you ship to Cyprus?");
        using var made = await _admin.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = talk.Conversation, name = "shipping" });
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [TearDown]
    public void Close()
    {
        _admin.Dispose();
        _owner.Dispose();
    }

    [Test]
    public async Task Only_where_an_owner_asks_for_it_a_version_must_meet_the_suite()
    {
        var version = await Version(new { handOverTopics = new[] { "shipping", "shipping_cost" } });
        Assert.That((await _admin.PostAsync($"/api/assistant/versions/{version}/activate", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK), "nobody asked for it");
        await _admin.PostAsync("/api/assistant/versions/0/activate", null);

        Assert.That((await _admin.PutAsJsonAsync("/api/evaluation/publishing", new { suiteRequired = true })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await Require();
        var refused = await Refused(await _admin.PostAsync($"/api/assistant/versions/{version}/activate", null));

        Assert.That((refused.GetProperty("name").GetString(), refused.GetProperty("turn").GetInt32()), Is.EqualTo(("shipping", 1)));
        Assert.That(refused.GetProperty("failures").ToString(), Does.Contain("hands over"));
        Assert.That(refused.GetProperty("changes").ToString(), Does.Contain("hands over: no"));
        Assert.That((await _admin.GetFromJsonAsync<JsonElement>("/api/assistant/versions")).GetProperty("activeVersion").GetInt32(), Is.Zero);

        await Refused(await _admin.PostAsJsonAsync($"/api/assistant/versions/{version}/canary", new { percent = 10 }));
        Assert.That((await _admin.GetAsync("/api/assistant/canary")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent), "some customers are customers too");
        Assert.That((await _owner.PostAsJsonAsync($"/api/assistant/versions/{version}/canary?force=A+try.", new { percent = 10 })).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await _admin.PostAsync("/api/assistant/canary/stop", null);

        var harmless = await Version(new { longestAnswer = 2000 });
        Assert.That((await _admin.PostAsync($"/api/assistant/versions/{harmless}/activate", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _admin.PostAsync("/api/assistant/versions/99/activate", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _admin.PostAsync("/api/assistant/versions/roll_back", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK), "a way back is never barred");
    }

    [Test]
    public async Task An_owner_publishes_it_all_the_same_and_says_why()
    {
        await Require();
        var version = await Version(new { handOverTopics = new[] { "shipping", "shipping_cost" } });
        var activate = $"/api/assistant/versions/{version}/activate";

        Assert.That((await _admin.PostAsync($"{activate}?force=because", null)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _owner.PostAsync($"{activate}?force={new string('x', 501)}", null)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _owner.PostAsync($"{activate}?force=The+carrier+is+on+strike.", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var forced = (await _admin.GetFromJsonAsync<JsonElement>("/api/evaluation/publishing")).GetProperty("forced").EnumerateArray().Single();
        Assert.That(
            (forced.GetProperty("kind").GetString(), forced.GetProperty("subject").GetString(), forced.GetProperty("reason").GetString(), forced.GetProperty("failed").GetInt32()),
            Is.EqualTo(("assistant_version", $"{version}", "The carrier is on strike.", 1)));
        var audited = _app.Get<ITestHarness>().Published.Select<ActionAudited>().Select(message => message.Context.Message).Where(entry => entry.WorkspaceId == _workspace).ToList();
        var entry = audited.Single(one => one.Action == "publishing.forced");
        Assert.That((entry.SubjectId, entry.Detail), Is.EqualTo((forced.GetProperty("id").GetString(), "kind: assistant_version")), "the reason is not the log's");
        Assert.That(audited.Select(one => one.Action), Does.Contain("publishing.suite_required").And.Contain("assistant_version.activated"));
        Assert.That((await _app.Operator().GetFromJsonAsync<JsonElement>("/api/evaluation/publishing")).GetProperty("forced").GetArrayLength(), Is.Zero, "another workspace");
    }

    [Test]
    public async Task Knowledge_that_makes_a_case_fail_is_refused_and_other_knowledge_is_not()
    {
        await Require();
        var entries = (await _admin.GetFromJsonAsync<JsonElement>("/api/knowledge")).GetProperty("items").EnumerateArray();
        var shipping = entries.First(entry => entry.GetProperty("title").GetString() == "Shipping and delivery");
        var path = $"/api/knowledge/{shipping.GetProperty("id").GetString()}";

        var changed = await Refused(await _admin.PutAsJsonAsync(path, new { title = "Shipping and delivery", body = "We ship nowhere any more." }));
        var removed = await Refused(await _admin.DeleteAsync(path));

        Assert.That(changed.GetProperty("failures").ToString(), Does.Contain("does not contain"));
        Assert.That(removed.GetProperty("failures").ToString(), Does.Contain("does not cite 'Shipping and delivery'"));
        Assert.That((await _admin.GetFromJsonAsync<JsonElement>(path)).GetProperty("body").GetString(), Does.Contain("3.50 EUR"), "nothing was changed");
        using var other = await _admin.PostAsJsonAsync("/api/knowledge", new { title = "Pottery courses", body = "Every Tuesday at 18:00." });
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Created), await other.Content.ReadAsStringAsync());
        using var document = new MultipartFormDataContent { { new StringContent("# Kilns\n\nRenting a kiln costs 40.00 EUR a day."), "file", "kilns.md" } };
        Assert.That((await _admin.PostAsync("/api/knowledge/documents", document)).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await _owner.DeleteAsync($"{path}?force=We+do+not+ship.")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _admin.PutAsJsonAsync("/api/knowledge/00000000-0000-0000-0000-000000000001", new { title = "" })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Cases_are_run_on_what_the_workspace_knows_now()
    {
        await Require();
        // What outranks the text that the case cites, though the case itself never knew of it.
        var better = new { title = "Do you ship to Cyprus?", body = "Ask the captain of the next boat.", keywords = "ship shipping Cyprus delivery" };
        var refused = await Refused(await _admin.PostAsJsonAsync("/api/knowledge", new { better.title, better.body, better.keywords, topics = new[] { "shipping", "shipping_cost" } }));
        Assert.That(refused.GetProperty("name").GetString(), Is.EqualTo("shipping"));

        // The case's text is not the workspace's any more: what it would need is missing either way, and stops nothing.
        var entries = (await _admin.GetFromJsonAsync<JsonElement>("/api/knowledge")).GetProperty("items").EnumerateArray();
        var shipping = entries.First(entry => entry.GetProperty("title").GetString() == "Shipping and delivery").GetProperty("id").GetString();
        Assert.That((await _owner.DeleteAsync($"/api/knowledge/{shipping}?force=We+do+not+ship.")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _admin.PostAsJsonAsync("/api/knowledge", new { better.title, better.body, better.keywords, topics = new[] { "shipping" } })).StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_model_of_intents_that_makes_a_case_fail_is_refused()
    {
        await Require();
        foreach (var text in new[] { "Do you ship to Cyprus?", "do you ship to cyprus", "shipping to Cyprus?", "Can you ship to Cyprus?", "you ship to Cyprus, don't you?", "ship it to Cyprus" })
        {
            using var added = await _admin.PostAsJsonAsync("/api/knowledge/intents/examples", new { intent = "talk_to_person", text });
            Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }
        await _admin.PostAsync("/api/knowledge/intents/models", null);
        await Testing.Eventually.IsTrue(
            async () => (await _admin.GetFromJsonAsync<JsonElement>("/api/knowledge/intents/models")).GetProperty("items")[0].GetProperty("status").GetString() == "ready", TimeSpan.FromMinutes(3));

        var refused = await Refused(await _admin.PostAsync("/api/knowledge/intents/models/1/activate", null));

        Assert.That(refused.GetProperty("name").GetString(), Is.EqualTo("shipping"));
        Assert.That((await _admin.GetFromJsonAsync<JsonElement>("/api/knowledge/intents/models")).GetProperty("activeVersion").GetInt32(), Is.Zero);
        Assert.That((await _owner.PostAsync("/api/knowledge/intents/models/1/activate?force=We+hand+over.", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Each_case_is_run_with_what_is_in_use()
    {
        var id = (await _admin.GetFromJsonAsync<JsonElement>("/api/evaluation/cases")).GetProperty("items")[0].GetProperty("id").GetString();
        var path = $"/api/evaluation/cases/{id}/run";

        var met = await Run(path);
        var version = await Version(new { handOverTopics = new[] { "shipping", "shipping_cost" } });
        await _admin.PostAsync($"/api/assistant/versions/{version}/activate", null);
        var missed = await Run(path);

        Assert.That((met.GetProperty("name").GetString(), met.GetProperty("met").GetBoolean()), Is.EqualTo(("shipping", true)));
        var turn = met.GetProperty("turns").EnumerateArray().Single();
        Assert.That(turn.GetProperty("said")[0].GetString(), Is.EqualTo("Do you ship to Cyprus?"));
        Assert.That(turn.GetProperty("text").GetString(), Does.Contain("Cyprus"));
        Assert.That(missed.GetProperty("met").GetBoolean(), Is.False);
        Assert.That(missed.GetProperty("turns")[0].GetProperty("failures").ToString(), Does.Contain("hands over"));
        Assert.That((await _app.Operator(workspace: Guid.NewGuid()).PostAsync(path, null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "another workspace");
        Assert.That((await _app.Operator("agent", _workspace).PostAsync(path, null)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private async Task<JsonElement> Run(string path)
    {
        using var run = await _admin.PostAsync(path, null);
        Assert.That(run.StatusCode, Is.EqualTo(HttpStatusCode.OK), await run.Content.ReadAsStringAsync());
        return await run.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task Require()
    {
        using var required = await _owner.PutAsJsonAsync("/api/evaluation/publishing", new { suiteRequired = true });
        Assert.That(required.StatusCode, Is.EqualTo(HttpStatusCode.OK), await required.Content.ReadAsStringAsync());
    }

    private async Task<int> Version(object settings)
    {
        using var made = await _admin.PostAsJsonAsync("/api/assistant/versions", new { settings });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt32();
    }

    private static async Task<JsonElement> Refused(HttpResponseMessage response)
    {
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict), body.ToString());
        Assert.That(body.GetProperty("detail").GetString(), Does.Contain("1 would not come out"));
        return body.GetProperty("cases")[0];
    }
}
