using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.WhatsAppCloud;

internal sealed class CloudMessagesTests : EachWithSandbox
{
    private const string Messages = $"/v23.0/{Credentials.PhoneNumberId}/messages";
    private const string Channel = "whatsapp-cloud";

    [Test]
    public async Task A_text_is_accepted_and_its_statuses_carry_our_reference()
    {
        var (status, body, _) = await Send(Text("Grüße 👟", reference: "out-77"));

        var id = body.GetProperty("messages")[0].GetProperty("id").GetString();
        Assert.That(status, Is.EqualTo(200));
        Assert.That(id, Does.StartWith("wamid."));
        Assert.That(body.GetProperty("contacts")[0].GetProperty("wa_id").GetString(), Is.EqualTo("447700900456"));
        var webhooks = await _sandbox.Received(2);
        var statuses = webhooks.Select(webhook => Value(webhook).GetProperty("statuses")[0]).ToList();
        Assert.That(statuses.Select(one => one.GetProperty("status").GetString()), Is.EqualTo(new[] { "sent", "delivered" }));
        Assert.That(statuses.Select(one => one.GetProperty("id").GetString()), Is.All.EqualTo(id));
        Assert.That(statuses.Select(one => one.GetProperty("biz_opaque_callback_data").GetString()), Is.All.EqualTo("out-77"));
        Assert.That(webhooks.Select(webhook => webhook.PathAndQuery), Is.All.EqualTo("/api/webhooks/whatsapp"));
        foreach (var webhook in webhooks) AssertSigned(webhook);
        Assert.That((await _sandbox.OutboxOf(Channel)).Single().GetProperty("body").GetString(), Is.EqualTo("Grüße 👟"));
    }

    [Test]
    public async Task A_wrong_or_expired_token_is_refused_with_190()
    {
        var wrong = await _sandbox.Call(Messages, Text("hi"), "guess");
        await _sandbox.SetFaults(Channel, new { tokenExpired = true });
        var expired = await Send(Text("hi"));

        Assert.That((wrong.Status, Code(wrong.Body)), Is.EqualTo((401, 190)));
        Assert.That((expired.Status, Code(expired.Body), expired.Body.GetProperty("error").GetProperty("error_subcode").GetInt32()), Is.EqualTo((401, 190, 463)));
        Assert.That(await _sandbox.OutboxOf(Channel), Is.Empty);
    }

    [Test]
    public async Task What_the_provider_refuses_is_refused_with_its_code()
    {
        object Buttons(int count, string title) => Of("interactive", new
        {
            type = "button", body = new { text = "Book?" },
            action = new { buttons = Enumerable.Range(1, count).Select(n => new { type = "reply", reply = new { id = $"b{n}", title = title + n } }) },
        });
        object List(int rows) => Of("interactive", new
        {
            type = "list", body = new { text = "Pick" },
            action = new { button = "Options", sections = new[] { new { rows = Enumerable.Range(1, rows).Select(n => new { id = $"r{n}", title = $"Row {n}" }) } } },
        });

        (object Content, int Code)[] cases =
        [
            (new { to = "447700900456" }, 100), (new { messaging_product = "whatsapp", text = new { body = "x" } }, 100),
            (new { messaging_product = "whatsapp", to = "hello", text = new { body = "x" } }, 131009), (Of("poll", new { }), 100), (Text(""), 131008),
            (Text(new string('x', 4097)), 100), (Buttons(4, "Yes "), 131009), (Buttons(1, "A title of more than 20"), 131009), (List(11), 131009),
            (Of("template", new { name = "Not A Name", language = new { code = "en" } }), 132001), (Of("image", new { caption = "no address" }), 131008),
        ];
        foreach (var (content, code) in cases)
        {
            var refused = await Send(content);
            Assert.That((refused.Status is 400 or 404, Code(refused.Body)), Is.EqualTo((true, code)), JsonSerializer.Serialize(content));
        }

        Assert.That((await Send(Text(new string('x', 4096)))).Status, Is.EqualTo(200));
        Assert.That((await Send(Buttons(3, "Yes "))).Status, Is.EqualTo(200));
        Assert.That((await Send(List(10))).Status, Is.EqualTo(200));
        var last = (await _sandbox.OutboxOf(Channel))[^1].GetProperty("choices");
        Assert.That(last.GetArrayLength(), Is.EqualTo(10));
        Assert.That(last[0].GetProperty("kind").GetString(), Is.EqualTo("list"));
    }

    [Test]
    public async Task Another_number_is_no_object_of_this_token()
    {
        var other = await _sandbox.Call("/v23.0/999/messages", Text("hi"), Credentials.WhatsAppToken);

        Assert.That((other.Status, Code(other.Body), other.Body.GetProperty("error").GetProperty("error_subcode").GetInt32()), Is.EqualTo((400, 100, 33)));
    }

    [Test]
    public async Task A_customers_message_is_escaped_and_signed()
    {
        await _sandbox.Inbound(Channel, new { from = "+447700900456", text = "Größe 42? 👟 a/b", profileName = "Amélie" });

        var webhook = await _sandbox.TheWebhook();
        AssertSigned(webhook);
        Assert.That(webhook.Body, Does.Contain("Gr\\u00f6\\u00dfe 42? \\ud83d\\udc5f a\\/b"));
        var message = Value(webhook).GetProperty("messages")[0];
        Assert.That(message.GetProperty("from").GetString(), Is.EqualTo("447700900456"));
        Assert.That(message.GetProperty("text").GetProperty("body").GetString(), Is.EqualTo("Größe 42? 👟 a/b"));
        Assert.That(Value(webhook).GetProperty("contacts")[0].GetProperty("profile").GetProperty("name").GetString(), Is.EqualTo("Amélie"));
        Assert.That(Value(webhook).GetProperty("metadata").GetProperty("phone_number_id").GetString(), Is.EqualTo(Credentials.PhoneNumberId));
    }

    [Test]
    public async Task A_batch_is_one_webhook_with_every_message()
    {
        var result = await _sandbox.Inbound(Channel, new { from = "447700900456", text = "one of many", count = 1000, batch = true });

        var messages = Value(await _sandbox.TheWebhook()).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("id").GetString()).ToList();
        Assert.That(messages.Distinct().Count(), Is.EqualTo(1000));
        Assert.That(result.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("messageSid").GetString()), Is.EqualTo(messages));
    }

    [Test]
    public async Task Every_kind_of_event_has_the_providers_form()
    {
        var sent = (await _sandbox.Inbound(Channel, new { from = "447700900456", text = "first" })).GetProperty("messageSid").GetString();
        (object Request, string Path, string Value)[] kinds =
        [
            (new { from = "447700900456", button = new { text = "Yes", payload = "ok:1", sid = "wamid.X" } }, "interactive.button_reply.id", "ok:1"),
            (new { from = "447700900456", button = new { text = "Express", payload = "exp", kind = "list", description = "1 day" } }, "interactive.list_reply.description", "1 day"),
            (new { from = "447700900456", button = new { text = "Stop", payload = "stop", kind = "template" } }, "button.payload", "stop"),
            (new { from = "447700900456", reaction = new { sid = "wamid.X", emoji = "❤️" } }, "reaction.emoji", "❤️"),
            (new { from = "447700900456", text = "fixed", edit = sent }, "edit.original_message_id", sent!),
            (new { from = "447700900456", delete = sent }, "revoke.original_message_id", sent!),
            (new { from = "447700900456", text = "quoting", replyTo = "wamid.X" }, "context.id", "wamid.X"),
            (new { from = "447700900456", location = new { latitude = 51.5, longitude = -0.12, label = "Shop" } }, "location.name", "Shop"),
            (new { from = "447700900456", @event = "unsupported" }, "unsupported.type", "poll_creation"),
            (new { from = "447700900456", @event = "user_changed_number", content = new { wa_id = "447700900789" } }, "system.wa_id", "447700900789"),
            (new { from = "447700900456", content = new { order = new { catalog_id = "1", text = "Love these" } } }, "order.text", "Love these"),
            (new { from = "US.13491208655302741918", text = "no number" }, "from_user_id", "US.13491208655302741918"),
        ];
        foreach (var (request, path, expected) in kinds)
        {
            _sandbox.Webhooks.Clear();
            await _sandbox.Inbound(Channel, request);
            var node = Value(await _sandbox.TheWebhook()).GetProperty("messages")[0];
            foreach (var name in path.Split('.')) node = node.GetProperty(name);
            Assert.That(node.GetString(), Is.EqualTo(expected), path);
        }

        _sandbox.Webhooks.Clear();
        await _sandbox.Inbound(Channel, new { from = "447700900456", text = "Answered from my phone", echo = true });
        var echo = (await _sandbox.TheWebhook()).Json.GetProperty("entry")[0].GetProperty("changes")[0];
        Assert.That(echo.GetProperty("field").GetString(), Is.EqualTo("smb_message_echoes"));
        Assert.That(echo.GetProperty("value").GetProperty("message_echoes")[0].GetProperty("to").GetString(), Is.EqualTo("447700900456"));
    }

    [Test]
    public async Task Media_are_fetched_in_two_steps_with_the_token_and_for_a_while()
    {
        byte[] picture = [1, 2, 3, 4];
        await _sandbox.Inbound(Channel, new { from = "447700900456", text = "like this", media = new[] { new { contentType = "image/jpeg", base64 = Convert.ToBase64String(picture) } } });
        var image = Value(await _sandbox.TheWebhook()).GetProperty("messages")[0].GetProperty("image");

        var (_, about, _) = await _sandbox.Call($"/v23.0/{image.GetProperty("id").GetString()}?phone_number_id={Credentials.PhoneNumberId}", null, Credentials.WhatsAppToken);
        var address = new Uri(about.GetProperty("url").GetString()!).PathAndQuery;
        using var file = (await _sandbox.Call(address, null, Credentials.WhatsAppToken)).Response;
        var anonymous = await _sandbox.Call(address, null);
        var expired = await _sandbox.Call(address.Replace("oe=", "oe=1", StringComparison.Ordinal), null, Credentials.WhatsAppToken);

        Assert.That(image.GetProperty("caption").GetString(), Is.EqualTo("like this"));
        Assert.That(about.GetProperty("sha256").GetString(), Is.EqualTo(Convert.ToBase64String(SHA256.HashData(picture))));
        Assert.That(await file.Content.ReadAsByteArrayAsync(), Is.EqualTo(picture));
        Assert.That(anonymous.Status, Is.EqualTo(401));
        Assert.That(expired.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task The_address_of_the_webhook_is_verified_by_its_challenge()
    {
        _sandbox.AnswerBody = webhook => webhook.Query("hub.verify_token") == Credentials.VerifyToken ? webhook.Query("hub.challenge") : "";
        var passed = await _sandbox.Call($"/sandbox/api/{Channel}/handshake", new { });
        _sandbox.AnswerBody = _ => "something else";
        var failed = await _sandbox.Call($"/sandbox/api/{Channel}/handshake", new { });

        Assert.That(passed.Body.GetProperty("passed").GetBoolean(), Is.True);
        Assert.That(failed.Body.GetProperty("passed").GetBoolean(), Is.False);
        Assert.That(_sandbox.Webhooks.First().Method, Is.EqualTo("GET"));
        Assert.That(_sandbox.Webhooks.First().Query("hub.mode"), Is.EqualTo("subscribe"));
    }

    [Test]
    public async Task Read_marks_need_a_message_of_the_customers()
    {
        var id = (await _sandbox.Inbound(Channel, new { from = "447700900456", text = "hi" })).GetProperty("messageSid").GetString();

        var known = await Send(new { messaging_product = "whatsapp", status = "read", message_id = id, typing_indicator = new { type = "text" } });
        var unknown = await Send(new { messaging_product = "whatsapp", status = "read", message_id = "wamid.NONE" });

        Assert.That(known.Body.GetProperty("success").GetBoolean(), Is.True);
        Assert.That(Code(unknown.Body), Is.EqualTo(131009));
    }

    [Test]
    public async Task Outside_the_window_a_text_fails_with_131047_and_a_template_does_not()
    {
        await _sandbox.SetFaults(Channel, new { enforceWindow = true });

        await Send(Text("too late"));
        await Send(Of("template", new { name = "order_update", language = new { code = "en_GB" } }));

        var statuses = (await _sandbox.Received(3)).Select(webhook => Value(webhook).GetProperty("statuses")[0]).ToList();
        var failed = statuses.Single(one => one.GetProperty("status").GetString() == "failed");
        Assert.That(failed.GetProperty("errors")[0].GetProperty("code").GetInt32(), Is.EqualTo(131047));
        Assert.That(statuses.Count(one => one.GetProperty("status").GetString() == "delivered"), Is.EqualTo(1));
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Send(object content) => _sandbox.Call(Messages, content, Credentials.WhatsAppToken);

    private static Dictionary<string, object?> Text(string body, string? reference = null)
    {
        var content = Of("text", new { body });
        if (reference is not null) content["biz_opaque_callback_data"] = reference;
        return content;
    }

    private static Dictionary<string, object?> Of(string type, object content) =>
        new() { ["messaging_product"] = "whatsapp", ["to"] = "+447700900456", ["type"] = type, [type] = content };

    private static JsonElement Value(Webhook webhook) => webhook.Json.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value");

    private static int Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetInt32();

    private static void AssertSigned(Webhook webhook) => Assert.That(
        webhook.Headers["X-Hub-Signature-256"],
        Is.EqualTo("sha256=" + Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Credentials.AppSecret), webhook.Raw)).ToLowerInvariant()));
}
