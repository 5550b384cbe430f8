using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChatService.Tests.Support;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.SavedViews;

public sealed class SavedViewTests : ChatTests
{
    [Test]
    public async Task Ones_own_view_is_ones_own_and_a_shared_one_is_everybodys()
    {
        var (eve, adam) = (await _host.StoredOperator("agent"), await _host.StoredOperator("agent"));
        await Save(eve.Client, new { name = "Returns by mail", filter = new { view = "waiting", label = "returns" } });
        var shared = await Save(eve.Client, new { name = "WhatsApp", shared = true, filter = new { channel = "whatsapp" } });

        Assert.That(await Names(eve.Client), Is.EqualTo(new[] { "Returns by mail", "WhatsApp" }));
        Assert.That(await Names(adam.Client), Is.EqualTo(new[] { "WhatsApp" }));
        Assert.That(await Names(_host.Operator("owner", Guid.NewGuid())), Is.Empty);

        Assert.That((await adam.Client.DeleteAsync($"/api/saved_views/{shared}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _host.Operator("admin", Guid.NewGuid()).DeleteAsync($"/api/saved_views/{shared}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _host.Operator("admin").DeleteAsync($"/api/saved_views/{shared}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await Names(eve.Client), Is.EqualTo(new[] { "Returns by mail" }));
    }

    [Test]
    public async Task What_was_saved_is_what_is_shown()
    {
        var (client, _) = await _host.StoredOperator("agent");
        await Save(client, new { name = "Vases", filter = new { view = "mine", channel = "web", label = "vip", q = "vase", team = "0198c0de-0000-7000-8000-000000000001" } });

        var view = (await client.GetFromJsonAsync<JsonObject>("/api/saved_views"))!["items"]!.AsArray().Single(v => v!["name"]!.GetValue<string>() == "Vases")!;
        Assert.That(view["filter"]!.ToJsonString(), Is.EqualTo("""{"view":"mine","channel":"web","label":"vip","q":"vase","team":"0198c0de-0000-7000-8000-000000000001"}"""));
        Assert.That((view["own"]!.GetValue<bool>(), view["shared"]!.GetValue<bool>()), Is.EqualTo((true, false)));
    }

    [TestCase("""{"name":" ","filter":{}}""", "name")]
    [TestCase("""{"name":"x"}""", "filter")]
    [TestCase("""{"name":"x","filter":{"view":"strange"}}""", "filter.view")]
    public async Task What_is_wrong_is_said_by_field(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _host.Operator().PostAsync("/api/saved_views", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Test]
    public async Task Viewers_read_shared_views_and_save_none()
    {
        Assert.That((await _host.Operator("viewer").GetAsync("/api/saved_views")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _host.Operator("viewer").PostAsJsonAsync("/api/saved_views", new { name = "x", filter = new { } })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static async Task<Guid> Save(HttpClient client, object view)
    {
        using var response = await client.PostAsJsonAsync("/api/saved_views", view);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static async Task<IEnumerable<string>> Names(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonObject>("/api/saved_views"))!["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>());
}
