using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Settings;

public sealed class SettingsTests : ChatTests
{
    [Test]
    public async Task Only_admins_see_and_change_settings_and_only_their_workspaces()
    {
        Assert.That((await _host.CreateClient().GetAsync("/api/settings")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _host.Operator("agent").GetAsync("/api/settings")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("agent").PatchAsJsonAsync("/api/settings", new { name = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("admin", Guid.NewGuid()).GetAsync("/api/settings")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task What_is_named_changes_and_the_rest_stays()
    {
        var client = _host.Operator("admin");
        var changed = await Patch(client, new
        {
            timeZone = "Europe/Nicosia",
            locale = "el-CY",
            tone = "formal",
            allowedOrigins = new[] { "https://shop.example.com", "https://shop.example.com/" },
            burstWaitMs = 700,
            businessHours = new { monday = new[] { new { from = "09:00", to = "13:00" }, new { from = "14:00", to = "24:00" } } },
        });

        Assert.That(changed["name"]!.GetValue<string>(), Is.EqualTo("Demo shop"));
        Assert.That(changed["allowedOrigins"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(changed["businessHours"]!["monday"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(changed["businessHours"]!["sunday"]!.AsArray(), Is.Empty);
        Assert.That((await client.GetFromJsonAsync<JsonObject>("/api/settings"))!.ToJsonString(), Is.EqualTo(changed.ToJsonString()));

        var back = await Patch(client, new JsonObject { ["burstWaitMs"] = null, ["businessHours"] = null, ["name"] = "Vases" });
        Assert.That(back.ContainsKey("burstWaitMs") || back.ContainsKey("businessHours"), Is.False);
        Assert.That((back["name"]!.GetValue<string>(), back["timeZone"]!.GetValue<string>()), Is.EqualTo(("Vases", "Europe/Nicosia")));
        Assert.That(
            await _host.Query<string>("select action from audit_log where action = 'settings.changed'"), Has.Count.GreaterThanOrEqualTo(2));
    }

    [TestCase("""{"name":" "}""", "name")]
    [TestCase("""{"timeZone":"Mars/Olympus"}""", "timeZone")]
    [TestCase("""{"timeZone":"../etc/passwd"}""", "timeZone")]
    [TestCase("""{"locale":"english"}""", "locale")]
    [TestCase("""{"tone":"a\u0007b"}""", "tone")]
    [TestCase("""{"allowedOrigins":["https://shop.example.com/page"]}""", "allowedOrigins")]
    [TestCase("""{"allowedOrigins":["shop.example.com", null]}""", "allowedOrigins")]
    [TestCase("""{"burstWaitMs":60001}""", "burstWaitMs")]
    [TestCase("""{"burstWaitMs":"1"}""", "burstWaitMs")]
    [TestCase("""{"businessHours":{"funday":[]}}""", "businessHours")]
    [TestCase("""{"businessHours":{"monday":[{"from":"17:00","to":"09:00"}]}}""", "businessHours")]
    [TestCase("""{"businessHours":{"monday":[{"from":"09:00","to":"12:00"},{"from":"11:00","to":"13:00"}]}}""", "businessHours")]
    [TestCase("""{"businessHours":{"monday":[null]}}""", "businessHours")]
    [TestCase("""{"businessHours":{"monday":[{"from":"\ud800","to":"12:00"}]}}""", "businessHours")]
    [TestCase("""{"businessHours":7}""", "businessHours")]
    [TestCase("""{"preChat":{"name":"always"}}""", "preChat")]
    [TestCase("""{"preChat":{"message":"required"}}""", "preChat")]
    [TestCase("""{"preChat":[]}""", "preChat")]
    [TestCase("""{"holidays":[{"date":"2026-02-30","name":"x","times":[]}]}""", "holidays")]
    [TestCase("""{"holidays":[{"date":"2026-02-03","name":" ","times":[]}]}""", "holidays")]
    [TestCase("""{"holidays":[{"date":"2026-02-03","name":"x","times":[{"from":"12:00","to":"11:00"}]}]}""", "holidays")]
    [TestCase("""{"holidays":[{"date":"2026-02-03","name":"x","times":[]},{"date":"2026-02-03","name":"y","times":[]}]}""", "holidays")]
    [TestCase("""{"holidays":[null]}""", "holidays")]
    [TestCase("""{"enquiryTemplate":{"name":" "}}""", "enquiryTemplate")]
    [TestCase("""{"enquiryTemplate":{"language":"en"}}""", "enquiryTemplate")]
    [TestCase("""{"enquiryTemplate":{"name":"ask","language":"a language of many letters"}}""", "enquiryTemplate")]
    [TestCase("""{"enquiryTemplate":"ask"}""", "enquiryTemplate")]
    [TestCase("""{"holidays":{"date":"2026-02-03"}}""", "holidays")]
    public async Task What_is_wrong_is_said_by_field_and_changes_nothing(string body, string field)
    {
        var client = _host.Operator("admin");
        var before = await client.GetStringAsync("/api/settings");

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var response = await client.PatchAsync("/api/settings", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
        Assert.That(await client.GetStringAsync("/api/settings"), Is.EqualTo(before));
    }

    [Test]
    public async Task The_wait_for_bursts_and_the_allowed_origins_count_at_once()
    {
        _host.AnswerWith("Hello.");
        var client = _host.Operator("admin");
        var customer = await _host.Customer();
        await Patch(client, new { burstWaitMs = 1234, allowedOrigins = new[] { "https://shop.example.com" } });

        using var send = new HttpRequestMessage(HttpMethod.Post, "/api/messages/process_message") { Content = JsonContent.Create(new { text = "hi" }) };
        send.Headers.Add("Prefer", "respond-async");
        await customer.Client.SendAsync(send);
        Assert.That(_host.Broker.Published.OfType<CustomerMessageReceived>().Single().BurstWait, Is.EqualTo(TimeSpan.FromMilliseconds(1234)));

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/chat/sessions") { Content = JsonContent.Create(new { }), Headers = { { "Origin", "https://other.example.com" } } };
        Assert.That((await _host.CreateClient().SendAsync(foreign)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task What_is_asked_before_the_chat_is_asked_until_it_is_known()
    {
        var client = _host.Operator("admin");
        await Patch(client, new { preChat = new { name = "required", email = "optional", message = "required" } });
        Assert.That((await client.GetFromJsonAsync<JsonObject>("/api/settings"))!["preChat"]!["name"]!.GetValue<string>(), Is.EqualTo("required"));

        var visitor = await _host.Customer();
        var first = await Session(visitor.Client, new { visitorId = visitor.VisitorId });
        Assert.That(first["preChat"]!.ToJsonString(), Is.EqualTo("""{"name":"required","email":"optional","message":"required"}"""));
        var named = await Session(visitor.Client, new { visitorId = visitor.VisitorId, name = "Ada" });
        Assert.That(named["preChat"]!.ToJsonString(), Is.EqualTo("""{"email":"optional","message":"required"}"""));
        await Session(visitor.Client, new { visitorId = visitor.VisitorId, email = "ada@example.com" });
        var known = await Session(visitor.Client, new { visitorId = visitor.VisitorId });
        Assert.That(known.ContainsKey("preChat"), Is.False);
        Assert.That(known["conversationId"]!.GetValue<Guid>(), Is.EqualTo(visitor.ConversationId));

        var back = await Patch(client, new JsonObject { ["preChat"] = null });
        Assert.That(back.ContainsKey("preChat"), Is.False);
        Assert.That((await Session(_host.CreateClient(), new { })).ContainsKey("preChat"), Is.False);
    }

    [Test]
    public async Task Holidays_are_kept_by_date_and_taken_back()
    {
        var client = _host.Operator("admin");
        var holidays = new object[]
        {
            new { date = "2026-12-25", name = "Christmas", yearly = true, times = Array.Empty<object>() },
            new { date = "2026-04-06", name = " Inventory ", times = new[] { new { from = "09:00", to = "12:00" } } },
        };
        var changed = await Patch(client, new { holidays });

        Assert.That(
            changed["holidays"]!.ToJsonString(),
            Is.EqualTo("""[{"date":"2026-04-06","name":"Inventory","yearly":false,"times":[{"from":"09:00","to":"12:00"}]},{"date":"2026-12-25","name":"Christmas","yearly":true,"times":[]}]"""));
        Assert.That((await client.GetFromJsonAsync<JsonObject>("/api/settings"))!["holidays"]!.ToJsonString(), Is.EqualTo(changed["holidays"]!.ToJsonString()));
        Assert.That((await Patch(client, new { holidays = Array.Empty<object>() })).ContainsKey("holidays"), Is.False);
    }

    private static async Task<JsonObject> Session(HttpClient client, object request)
    {
        var response = await client.PostAsJsonAsync("/api/chat/sessions", request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    [Test]
    public async Task The_gateway_and_nobody_else_is_told_what_origins_are_allowed()
    {
        const string Path = "/internal/allowed_origins";
        var origin = $"https://{Guid.NewGuid():N}.example.com";
        await Patch(_host.Operator("admin"), new { allowedOrigins = new[] { origin } });
        using var asked = new HttpRequestMessage(HttpMethod.Get, Path);
        asked.Headers.Add(InternalCalls.Header, _host.Services.GetRequiredService<InternalCalls>().Sign($"GET {Path}"));

        using var answer = await _host.CreateClient().SendAsync(asked);

        Assert.That((await answer.Content.ReadFromJsonAsync<JsonObject>())!["origins"]!.AsArray().Select(known => known!.GetValue<string>()), Does.Contain(origin));
        Assert.That((await _host.CreateClient().GetAsync(Path)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _host.Operator("owner").GetAsync(Path)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private static async Task<JsonObject> Patch(HttpClient client, object change)
    {
        var response = await client.PatchAsJsonAsync("/api/settings", change);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
