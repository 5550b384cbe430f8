using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Meta;

internal sealed class PageMessagesTests : EachWithSandbox
{
    private const string Person = "6712345678901234";

    [Test]
    public async Task An_accepted_message_comes_back_as_echo_and_is_delivered_by_watermark()
    {
        var (status, body, _) = await Messenger(new { text = "Pick one", metadata = "out:77", quick_replies = new[] { new { content_type = "text", title = "Order status", payload = "ORDER" } } });

        var mid = body.GetProperty("message_id").GetString();
        Assert.That(status, Is.EqualTo(200));
        Assert.That(body.GetProperty("recipient_id").GetString(), Is.EqualTo(Person));
        var webhooks = await _sandbox.Received(2);
        foreach (var webhook in webhooks) AssertSigned(webhook);
        var echo = Item(webhooks[0]);
        Assert.That(echo.GetProperty("sender").GetProperty("id").GetString(), Is.EqualTo(Credentials.PageId));
        Assert.That(echo.GetProperty("message").GetProperty("mid").GetString(), Is.EqualTo(mid));
        Assert.That(echo.GetProperty("message").GetProperty("metadata").GetString(), Is.EqualTo("out:77"));
        Assert.That(echo.GetProperty("message").GetProperty("app_id").ValueKind, Is.EqualTo(JsonValueKind.Number));
        Assert.That(Item(webhooks[1]).GetProperty("delivery").GetProperty("mids")[0].GetString(), Is.EqualTo(mid));
        Assert.That(Item(webhooks[1]).TryGetProperty("timestamp", out _), Is.False);
        Assert.That(webhooks[1].PathAndQuery, Is.EqualTo("/api/webhooks/facebook"));
        Assert.That((await _sandbox.OutboxOf("facebook")).Single().GetProperty("choices")[0].GetProperty("payload").GetString(), Is.EqualTo("ORDER"));
    }

    [Test]
    public async Task Instagram_echoes_name_no_app_and_its_reads_name_the_message()
    {
        await _sandbox.SetFaults("instagram", new { statusSteps = new[] { "echo", "read" } });

        var (_, body, _) = await Instagram("hola");

        var webhooks = await _sandbox.Received(2);
        Assert.That(webhooks.Select(webhook => webhook.Json.GetProperty("object").GetString()), Is.All.EqualTo("instagram"));
        Assert.That(Item(webhooks[0]).GetProperty("message").TryGetProperty("app_id", out _), Is.False);
        Assert.That(Item(webhooks[1]).GetProperty("read").GetProperty("mid").GetString(), Is.EqualTo(body.GetProperty("message_id").GetString()));
    }

    [Test]
    public async Task Conversations_are_shown_newest_first_with_the_fields_that_are_asked_for()
    {
        await Messenger(new { text = "Pick one" });
        await _sandbox.Inbound("facebook", new { from = Person, text = "hi" });
        await _sandbox.Inbound("facebook", new { from = "6712345678905678", text = "hello" });

        var list = await Shown("conversations?platform=messenger&fields=updated_time,messages.limit(1){id,created_time,from,message}");
        Assert.That(list.Body.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()), Is.EqualTo(["t_6712345678905678", $"t_{Person}"]));
        var messages = (await Shown($"conversations?platform=messenger&user_id={Person}&fields=messages.limit(1){{created_time,from,message}}")).Body.GetProperty("data")[0].GetProperty("messages");
        var newest = messages.GetProperty("data")[0];
        Assert.That((newest.GetProperty("message").GetString(), newest.GetProperty("from").GetProperty("id").GetString()), Is.EqualTo(("hi", Person)));
        Assert.That(newest.GetProperty("created_time").GetString(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$"));
        var after = Uri.EscapeDataString(messages.GetProperty("paging").GetProperty("cursors").GetProperty("after").GetString()!);
        var older = (await _sandbox.Call($"/v23.0/t_{Person}/messages?fields=from,message&limit=1&after={after}", null, Credentials.MessengerToken)).Body;
        Assert.That((older.GetProperty("data")[0].GetProperty("message").GetString(), older.GetProperty("data")[0].GetProperty("from").GetProperty("id").GetString()), Is.EqualTo(("Pick one", Credentials.PageId)));
        Assert.That(older.GetProperty("paging").TryGetProperty("next", out _), Is.False);
    }

    [Test]
    public async Task The_Conversations_API_is_as_strict_as_the_provider()
    {
        await _sandbox.Inbound("facebook", new { from = Person, text = "hi" });
        foreach (var (path, code) in new[]
        {
            ("conversations?platform=instagram", 100), ("conversations?platform=messenger&fields=secrets", 100), ("conversations?platform=messenger&after=x", 100),
            ("conversations?platform=messenger&limit=501", 100), ("conversations?platform=messenger&fields=messages{secrets}", 100),
        })
        {
            Assert.That(Code((await Shown(path)).Body), Is.EqualTo(code), path);
        }

        Assert.That(Code((await _sandbox.Call("/v23.0/t_1999999999999999/messages", null, Credentials.MessengerToken)).Body), Is.EqualTo(100));
        Assert.That(Code((await _sandbox.Call($"/v23.0/{Credentials.PageId}/conversations", null, "guess")).Body), Is.EqualTo(190));
        await _sandbox.SetFaults("facebook", new { missingScope = true });
        Assert.That(Code((await Shown("conversations?platform=messenger")).Body), Is.EqualTo(200));
        await _sandbox.SetFaults("facebook", new { sendStatus429 = 1 });
        Assert.That(Code((await Shown("conversations?platform=messenger")).Body), Is.EqualTo(613));
    }

    [Test]
    public async Task Instagram_shows_the_last_twenty_messages_in_full()
    {
        await _sandbox.Inbound("instagram", new { from = Person, text = "hi", count = 21 });

        var messages = (await _sandbox.Call($"/v23.0/{Credentials.AccountId}/conversations?platform=instagram&fields=messages.limit(20){{message}}", null, Credentials.InstagramToken))
            .Body.GetProperty("data")[0].GetProperty("messages");
        Assert.That(messages.GetProperty("data").GetArrayLength(), Is.EqualTo(20));
        var after = Uri.EscapeDataString(messages.GetProperty("paging").GetProperty("cursors").GetProperty("after").GetString()!);
        Assert.That(Code((await _sandbox.Call($"/v23.0/t_{Person}/messages?fields=message&after={after}", null, Credentials.InstagramToken)).Body), Is.EqualTo(100));
        Assert.That((await _sandbox.Call($"/v23.0/t_{Person}/messages?after={after}", null, Credentials.InstagramToken)).Body.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Shown(string path) =>
        _sandbox.Call($"/v23.0/{Credentials.PageId}/{path}", null, Credentials.MessengerToken);

    [Test]
    public async Task Texts_are_measured_in_characters_on_Messenger_and_in_bytes_on_Instagram()
    {
        Assert.That((await Messenger(new { text = new string('é', 2000) })).Status, Is.EqualTo(200));
        Assert.That(Code((await Messenger(new { text = new string('é', 2001) })).Body), Is.EqualTo(100));
        Assert.That((await Instagram(string.Concat(Enumerable.Repeat("👟", 250)))).Status, Is.EqualTo(200));
        Assert.That(Code((await Instagram(string.Concat(Enumerable.Repeat("👟", 251)))).Body), Is.EqualTo(100));
    }

    [Test]
    public async Task What_the_Send_API_refuses_is_refused_with_its_code()
    {
        object Generic(int elements, int buttons) => new
        {
            attachment = new
            {
                type = "template",
                payload = new
                {
                    template_type = "generic",
                    elements = Enumerable.Range(1, elements).Select(n => new
                    {
                        title = $"Shoe {n}", buttons = Enumerable.Range(1, buttons).Select(b => new { type = "postback", title = $"Buy {b}", payload = $"BUY:{n}:{b}" }),
                    }),
                },
            },
        };
        object Replies(int count) => new { text = "?", quick_replies = Enumerable.Range(1, count).Select(n => new { content_type = "text", title = $"{n}", payload = $"{n}" }) };

        foreach (var message in new[] { Generic(11, 1), Generic(1, 4), Replies(14), new { }, new { attachment = new { type = "image", payload = new { url = "nowhere" } } } })
        {
            var refused = await Messenger(message);
            Assert.That((refused.Status, Code(refused.Body)), Is.EqualTo((400, 100)), JsonSerializer.Serialize(message));
        }

        Assert.That((await Messenger(Generic(10, 3))).Status, Is.EqualTo(200));
        Assert.That((await Messenger(Replies(13))).Status, Is.EqualTo(200));
        var retired = await Post(new { recipient = new { id = Person }, messaging_type = "MESSAGE_TAG", tag = "ACCOUNT_UPDATE", message = new { text = "hi" } });
        var human = await Post(new { recipient = new { id = Person }, messaging_type = "MESSAGE_TAG", tag = "HUMAN_AGENT", message = new { text = "hi" } });
        var typing = await Post(new { recipient = new { id = Person }, sender_action = "typing_on" });
        var nobody = await Post(new { recipient = new { id = "me" }, message = new { text = "hi" } });
        Assert.That(Code(retired.Body), Is.EqualTo(100));
        Assert.That(human.Status, Is.EqualTo(200));
        Assert.That(typing.Body.GetProperty("recipient_id").GetString(), Is.EqualTo(Person));
        Assert.That(nobody.Body.GetProperty("error").GetProperty("error_subcode").GetInt32(), Is.EqualTo(2018001));
    }

    [Test]
    public async Task Window_limit_and_absence_have_the_providers_errors()
    {
        await _sandbox.SetFaults("facebook", new { enforceWindow = true });
        var late = await Messenger(new { text = "hi" });
        await _sandbox.Inbound("facebook", new { from = Person, text = "hello" });
        var inTime = await Messenger(new { text = "hi" });
        await _sandbox.SetFaults("facebook", new { sendStatus429 = 1 });
        var limited = await Messenger(new { text = "hi" });
        await _sandbox.SetFaults("facebook", new { recipientGone = 1 });
        var gone = await Messenger(new { text = "hi" });

        Assert.That((late.Status, Code(late.Body), Subcode(late.Body)), Is.EqualTo((400, 10, 2018278)));
        Assert.That(inTime.Status, Is.EqualTo(200));
        Assert.That((limited.Status, Code(limited.Body)), Is.EqualTo((400, 613)));
        Assert.That((gone.Status, Code(gone.Body), Subcode(gone.Body)), Is.EqualTo((400, 551, 1545041)));
    }

    [Test]
    public async Task A_given_proof_must_fit()
    {
        var proof = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Credentials.AppSecret), Encoding.UTF8.GetBytes(Credentials.MessengerToken))).ToLowerInvariant();
        var content = new { recipient = new { id = Person }, message = new { text = "hi" } };

        var good = await _sandbox.Call($"/v23.0/{Credentials.PageId}/messages?access_token={Credentials.MessengerToken}&appsecret_proof={proof}", content);
        var bad = await _sandbox.Call($"/v23.0/{Credentials.PageId}/messages?access_token={Credentials.MessengerToken}&appsecret_proof=00", content);

        Assert.That(good.Status, Is.EqualTo(200));
        Assert.That(Code(bad.Body), Is.EqualTo(100));
    }

    [Test]
    public async Task Every_kind_of_event_has_the_providers_form()
    {
        (string Channel, object Request, string Path, string Value)[] kinds =
        [
            ("facebook", new { from = Person, text = "Livrez-vous à Genève ?" }, "message.text", "Livrez-vous à Genève ?"),
            ("facebook", new { from = Person, button = new { text = "Talk to a person", payload = "HANDOFF" } }, "message.quick_reply.payload", "HANDOFF"),
            ("facebook", new { from = Person, button = new { text = "Track", payload = "TRACK:1", kind = "postback" } }, "postback.payload", "TRACK:1"),
            ("facebook", new { from = Person, text = "this", replyTo = "m_x" }, "message.reply_to.mid", "m_x"),
            ("facebook", new { from = Person, reaction = new { sid = "m_x", emoji = "👍" } }, "reaction.action", "react"),
            ("facebook", new { from = Person, text = "fixed", edit = "m_x1" }, "message_edit.text", "fixed"),
            ("facebook", new { from = Person, text = "Ana from the team", echo = true }, "sender.id", Credentials.PageId),
            ("facebook", new { from = Person, @event = "referral" }, "referral.source", "SHORTLINK"),
            ("instagram", new { from = Person, reaction = new { sid = "ig_x" } }, "reaction.action", "unreact"),
            ("instagram", new { from = Person, delete = "ig_del" }, "message.mid", "ig_del"),
        ];
        foreach (var (channel, request, path, expected) in kinds)
        {
            _sandbox.Webhooks.Clear();
            await _sandbox.Inbound(channel, request);
            var webhook = await _sandbox.TheWebhook();
            AssertSigned(webhook);
            var node = Item(webhook);
            foreach (var name in path.Split('.')) node = node.GetProperty(name);
            Assert.That(node.GetString(), Is.EqualTo(expected), path);
        }
    }

    [Test]
    public async Task Pictures_have_an_address_that_expires_and_people_a_profile()
    {
        await _sandbox.Inbound("facebook", new { from = Person, profileName = "Zoë Olsen", media = new[] { new { contentType = "image/png", base64 = Convert.ToBase64String([1, 2, 3]) } } });
        var address = new Uri(Item(await _sandbox.TheWebhook()).GetProperty("message").GetProperty("attachments")[0].GetProperty("payload").GetProperty("url").GetString()!).PathAndQuery;

        Assert.That(await _sandbox.Program.GetByteArrayAsync(address), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That((await _sandbox.Call(address.Replace("oh=", "oh=0", StringComparison.Ordinal), null)).Status, Is.EqualTo(404));
        Assert.That((await _sandbox.Call($"/v23.0/{Person}?fields=first_name", null, Credentials.MessengerToken)).Body.GetProperty("first_name").GetString(), Is.EqualTo("Zoë"));
        Assert.That((await _sandbox.Call("/v23.0/6799999999999999", null, Credentials.MessengerToken)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_webhook_that_is_not_taken_is_repeated_until_it_is()
    {
        _sandbox.Answer = number => number < 3 ? 500 : 200;

        var result = await _sandbox.Inbound("facebook", new { from = Person, text = "hello" });

        Assert.That(result.GetProperty("attempts").GetInt32(), Is.EqualTo(4));
        Assert.That(_sandbox.Webhooks.Select(webhook => webhook.Body).Distinct().Count(), Is.EqualTo(1));
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Messenger(object message) => Post(new { recipient = new { id = Person }, messaging_type = "RESPONSE", message });

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Post(object content) =>
        _sandbox.Call($"/v23.0/{Credentials.PageId}/messages", content, Credentials.MessengerToken);

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Instagram(string text) =>
        _sandbox.Call($"/v25.0/{Credentials.AccountId}/messages", new { recipient = new { id = "1254459154682919" }, message = new { text } }, Credentials.InstagramToken);

    private static JsonElement Item(Webhook webhook) => webhook.Json.GetProperty("entry")[0].GetProperty("messaging")[0];

    private static int Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetInt32();

    private static int Subcode(JsonElement body) => body.GetProperty("error").GetProperty("error_subcode").GetInt32();

    private static void AssertSigned(Webhook webhook) => Assert.That(
        webhook.Headers["X-Hub-Signature-256"],
        Is.EqualTo("sha256=" + Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Credentials.AppSecret), webhook.Raw)).ToLowerInvariant()));
}
