using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChatService.Tests.Support;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Templates;

public sealed class TemplateTests : ChatTests
{
    [Test]
    public async Task An_admin_writes_one_changes_it_and_removes_it_and_agents_read_it()
    {
        var admin = _host.Operator("admin");
        var id = await Add(new { channel = "whatsapp", name = "order_update", language = "en", text = "Order {{1}} comes on {{2}}.", category = "utility" });

        using var taken = await admin.PostAsJsonAsync(
            "/api/templates", new { channel = "whatsapp", name = "order_update", language = "en", text = "Another.", category = "utility" });
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        var inGreek = await Add(new { channel = "whatsapp", name = "order_update", language = "el", text = "Another.", category = "utility" });
        using var changed = await admin.PutAsJsonAsync(
            $"/api/templates/{id}", new { channel = "whatsapp", name = "order_update", language = "en", text = "{{1}} comes.", category = "marketing" });
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Listed(_host.Operator()), Is.SupersetOf(new[] { (id, "{{1}} comes."), (inGreek, "Another.") }));

        Assert.That((await admin.DeleteAsync($"/api/templates/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await admin.DeleteAsync($"/api/templates/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Listed(_host.Operator())).Select(template => template.Id), Does.Not.Contain(id));
        Assert.That(
            await _host.Query<string>("select action from audit_log where subject_id = $1 order by at", id.ToString()),
            Is.EqualTo(new[] { "template.added", "template.changed", "template.removed" }));
    }

    [Test]
    public async Task A_conversation_has_those_of_its_channel_and_its_connection()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var conversation = await _host.Conversation(number);
        var everywhere = await Add(new { channel = "whatsapp", name = "everywhere", text = "Hello.", category = "utility" });
        var here = await Add(new { channel = "whatsapp", connectionId = conversation.ConnectionId, name = "here", text = "Hello.", category = "utility" });
        var elsewhere = await Add(new { channel = "whatsapp", connectionId = Guid.NewGuid(), name = "elsewhere", text = "Hello.", category = "utility" });

        var found = (await Listed(_host.Operator(), $"?conversationId={conversation.Id}")).Select(template => template.Id).ToList();

        Assert.That(found, Is.SupersetOf(new[] { everywhere, here }));
        Assert.That(found, Does.Not.Contain(elsewhere));
        Assert.That(await Listed(_host.Operator(), $"?conversationId={(await _host.Customer()).ConversationId}"), Is.Empty, "web chat has none");
        Assert.That(await Listed(_host.Operator("agent", Guid.NewGuid()), $"?conversationId={conversation.Id}"), Is.Empty, "of another workspace");
    }

    [Test]
    public async Task Another_workspaces_templates_are_not_there()
    {
        var id = await Add(new { channel = "whatsapp", name = "ours", text = "Hello.", category = "utility" });
        var stranger = _host.Operator("owner", Guid.NewGuid());

        Assert.That(await Listed(stranger), Is.Empty);
        using var changed = await stranger.PutAsJsonAsync($"/api/templates/{id}", new { channel = "whatsapp", name = "theirs", text = "x", category = "utility" });
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.DeleteAsync($"/api/templates/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("web", "x", "Text", "utility", "channel")]
    [TestCase("whatsapp", " ", "Text", "utility", "name")]
    [TestCase("whatsapp", "x", " ", "utility", "text")]
    [TestCase("whatsapp", "x", "Hello {{2}}", "utility", "text")]
    [TestCase("whatsapp", "x", "Hello {{1}} and {{3}}", "utility", "text")]
    [TestCase("whatsapp", "x", "Hello {{name}}", "utility", "text")]
    [TestCase("whatsapp", "x", "Text", "gossip", "category")]
    public async Task What_is_wrong_is_said_by_field(string channel, string name, string text, string category, string field)
    {
        using var response = await _host.Operator("admin").PostAsJsonAsync("/api/templates", new { channel, name, text, category });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Test]
    public async Task A_value_may_stand_in_several_places()
    {
        using var response = await _host.Operator("admin").PostAsJsonAsync(
            "/api/templates", new { channel = "whatsapp", name = "twice", text = "{{2}}, {{1}}: {{ 2 }}", category = "utility" });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task Agents_only_read_and_viewers_do_not()
    {
        using var added = await _host.Operator("agent").PostAsJsonAsync("/api/templates", new { channel = "whatsapp", name = "x", text = "y", category = "utility" });
        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("viewer").GetAsync("/api/templates")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await (await _host.Customer()).Client.GetAsync("/api/templates")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private async Task<Guid> Add(object template)
    {
        using var added = await _host.Operator("admin").PostAsJsonAsync("/api/templates", template);
        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Created), await added.Content.ReadAsStringAsync());
        return (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static async Task<List<(Guid Id, string Text)>> Listed(HttpClient client, string query = "") =>
        [.. (await client.GetFromJsonAsync<JsonObject>($"/api/templates{query}"))!["items"]!.AsArray()
            .Select(item => (item!["id"]!.GetValue<Guid>(), item["text"]!.GetValue<string>()))];
}
