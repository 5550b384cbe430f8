using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistify.Sandbox.Slack;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Slack;

internal sealed class SlackTests : EachWithSandbox
{
    private const string Member = "U2147483697";

    [Test]
    public void The_published_signature_comes_out()
    {
        const string Body =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

        Assert.That(
            SlackSignature.Sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", Encoding.UTF8.GetBytes(Body)),
            Is.EqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"));
    }

    [Test]
    public async Task A_posted_message_comes_back_as_the_apps_own_event()
    {
        var (status, body, _) = await Api("chat.postMessage", new { channel = "D2147483697", text = "Fish & chips" });

        Assert.That(status, Is.EqualTo(200));
        Assert.That(body.GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(body.GetProperty("ts").GetString(), Does.Match(@"^\d{10}\.\d{6}$"));
        var webhook = await _sandbox.TheWebhook();
        AssertSigned(webhook);
        var own = webhook.Json.GetProperty("event");
        Assert.That(own.GetProperty("ts").GetString(), Is.EqualTo(body.GetProperty("ts").GetString()));
        Assert.That(own.GetProperty("bot_id").GetString(), Is.Not.Empty);
        Assert.That(own.GetProperty("text").GetString(), Is.EqualTo("Fish &amp; chips"));
        Assert.That((await _sandbox.OutboxOf("slack", $"&to={Member}")), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_Slack_refuses_is_refused_with_HTTP_200_and_a_name()
    {
        object Blocks(params object[] blocks) => new { channel = Member, text = "x", blocks };
        (string Method, object Content, string Error)[] cases =
        [
            ("chat.postMessage", new { text = "x" }, "channel_not_found"), ("chat.postMessage", new { channel = "nowhere", text = "x" }, "channel_not_found"),
            ("chat.postMessage", new { channel = Member }, "no_text"), ("chat.postMessage", new { channel = Member, text = new string('x', 40_001) }, "msg_too_long"),
            ("chat.postMessage", Blocks(new { type = "poster" }), "invalid_blocks"),
            ("chat.postMessage", Blocks(new { type = "section", text = new { type = "mrkdwn", text = new string('x', 3001) } }), "invalid_blocks"),
            ("chat.postMessage", Blocks([.. Enumerable.Repeat((object)new { type = "divider" }, 51)]), "invalid_blocks"),
            ("chat.update", new { channel = Member, ts = "1.2", text = "x" }, "message_not_found"), ("chat.sing", new { channel = Member }, "unknown_method"),
            ("users.info", new { user = "U0000000000" }, "user_not_found"),
        ];
        foreach (var (method, content, error) in cases)
        {
            var (status, body, _) = await Api(method, content);
            Assert.That((status, body.GetProperty("ok").GetBoolean(), body.GetProperty("error").GetString()), Is.EqualTo((200, false, error)), method);
        }

        Assert.That((await _sandbox.Call("/api/auth.test", new { })).Body.GetProperty("error").GetString(), Is.EqualTo("not_authed"));
        Assert.That((await _sandbox.Call("/api/auth.test", new { }, "xoxb-guess")).Body.GetProperty("error").GetString(), Is.EqualTo("invalid_auth"));
        Assert.That((await Api("auth.test", new { })).Body.GetProperty("bot_id").GetString(), Is.Not.Empty);
        await _sandbox.SetFaults("slack", new { sendStatus429 = 1, retryAfterSeconds = 30 });
        var limited = await Api("chat.postMessage", new { channel = Member, text = "x" });
        Assert.That((limited.Status, limited.Body.GetProperty("error").GetString(), limited.Response.Headers.RetryAfter!.Delta), Is.EqualTo((429, "ratelimited", TimeSpan.FromSeconds(30))));
    }

    [Test]
    public async Task A_direct_message_is_escaped_signed_and_repeated_with_the_same_event()
    {
        _sandbox.Answer = number => number < 2 ? 500 : 200;

        await _sandbox.Inbound("slack", new { from = Member, text = "Fish & chips <3 🐟", profileName = "Zoë" });

        var webhooks = _sandbox.Webhooks.ToList();
        foreach (var webhook in webhooks) AssertSigned(webhook);
        Assert.That(webhooks[0].Json.GetProperty("event").GetProperty("text").GetString(), Is.EqualTo("Fish &amp; chips &lt;3 🐟"));
        Assert.That(webhooks[0].Json.GetProperty("event").GetProperty("channel").GetString(), Is.EqualTo("D2147483697"));
        Assert.That(webhooks.Select(webhook => webhook.Json.GetProperty("event_id").GetString()).Distinct().Count(), Is.EqualTo(1));
        Assert.That(webhooks.Select(webhook => webhook.Headers.GetValueOrDefault("X-Slack-Retry-Num")), Is.EqualTo(new[] { null, "1", "2" }));
        Assert.That(webhooks[1].Headers["X-Slack-Retry-Reason"], Is.EqualTo("http_error"));
    }

    [Test]
    public async Task The_receiver_can_stop_the_repetitions()
    {
        _sandbox.Answer = _ => 500;
        _sandbox.AnswerHeaders["X-Slack-No-Retry"] = "1";

        var result = await _sandbox.Inbound("slack", new { from = Member, text = "hi" });

        Assert.That(result.GetProperty("attempts").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_tapped_button_is_an_interaction_of_its_block()
    {
        var blocks = new object[] { new { type = "actions", block_id = "book", elements = new[] { new { type = "button", action_id = "slot", value = "ok:1", text = new { type = "plain_text", text = "Yes" } } } } };
        var ts = (await Api("chat.postMessage", new { channel = Member, text = "Book?", blocks })).Body.GetProperty("ts").GetString();
        await _sandbox.Received(1);
        _sandbox.Webhooks.Clear();

        await _sandbox.Inbound("slack", new { from = Member, button = new { text = "Yes", payload = "ok:1", sid = ts } });

        var webhook = await _sandbox.TheWebhook();
        AssertSigned(webhook);
        var payload = JsonSerializer.Deserialize<JsonElement>(webhook.Form["payload"]);
        var action = payload.GetProperty("actions")[0];
        Assert.That((action.GetProperty("action_id").GetString(), action.GetProperty("block_id").GetString(), action.GetProperty("value").GetString()), Is.EqualTo(("slot", "book", "ok:1")));
        Assert.That(payload.GetProperty("container").GetProperty("message_ts").GetString(), Is.EqualTo(ts));

        using var late = await _sandbox.Program.PostAsync(new Uri(payload.GetProperty("response_url").GetString()!).PathAndQuery, new StringContent("""{"text":"Booked"}"""));
        Assert.That(await late.Content.ReadAsStringAsync(), Is.EqualTo("ok"));
        Assert.That((await _sandbox.OutboxOf("slack"))[^1].GetProperty("body").GetString(), Is.EqualTo("Booked"));
    }

    [Test]
    public async Task Commands_edits_deletions_and_files_have_the_providers_form()
    {
        await _sandbox.Inbound("slack", new { from = Member, text = "close #12 & thank", @event = "slash_command" });
        await _sandbox.Inbound("slack", new { from = Member, text = "fixed", edit = "1767225599.000200" });
        await _sandbox.Inbound("slack", new { from = Member, delete = "1767225599.000200" });
        await _sandbox.Inbound("slack", new { from = Member, media = new[] { new { contentType = "image/png", base64 = Convert.ToBase64String([1, 2, 3]), fileName = "a.png" } } });

        var webhooks = _sandbox.Webhooks.ToList();
        foreach (var webhook in webhooks) AssertSigned(webhook);
        Assert.That((webhooks[0].Form["command"], webhooks[0].Form["text"]), Is.EqualTo(("/helpdesk", "close #12 & thank")));
        Assert.That(webhooks[1].Json.GetProperty("event").GetProperty("message").GetProperty("ts").GetString(), Is.EqualTo("1767225599.000200"));
        Assert.That(webhooks[2].Json.GetProperty("event").GetProperty("deleted_ts").GetString(), Is.EqualTo("1767225599.000200"));
        var file = webhooks[3].Json.GetProperty("event").GetProperty("files")[0];
        using var content = (await _sandbox.Call(new Uri(file.GetProperty("url_private").GetString()!).PathAndQuery, null, Credentials.SlackToken)).Response;
        Assert.That(await content.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task What_was_written_is_listed_page_by_page_and_threads_apart()
    {
        const string Channel = "D2147483697";
        var root = (await _sandbox.Inbound("slack", new { from = Member, text = "A vase?" })).GetProperty("messageSid").GetString()!;
        var metadata = new { event_type = "mark", event_payload = new { delivery = "1" } };
        var answer = (await Api("chat.postMessage", new { channel = Channel, text = "Blue & green", thread_ts = root, metadata })).Body.GetProperty("ts").GetString()!;
        var last = (await _sandbox.Inbound("slack", new { from = Member, text = "Thanks" })).GetProperty("messageSid").GetString()!;

        var first = await Api("conversations.history", new { channel = Channel, limit = "1" });
        var second = await Api("conversations.history", new { channel = Channel, limit = "1", cursor = Next(first.Body) });
        Assert.That((Times(first.Body), Times(second.Body), Next(second.Body)), Is.EqualTo((last, root, "")));
        Assert.That(second.Body.GetProperty("messages")[0].GetProperty("latest_reply").GetString(), Is.EqualTo(answer));
        var thread = (await Api("conversations.replies", new { channel = Channel, ts = root, include_all_metadata = "true" })).Body;
        Assert.That(Times(thread), Is.EqualTo($"{root} {answer}"));
        Assert.That(thread.GetProperty("messages")[1].GetProperty("text").GetString(), Is.EqualTo("Blue &amp; green"));
        Assert.That(thread.GetProperty("messages")[1].GetProperty("metadata").GetProperty("event_payload").GetProperty("delivery").GetString(), Is.EqualTo("1"));
        Assert.That(Times((await Api("conversations.replies", new { channel = Channel, ts = root, oldest = last })).Body), Is.EqualTo(root), "a thread begins with its first message");
        Assert.That(Times((await Api("conversations.history", new { channel = Channel, oldest = last })).Body), Is.Empty);
        Assert.That(Times((await Api("conversations.history", new { channel = Channel, oldest = last, inclusive = "true" })).Body), Is.EqualTo(last));
        Assert.That((await Api("users.conversations", new { types = "im" })).Body.GetProperty("channels")[0].GetProperty("id").GetString(), Is.EqualTo(Channel));

        static string Times(JsonElement page) => string.Join(' ', page.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("ts").GetString()));
        static string? Next(JsonElement page) => page.GetProperty("response_metadata").GetProperty("next_cursor").GetString();
    }

    [Test]
    public async Task Lists_are_as_strict_as_the_provider()
    {
        (string Method, object Content, string Error)[] cases =
        [
            ("conversations.history", new { channel = "nowhere" }, "channel_not_found"), ("conversations.history", new { channel = "D2147483697", limit = "1000" }, "invalid_limit"),
            ("conversations.history", new { channel = "D2147483697", cursor = "x" }, "invalid_cursor"),
            ("conversations.history", new { channel = "D2147483697", oldest = "yesterday" }, "invalid_ts_oldest"),
            ("conversations.replies", new { channel = "D2147483697", ts = "1.0" }, "thread_not_found"), ("users.conversations", new { types = "friends" }, "invalid_types"),
            ("chat.postMessage", new { channel = Member, text = "x", metadata = new { event_type = "mark" } }, "invalid_metadata_format"),
        ];
        foreach (var (method, content, error) in cases) Assert.That((await Api(method, content)).Body.GetProperty("error").GetString(), Is.EqualTo(error), method);

        await _sandbox.SetFaults("slack", new { missingScope = true });
        foreach (var method in new[] { "conversations.history", "conversations.replies", "users.conversations" })
            Assert.That((await Api(method, new { channel = "D2147483697" })).Body.GetProperty("error").GetString(), Is.EqualTo("missing_scope"));
        await _sandbox.SetFaults("slack", new { sendStatus429 = 1, retryAfterSeconds = 30 });
        var limited = await Api("conversations.history", new { channel = "D2147483697" });
        Assert.That((limited.Status, limited.Response.Headers.RetryAfter!.Delta), Is.EqualTo((429, TimeSpan.FromSeconds(30))));
    }

    [Test]
    public async Task The_address_is_verified_by_its_challenge()
    {
        _sandbox.AnswerBody = webhook => webhook.Json.GetProperty("challenge").GetString()!;

        var (_, result, _) = await _sandbox.Call("/sandbox/api/slack/handshake", new { });

        Assert.That(result.GetProperty("passed").GetBoolean(), Is.True);
        AssertSigned(await _sandbox.TheWebhook());
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Api(string method, object content) => _sandbox.Call($"/api/{method}", content, Credentials.SlackToken);

    private static void AssertSigned(Webhook webhook)
    {
        var signed = Encoding.UTF8.GetBytes($"v0:{webhook.Headers["X-Slack-Request-Timestamp"]}:{webhook.Body}");
        Assert.That(webhook.Headers["X-Slack-Signature"],
            Is.EqualTo("v0=" + Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Credentials.SigningSecret), signed)).ToLowerInvariant()));
    }
}
