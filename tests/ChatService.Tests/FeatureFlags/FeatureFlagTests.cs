using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChatService.FeatureFlags;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.FeatureFlags;

public sealed class FeatureFlagTests : ChatTests
{
    [Test]
    public async Task A_flag_is_set_again_and_again_and_is_in_the_list_and_in_the_audit_log()
    {
        var client = _host.Operator("admin");

        Assert.That((await client.PutAsJsonAsync("/api/feature_flags/offers.v2", new { enabled = true, percent = 20 })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.PutAsJsonAsync("/api/feature_flags/offers.v2", new { enabled = false })).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var flag = (await client.GetFromJsonAsync<JsonObject>("/api/feature_flags"))!["items"]!.AsArray().Single()!;
        Assert.That(
            (flag["name"]!.GetValue<string>(), flag["enabled"]!.GetValue<bool>(), flag["percent"]!.GetValue<int>()), Is.EqualTo(("offers.v2", false, 100)));
        Assert.That(
            await _host.Query<string>("select detail from audit_log where action = 'feature_flag.changed' and subject_id = 'offers.v2' order by at"),
            Is.EqualTo(new[] { "on, 20%", "off" }));
    }

    [Test]
    public void A_share_of_the_conversations_has_a_feature_and_each_always_or_never()
    {
        var flag = new FeatureFlag("assistant.models", Enabled: true, Percent: 20, DateTimeOffset.UnixEpoch);
        var conversations = Enumerable.Range(0, 5000).Select(n => Identifiers.Derive($"conversation/{n}")).ToList();

        var on = conversations.Where(flag.IsOnFor).ToList();

        Assert.That(on, Has.Count.InRange(850, 1150));
        Assert.That(on.All(flag.IsOnFor));
        Assert.That(on.All(conversation => (flag with { Enabled = false }).IsOnFor(conversation)), Is.False);
        Assert.That(conversations.All(conversation => (flag with { Percent = 100 }).IsOnFor(conversation)));
    }

    [TestCase("Upper", """{"enabled":true}""", "name")]
    [TestCase("x", """{}""", "enabled")]
    [TestCase("x", """{"enabled":true,"percent":101}""", "percent")]
    public async Task What_is_wrong_is_said_by_field(string name, string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var response = await _host.Operator("admin").PutAsync($"/api/feature_flags/{name}", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Test]
    public async Task Only_admins_have_flags()
    {
        Assert.That((await _host.CreateClient().GetAsync("/api/feature_flags")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _host.Operator("agent").GetAsync("/api/feature_flags")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("agent").PutAsJsonAsync("/api/feature_flags/x", new { enabled = true })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
