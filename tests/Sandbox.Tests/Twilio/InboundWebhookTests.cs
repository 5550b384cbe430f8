using System.Net;
using System.Net.Http.Json;
using Assistify.Sandbox.Twilio;
using NUnit.Framework;
using static Assistify.Sandbox.Tests.SandboxUnderTest;

namespace Assistify.Sandbox.Tests.Twilio;

internal sealed class InboundWebhookTests
{
    private const string PublicUrl = "https://desk.example.com/api/webhooks/whatsapp?tenant=t-101";

    [Test]
    public async Task A_customers_text_arrives_signed_with_the_public_address()
    {
        await using var sandbox = await SandboxUnderTest.Start(PublicUrl);

        var result = await sandbox.Inbound(new { from = "+447700900123", text = "Hi! Size 42 & £49.99? 👟+🧦", profileName = "Zoë O'Brien" });

        var webhook = sandbox.Webhooks.Single();
        Assert.That(result.GetProperty("status").GetInt32(), Is.EqualTo(200));
        Assert.That(result.GetProperty("attempts").GetInt32(), Is.EqualTo(1));
        Assert.That(webhook.PathAndQuery, Is.EqualTo("/api/webhooks/whatsapp?tenant=t-101"));
        Assert.That(webhook.Host, Is.EqualTo("desk.example.com"));
        Assert.That(webhook.Form, Does.ContainKey("ProfileName").WithValue("Zoë O'Brien"));
        Assert.That(webhook.Form, Does.ContainKey("Body").WithValue("Hi! Size 42 & £49.99? 👟+🧦"));
        Assert.That(webhook.Form, Does.ContainKey("From").WithValue(Customer));
        Assert.That(webhook.Form, Does.ContainKey("To").WithValue(From));
        Assert.That(webhook.Form, Does.ContainKey("WaId").WithValue("447700900123"));
        Assert.That(webhook.Form, Does.ContainKey("AccountSid").WithValue(AccountSid));
        Assert.That(webhook.Form["MessageSid"], Is.EqualTo(result.GetProperty("messageSid").GetString()));
        Assert.That(webhook.Form["SmsSid"], Is.EqualTo(webhook.Form["MessageSid"]));
        Assert.That(webhook.Signature, Is.EqualTo(TwilioSignature.Sign(AuthToken, PublicUrl, webhook.Form)));
    }

    [Test]
    public async Task The_fragment_decides_how_often_a_webhook_is_repeated_and_is_not_signed()
    {
        await using var sandbox = await SandboxUnderTest.Start(PublicUrl + "#rc=5&rp=all");
        sandbox.Answer = number => number < 2 ? 503 : 200;

        var result = await sandbox.Inbound(new { from = "+447700900123", text = "hello" });

        Assert.That(result.GetProperty("status").GetInt32(), Is.EqualTo(200));
        Assert.That(result.GetProperty("attempts").GetInt32(), Is.EqualTo(3));
        Assert.That(sandbox.Webhooks.Select(w => w.Token).Distinct().Count(), Is.EqualTo(1));
        Assert.That(sandbox.Webhooks.Select(w => w.Signature), Is.All.EqualTo(TwilioSignature.Sign(AuthToken, PublicUrl, sandbox.Webhooks.First().Form)));
    }

    [Test]
    public async Task Without_a_fragment_a_failed_webhook_is_not_repeated_but_the_message_stays_in_the_list()
    {
        await using var sandbox = await SandboxUnderTest.Start(PublicUrl);
        sandbox.Answer = _ => 500;

        var result = await sandbox.Inbound(new { from = "+447700900123", text = "lost?" });

        Assert.That(result.GetProperty("status").GetInt32(), Is.EqualTo(500));
        Assert.That(sandbox.Webhooks, Has.Count.EqualTo(1));
        var list = await sandbox.Twilio.GetStringAsync($"{Messages}?To={Uri.EscapeDataString(From)}");
        Assert.That(list, Does.Contain("lost?"));
    }

    [Test]
    public async Task Where_nobody_listens_the_result_says_so()
    {
        await using var sandbox = await SandboxUnderTest.Start(PublicUrl, new() { ["Sandbox:DeliverTo"] = "http://127.0.0.1:1" });

        var result = await sandbox.Inbound(new { from = "+447700900123", text = "hello" });

        Assert.That(result.GetProperty("status").GetInt32(), Is.Zero);
        Assert.That(result.GetProperty("attempts").GetInt32(), Is.EqualTo(2)); // Twilio repeats a failed connection once
    }

    [Test]
    public async Task Buttons_locations_and_media_travel_as_Twilio_sends_them()
    {
        await using var sandbox = await SandboxUnderTest.Start(PublicUrl);

        await sandbox.Inbound(new { from = "+447700900123", button = new { text = "Yes, confirm", payload = "booking:confirm:8812" } });
        await sandbox.Inbound(new { from = "+447700900123", location = new { latitude = 51.5, longitude = -0.12, label = "Shop" } });
        await sandbox.Inbound(new { from = "+447700900123", media = new object[] { new { contentType = "image/png", base64 = Convert.ToBase64String([1, 2, 3]) } } });

        var webhooks = sandbox.Webhooks.ToList();
        Assert.That(webhooks[0].Form["ButtonText"], Is.EqualTo("Yes, confirm"));
        Assert.That(webhooks[0].Form["ButtonPayload"], Is.EqualTo("booking:confirm:8812"));
        Assert.That(webhooks[1].Form["Latitude"], Is.EqualTo("51.5"));
        Assert.That(webhooks[1].Form["Longitude"], Is.EqualTo("-0.12"));
        Assert.That(webhooks[1].Form["MessageType"], Is.EqualTo("location"));
        Assert.That(webhooks[2].Form["NumMedia"], Is.EqualTo("1"));
        Assert.That(webhooks[2].Form["MessageSid"], Does.StartWith("MM"));
        Assert.That(webhooks[2].Form["MediaContentType0"], Is.EqualTo("image/png"));
        Assert.That(webhooks.Select(w => w.Signature), Is.EqualTo(webhooks.Select(w => TwilioSignature.Sign(AuthToken, PublicUrl, w.Form))));

        var media = new Uri(webhooks[2].Form["MediaUrl0"]).PathAndQuery;
        Assert.That(await sandbox.Twilio.GetByteArrayAsync(media), Is.EqualTo(new byte[] { 1, 2, 3 }));
        using var anonymous = await sandbox.Program.GetAsync(media);
        Assert.That(anonymous.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_same_webhook_can_be_sent_many_times_and_many_messages_in_order()
    {
        await using var sandbox = await SandboxUnderTest.Start(PublicUrl);

        await sandbox.Inbound(new { from = "+447700900123", text = "again", sid = "SM0123456789abcdef0123456789abcdef", count = 3 });
        await sandbox.Inbound(new { from = "+447700900123", text = "burst", count = 3 });

        Assert.That(sandbox.Webhooks.Count(w => w.Form["MessageSid"] == "SM0123456789abcdef0123456789abcdef"), Is.EqualTo(3));
        Assert.That(sandbox.Webhooks.Where(w => w.Form["Body"] == "burst").Select(w => w.Form["MessageSid"]).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Wrong_requests_are_refused_with_the_field()
    {
        await using var sandbox = await SandboxUnderTest.Start(PublicUrl);

        using var nobody = await sandbox.Program.PostAsJsonAsync("/sandbox/api/whatsapp/inbound", new { text = "hello" });
        using var nothing = await sandbox.Program.PostAsJsonAsync("/sandbox/api/whatsapp/inbound", new { from = "+447700900123" });
        using var garbage = await sandbox.Program.PostAsync("/sandbox/api/whatsapp/inbound", new StringContent("{", System.Text.Encoding.UTF8, "application/json"));
        using var unknown = await sandbox.Program.PostAsJsonAsync("/sandbox/api/pigeon/inbound", new { from = "+447700900123" });

        Assert.That(nobody.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await nobody.Content.ReadAsStringAsync(), Does.Contain("\"from\""));
        Assert.That(nothing.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(garbage.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await unknown.Content.ReadAsStringAsync(), Does.Contain("whatsapp-cloud"));
        Assert.That(sandbox.Webhooks, Is.Empty);
    }
}
