using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.StandIns;

/// <summary>What all stand-ins do alike, on each of them.</summary>
[TestFixture("whatsapp")]
[TestFixture("whatsapp-cloud")]
[TestFixture("facebook")]
[TestFixture("instagram")]
[TestFixture("telegram")]
[TestFixture("slack")]
[TestFixture("wechat")]
[TestFixture("custom")]
internal sealed class EveryChannelTests(string channel)
{
    private SandboxUnderTest _sandbox = null!;
    private string _person = "";
    private int _sent;

    [SetUp]
    public async Task Start()
    {
        _sandbox = await SandboxUnderTest.Start();
        var channels = await _sandbox.Program.GetFromJsonAsync<JsonElement>("/sandbox/api/channels");
        _person = channels.EnumerateArray().Single(one => one.GetProperty("channel").GetString() == channel).GetProperty("people")[0].GetProperty("address").GetString()!;
    }

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task What_is_accepted_is_in_the_outbox_with_its_exchange()
    {
        using var response = await Send("hello");

        var item = (await _sandbox.OutboxOf(channel, $"&to={Uri.EscapeDataString(_person)}")).Single();
        Assert.That(item.GetProperty("body").GetString(), Is.EqualTo("hello"));
        var exchanges = (await _sandbox.Call($"/sandbox/api/{channel}/exchanges?message={Uri.EscapeDataString(item.GetProperty("sid").GetString()!)}", null)).Body.GetProperty("items");
        var call = exchanges.EnumerateArray().Single(one => one.GetProperty("direction").GetString() == "call");
        Assert.That(call.GetProperty("request").GetString(), Does.Contain("hello").And.Not.Contain(SandboxUnderTest.AuthToken).And.Not.Contain(Credentials.WhatsAppToken));
    }

    [Test]
    public async Task A_lost_answer_leaves_an_accepted_message_and_a_cut_connection_none()
    {
        await _sandbox.SetFaults(channel, new { timeoutAfterAccept = 1 });
        Assert.That(async () => await Send("lost answer"), Throws.InstanceOf<HttpRequestException>());
        await _sandbox.SetFaults(channel, new { cutConnection = 1 });
        Assert.That(async () => await Send("cut"), Throws.InstanceOf<HttpRequestException>());

        Assert.That((await _sandbox.OutboxOf(channel)).Select(item => item.GetProperty("body").GetString()), Is.EqualTo(new[] { "lost answer" }));
    }

    [TestCase("send5xx")]
    [TestCase("sendStatus429")]
    [TestCase("recipientGone")]
    public async Task A_refused_message_is_not_accepted(string fault)
    {
        await _sandbox.SetFaults(channel, new Dictionary<string, int> { [fault] = 1 });
        using var refused = await Send("refused");
        await _sandbox.SetFaults(channel, new { });
        using var accepted = await Send("accepted");

        Assert.That(await refused.Content.ReadAsStringAsync(), Is.Not.EqualTo(await accepted.Content.ReadAsStringAsync()));
        Assert.That((await _sandbox.OutboxOf(channel)).Select(item => item.GetProperty("body").GetString()), Is.EqualTo(new[] { "accepted" }));
    }

    [Test]
    public async Task A_duplicated_webhook_is_the_same_one_again()
    {
        await _sandbox.SetFaults(channel, new { duplicateInbound = 1 });

        var result = await _sandbox.Inbound(channel, new { from = _person, text = "hello" });

        Assert.That(_sandbox.Webhooks, Has.Count.EqualTo(2));
        Assert.That(_sandbox.Webhooks.Select(webhook => webhook.Body).Distinct().Count(), Is.EqualTo(1));
        Assert.That(result.GetProperty("attempts").GetInt32(), Is.EqualTo(2));
    }

    [TestCase("delayMs", 120)]
    [TestCase("reorderInbound", 1)]
    public async Task A_webhook_is_held_back(string fault, int value)
    {
        await _sandbox.SetFaults(channel, new Dictionary<string, int> { [fault] = value });
        var start = Stopwatch.GetTimestamp();

        await _sandbox.Inbound(channel, new { from = _person, text = "hello" });

        Assert.That(Stopwatch.GetElapsedTime(start), Is.GreaterThan(TimeSpan.FromMilliseconds(49)));
        Assert.That(_sandbox.Webhooks, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_webhook_of_an_id_can_be_sent_again_and_raw_content_is_signed()
    {
        var sid = (await _sandbox.Inbound(channel, new { from = _person, text = "hello" })).GetProperty("messageSid").GetString();
        await _sandbox.Inbound(channel, new { from = _person, text = "hello", sid, count = 3 });
        await _sandbox.Inbound(channel, new { raw = "{\"broken\":" });

        Assert.That(_sandbox.Webhooks, Has.Count.EqualTo(5));
        Assert.That(_sandbox.Webhooks.Take(4).Select(webhook => webhook.Headers.Keys.Order()), Is.All.EqualTo(_sandbox.Webhooks.First().Headers.Keys.Order()));
    }

    [Test]
    public async Task What_the_channel_does_not_have_is_refused_by_name()
    {
        using var impossible = await _sandbox.Program.PostAsJsonAsync($"/sandbox/api/{channel}/inbound", new { from = _person, @event = "eclipse" });
        using var nobody = await _sandbox.Program.PostAsJsonAsync($"/sandbox/api/{channel}/inbound", new { from = "no body", text = "hello" });

        Assert.That(((int)impossible.StatusCode, (int)nobody.StatusCode), Is.EqualTo((400, 400)));
        Assert.That(await impossible.Content.ReadAsStringAsync(), Does.Contain("\"event\""));
        Assert.That(await nobody.Content.ReadAsStringAsync(), Does.Contain("\"from\""));
        Assert.That(_sandbox.Webhooks, Is.Empty);
    }

    private async Task<HttpResponseMessage> Send(string text)
    {
        using var request = channel switch
        {
            "whatsapp" => Twilio(text),
            "whatsapp-cloud" => Bearer($"/v23.0/{Credentials.PhoneNumberId}/messages", Credentials.WhatsAppToken, new { messaging_product = "whatsapp", to = _person, type = "text", text = new { body = text } }),
            "facebook" => Bearer($"/v23.0/{Credentials.PageId}/messages", Credentials.MessengerToken, new { recipient = new { id = _person }, message = new { text } }),
            "instagram" => Bearer($"/v25.0/{Credentials.AccountId}/messages", Credentials.InstagramToken, new { recipient = new { id = _person }, message = new { text } }),
            "telegram" => Bearer($"/bot{Credentials.BotToken}/sendMessage", null, new { chat_id = _person, text }),
            "slack" => Bearer("/api/chat.postMessage", Credentials.SlackToken, new { channel = _person, text }),
            "wechat" => Bearer($"/cgi-bin/message/custom/send?access_token={await WeChatToken()}", null, new { touser = _person, msgtype = "text", text = new { content = text } }),
            _ => Custom(text),
        };
        return await _sandbox.Program.SendAsync(request);
    }

    private HttpRequestMessage Twilio(string text) => new(HttpMethod.Post, SandboxUnderTest.Messages)
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SandboxUnderTest.AccountSid}:{SandboxUnderTest.AuthToken}"))) },
        Content = new FormUrlEncodedContent([new("To", _person), new("From", SandboxUnderTest.From), new("Body", text)]),
    };

    private static HttpRequestMessage Bearer(string path, string? token, object content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(content) };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private HttpRequestMessage Custom(string text)
    {
        var payload = JsonSerializer.Serialize(new { type = "message.created", timestamp = "2026-01-01T00:00:00Z", data = new { conversation = $"c-{_person}", message = new { id = "m-1", text } } });
        var (id, timestamp) = ($"msg_{++_sent}", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Credentials.CustomSecret[6..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{payload}")));
        var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/api/custom/callback") { Content = new StringContent(payload, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{signature}");
        return request;
    }

    private async Task<string> WeChatToken() => (await _sandbox.Call(
        "/cgi-bin/stable_token", new { grant_type = "client_credential", appid = Credentials.WeChatAppId, secret = Credentials.WeChatSecret })).Body.GetProperty("access_token").GetString()!;
}
