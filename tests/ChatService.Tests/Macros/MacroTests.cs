using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Macros;

public sealed class MacroTests : ChatTests
{
    private HttpClient _admin = null!;

    [OneTimeSetUp]
    public void SignIn() => _admin = _host.Operator("admin");

    [OneTimeTearDown]
    public void SignOut() => _admin.Dispose();

    [Test]
    public async Task One_choice_answers_labels_assigns_and_closes_once()
    {
        var macro = await Macro(new { name = "Refund sent", text = "It is on its way, {{customer.firstName|there}}.", labels = new[] { "refund" }, assignToMe = true, closes = true });
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var id = (await _host.Conversation(number)).Id;
        var me = Guid.NewGuid();
        var agent = _host.Operator(id: me);
        await agent.PostAsJsonAsync($"/api/conversations/{id}/labels", new { labels = new[] { "known" } });
        var run = new { macroId = macro, text = "It is on its way, Ada.", clientCommandId = "once" };

        using var done = await agent.PostAsJsonAsync($"/api/conversations/{id}/run_macro", run);
        var view = await done.Content.ReadFromJsonAsync<JsonElement>();
        using var again = await agent.PostAsJsonAsync($"/api/conversations/{id}/run_macro", run);

        Assert.That((done.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(view.GetProperty("status").GetString(), Is.EqualTo("closed"));
        Assert.That(view.GetProperty("labels").EnumerateArray().Select(label => label.GetString()), Is.EqualTo(new[] { "known", "refund" }));
        Assert.That(view.GetProperty("assignee").GetProperty("id").GetGuid(), Is.EqualTo(me));
        Assert.That(await _host.Query<string>("select text from messages where conversation_id = $1 and author = 2", id), Is.EqualTo(new[] { "It is on its way, Ada." }));
        // What is published follows the answer.
        await Eventually.IsTrue(() => Events(id, me).Contains("Close"), TimeSpan.FromSeconds(60));
        Assert.That(_host.Broker.All<DeliverMessage>().Where(delivery => delivery.ConversationId == id).Select(delivery => delivery.DeliveryId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Events(id, me), Is.EqualTo(new[] { "Labels", "OperatorReply", "Assign", "Close" }));
    }

    [Test]
    public async Task A_closed_conversation_is_not_answered_but_labelled()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var id = (await _host.Conversation(number)).Id;
        await _admin.PostAsJsonAsync($"/api/conversations/{id}/close_conversation", new { });
        var answers = await Macro(new { name = "Thanks", text = "Thank you!", labels = new[] { "thanked" } });
        var labels = await Macro(new { name = "Praise", labels = new[] { "praise" } });

        Assert.That((await _admin.PostAsJsonAsync($"/api/conversations/{id}/run_macro", new { macroId = answers, text = "Thank you!" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await _admin.PostAsJsonAsync($"/api/conversations/{id}/run_macro", new { macroId = answers })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var labelled = await _admin.PostAsJsonAsync($"/api/conversations/{id}/run_macro", new { macroId = labels });
        Assert.That((await labelled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("labels")[0].GetString(), Is.EqualTo("praise"));
    }

    [Test]
    public async Task Admins_write_them_agents_use_them_and_other_workspaces_have_their_own()
    {
        var id = await Macro(new { name = "To returns", labels = new[] { "returns" } });
        using var taken = await _admin.PostAsJsonAsync("/api/macros", new { name = "To returns", closes = true });
        using var changed = await _admin.PutAsJsonAsync($"/api/macros/{id}", new { name = "Returns", closes = true });
        Assert.That((taken.StatusCode, changed.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.OK)));
        Assert.That((await _host.Operator().PostAsJsonAsync("/api/macros", new { name = "x", closes = true })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("viewer").GetAsync("/api/macros")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        var stranger = _host.Operator("owner", Guid.NewGuid());
        Assert.That((await stranger.GetFromJsonAsync<JsonElement>("/api/macros")).GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That((await stranger.PutAsJsonAsync($"/api/macros/{id}", new { name = "x", closes = true })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.DeleteAsync($"/api/macros/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        Assert.That((await _admin.DeleteAsync($"/api/macros/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            await _host.Query<string>("select action from audit_log where subject_id = $1 order by at", id.ToString()),
            Is.EqualTo(new[] { "macro.added", "macro.changed", "macro.removed" }));
    }

    [TestCase("""{"name":"x"}""", "name")]
    [TestCase("""{"name":" ","closes":true}""", "name")]
    [TestCase("""{"name":"x","text":"Hello {{customer.nmae}}"}""", "text")]
    [TestCase("""{"name":"x","labels":[" "]}""", "labels")]
    [TestCase("""{"name":"x","teamId":"0198c0de-0000-7000-8000-000000000001"}""", "teamId")]
    public async Task What_is_wrong_is_said_by_field(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _admin.PostAsync("/api/macros", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    private List<string> Events(Guid conversation, Guid by) =>
        [.. _host.Broker.Events.Where(e => e.ConversationId == conversation && e.Details.OperatorId == by).Select(e => e.Type).Distinct()];

    private async Task<Guid> Macro(object macro)
    {
        using var response = await _admin.PostAsJsonAsync("/api/macros", macro);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
