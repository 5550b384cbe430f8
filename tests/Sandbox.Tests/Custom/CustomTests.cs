using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistify.Sandbox.Custom;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Custom;

internal sealed class CustomTests : EachWithSandbox
{
    private const string Payload = """{"type":"message.created","timestamp":"2026-01-01T00:00:00Z","data":{"conversation":"c-u-1","message":{"id":"m-1","text":"Grüezi 👋"}}}""";

    [TestCase("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}""", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [TestCase(
        Credentials.CustomSecret, "msg_p1", "1767225600",
        """{"type":"message.created","timestamp":"2026-01-01T00:00:00Z","data":{"conversation":"c-1","message":{"id":"m-1","text":"Grüezi 👋","from":{"id":"u-1","name":"Ueli"}}}}""",
        "v1,IAkXRjCwnP7s8+FcqUjO0J/2tKhj1A1BrF51iGY7QUA=")]
    public void The_published_signatures_come_out(string secret, string id, string timestamp, string body, string signature) =>
        Assert.That(StandardWebhooks.Sign(secret, id, timestamp, Encoding.UTF8.GetBytes(body)), Is.EqualTo(signature));

    [Test]
    public async Task A_customers_message_is_signed_afresh_at_each_attempt_with_one_id()
    {
        _sandbox.Answer = number => number == 0 ? 500 : 204;

        var result = await _sandbox.Inbound("custom", new { from = "u-1", text = "Grüezi 👋", profileName = "Ueli" });

        var webhooks = _sandbox.Webhooks.ToList();
        foreach (var webhook in webhooks)
            Assert.That(webhook.Headers["webhook-signature"], Is.EqualTo(Sign(webhook.Headers["webhook-id"], webhook.Headers["webhook-timestamp"], webhook.Raw)));
        Assert.That(webhooks.Select(webhook => webhook.Headers["webhook-id"]), Is.All.EqualTo(result.GetProperty("messageSid").GetString()));
        Assert.That(webhooks[1].Json.GetProperty("data").GetProperty("message").GetProperty("text").GetString(), Is.EqualTo("Grüezi 👋"));
        Assert.That(webhooks[1].Json.GetProperty("data").GetProperty("message").GetProperty("from").GetProperty("name").GetString(), Is.EqualTo("Ueli"));
        Assert.That(webhooks, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Choices_pictures_edits_and_deletions_have_their_form()
    {
        var sid = (await _sandbox.Inbound("custom", new { from = "u-1", text = "first" })).GetProperty("messageSid").GetString()!;
        await _sandbox.Inbound("custom", new { from = "u-1", text = "fixed", edit = sid });
        await _sandbox.Inbound("custom", new { from = "u-1", delete = sid });
        await _sandbox.Inbound("custom", new { from = "u-1", button = new { text = "Yes", payload = "ok:1" } });
        await _sandbox.Inbound("custom", new { from = "u-1", media = new[] { new { contentType = "image/png", base64 = Convert.ToBase64String([1, 2, 3]) } } });

        var webhooks = _sandbox.Webhooks.Skip(1).Select(webhook => webhook.Json).ToList();
        var messages = webhooks.ConvertAll(webhook => webhook.GetProperty("data").GetProperty("message"));
        Assert.That(webhooks.Select(webhook => webhook.GetProperty("type").GetString()), Is.EqualTo(new[] { "message.updated", "message.deleted", "message.created", "message.created" }));
        Assert.That(messages.Take(2).Select(message => message.GetProperty("id").GetString()), Is.All.EqualTo(sid["msg_".Length..]));
        Assert.That(messages[2].GetProperty("choice").GetProperty("id").GetString(), Is.EqualTo("ok:1"));
        Assert.That(await _sandbox.Program.GetByteArrayAsync(new Uri(messages[3].GetProperty("attachments")[0].GetProperty("url").GetString()!).PathAndQuery), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Our_webhook_is_taken_once_however_often_it_comes()
    {
        var first = await Post("msg_1", Payload);
        var again = await Post("msg_1", Payload);

        Assert.That((first, again), Is.EqualTo((200, 200)));
        Assert.That((await _sandbox.OutboxOf("custom", "&to=u-1")).Single().GetProperty("body").GetString(), Is.EqualTo("Grüezi 👋"));
    }

    [Test]
    public async Task What_is_not_authentic_or_no_message_is_refused()
    {
        Assert.That(await Post("msg_1", Payload, signature: "v1,AAAA"), Is.EqualTo(401));
        Assert.That(await Post("msg_1", Payload, signature: ""), Is.EqualTo(400));
        Assert.That(await Post("msg.1", Payload), Is.EqualTo(400));
        Assert.That(await Post("msg_1", Payload, age: 301), Is.EqualTo(401));
        Assert.That(await Post("msg_1", Payload, age: -301), Is.EqualTo(401));
        Assert.That(await Post("msg_1", "{"), Is.EqualTo(422));
        Assert.That(await Post("msg_1", Payload.Replace("Grüezi", new string('x', 21_000), StringComparison.Ordinal)), Is.EqualTo(413));
        Assert.That(await _sandbox.OutboxOf("custom"), Is.Empty);
    }

    [Test]
    public async Task A_matching_signature_among_others_is_enough_and_a_gone_endpoint_says_so()
    {
        Assert.That(await Post("msg_1", Payload, before: "v1,eHh4 v1a,abc "), Is.EqualTo(200));
        await _sandbox.SetFaults("custom", new { recipientGone = 1 });
        Assert.That(await Post("msg_2", Payload), Is.EqualTo(410));
        await _sandbox.SetFaults("custom", new { timeoutAfterAccept = 1 });
        Assert.That(async () => await Post("msg_3", Payload), Throws.InstanceOf<HttpRequestException>());
        await _sandbox.SetFaults("custom", new { cutConnection = 1 });
        Assert.That(async () => await Post("msg_4", Payload), Throws.InstanceOf<HttpRequestException>());

        Assert.That((await _sandbox.OutboxOf("custom")).Select(item => item.GetProperty("sid").GetString()), Is.EqualTo(new[] { "msg_1", "msg_3" }));
    }

    private async Task<int> Post(string id, string payload, string? signature = null, int age = 0, string before = "")
    {
        var timestamp = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - age).ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/api/custom/callback") { Content = new StringContent(payload, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", before + (signature ?? Sign(id, timestamp, Encoding.UTF8.GetBytes(payload))));
        using var response = await _sandbox.Program.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static string Sign(string id, string timestamp, byte[] body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Credentials.CustomSecret[6..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{Encoding.UTF8.GetString(body)}")));
}
