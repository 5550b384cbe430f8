using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChatService.Tests.Support;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.CannedAnswers;

public sealed class CannedAnswerTests : ChatTests
{
    [Test]
    public async Task An_admin_writes_one_changes_it_and_removes_it_and_agents_read_it()
    {
        var admin = _host.Operator("admin");
        using var added = await admin.PostAsJsonAsync("/api/canned_answers", new { shortcut = "hours", text = "Hello {{customer.firstName|there}}, we open at ten." });
        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var id = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        using var taken = await admin.PostAsJsonAsync("/api/canned_answers", new { shortcut = "hours", text = "Another." });
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await admin.PutAsJsonAsync($"/api/canned_answers/{id}", new { shortcut = "open", text = "From ten." })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Listed(_host.Operator()), Does.Contain(("open", "From ten.")));

        Assert.That((await admin.DeleteAsync($"/api/canned_answers/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await admin.DeleteAsync($"/api/canned_answers/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Listed(_host.Operator()), Does.Not.Contain(("open", "From ten.")));
        Assert.That(
            await _host.Query<string>("select action from audit_log where subject_id = $1 order by at", id.ToString()),
            Is.EqualTo(new[] { "canned_answer.added", "canned_answer.changed", "canned_answer.removed" }));
    }

    [Test]
    public async Task Another_workspaces_answers_are_not_there()
    {
        using var added = await _host.Operator("admin").PostAsJsonAsync("/api/canned_answers", new { shortcut = "mine", text = "Ours." });
        var id = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var stranger = _host.Operator("owner", Guid.NewGuid());

        Assert.That(await Listed(stranger), Is.Empty);
        Assert.That((await stranger.PutAsJsonAsync($"/api/canned_answers/{id}", new { shortcut = "x", text = "Theirs." })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.DeleteAsync($"/api/canned_answers/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Listed(_host.Operator()), Does.Contain(("mine", "Ours.")));
    }

    [TestCase("Hours", "Text", "shortcut")]
    [TestCase("", "Text", "shortcut")]
    [TestCase("x", " ", "text")]
    [TestCase("x", "Hello {{customer.nmae}}", "text")]
    public async Task What_is_wrong_is_said_by_field(string shortcut, string text, string field)
    {
        using var response = await _host.Operator("admin").PostAsJsonAsync("/api/canned_answers", new { shortcut, text });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Test]
    public async Task Agents_only_read_and_viewers_do_not()
    {
        Assert.That((await _host.Operator("agent").PostAsJsonAsync("/api/canned_answers", new { shortcut = "x", text = "y" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("viewer").GetAsync("/api/canned_answers")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await (await _host.Customer()).Client.GetAsync("/api/canned_answers")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static async Task<IEnumerable<(string, string)>> Listed(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonObject>("/api/canned_answers"))!["items"]!.AsArray()
            .Select(item => (item!["shortcut"]!.GetValue<string>(), item["text"]!.GetValue<string>()));
}
