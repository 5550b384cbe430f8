using System.Net.Http.Headers;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Telegram;

internal sealed class TelegramTests : EachWithSandbox
{
    private const string Chat = "5000000001";

    [Test]
    public async Task A_sent_message_has_a_number_in_its_chat()
    {
        var (status, body, _) = await Bot("sendMessage", new { chat_id = 5000000001, text = "hi <b>" });

        var result = body.GetProperty("result");
        Assert.That(status, Is.EqualTo(200));
        Assert.That(body.GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(result.GetProperty("message_id").GetInt64(), Is.Positive);
        Assert.That(result.GetProperty("chat").GetProperty("id").GetInt64(), Is.EqualTo(5000000001));
        Assert.That(result.GetProperty("from").GetProperty("is_bot").GetBoolean(), Is.True);
        Assert.That((await _sandbox.OutboxOf("telegram", $"&to={Chat}")).Single().GetProperty("body").GetString(), Is.EqualTo("hi <b>"));
    }

    [Test]
    public async Task What_Telegram_refuses_is_refused_with_its_description()
    {
        object Button(object button) => new { chat_id = Chat, text = "?", reply_markup = new { inline_keyboard = new[] { new[] { button } } } };
        (string Method, object Content, int Code, string Description)[] cases =
        [
            ("sendMessage", new { text = "hi" }, 400, "Bad Request: chat_id is empty"),
            ("sendMessage", new { chat_id = "nobody", text = "hi" }, 400, "Bad Request: chat not found"),
            ("sendMessage", new { chat_id = Chat, text = " " }, 400, "Bad Request: message text is empty"),
            ("sendMessage", new { chat_id = Chat, text = new string('x', 4097) }, 400, "Bad Request: message is too long"),
            ("sendMessage", Button(new { text = "Yes", callback_data = new string('x', 65) }), 400, "Bad Request: BUTTON_DATA_INVALID"),
            ("sendMessage", new { chat_id = Chat, text = "<i>open", parse_mode = "HTML" }, 400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"i\""),
            ("sendMessage", new { chat_id = Chat, text = "hi", reply_parameters = new { message_id = 9 } }, 400, "Bad Request: message to be replied not found"),
            ("sendPhoto", new { chat_id = Chat }, 400, "Bad Request: there is no photo in the request"),
            ("sendPhoto", new { chat_id = Chat, photo = "https://shop.example/a.png", caption = new string('x', 1025) }, 400, "Bad Request: message caption is too long"),
            ("editMessageText", new { chat_id = Chat, message_id = 9, text = "x" }, 400, "Bad Request: message to edit not found"),
            ("answerCallbackQuery", new { callback_query_id = "9" }, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
            ("sendChatAction", new { chat_id = Chat, action = "dancing" }, 400, "Bad Request: wrong parameter action in request"),
            ("sendPigeon", new { chat_id = Chat }, 404, "Not Found"),
        ];
        foreach (var (method, content, code, description) in cases)
        {
            var (status, body, _) = await Bot(method, content);
            Assert.That((status, body.GetProperty("ok").GetBoolean(), body.GetProperty("error_code").GetInt32(), body.GetProperty("description").GetString()),
                Is.EqualTo((code, false, code, description)));
        }

        Assert.That(await _sandbox.OutboxOf("telegram"), Is.Empty);
        var wrong = await _sandbox.Call("/bot7000000001:guess/getMe", null);
        Assert.That((wrong.Status, wrong.Body.GetProperty("description").GetString()), Is.EqualTo((401, "Unauthorized")));
    }

    [Test]
    public async Task Limits_and_blocks_have_the_providers_errors()
    {
        await _sandbox.SetFaults("telegram", new { sendStatus429 = 1, retryAfterSeconds = 14 });
        var limited = await Bot("sendMessage", new { chat_id = Chat, text = "hi" });
        await _sandbox.SetFaults("telegram", new { recipientGone = 1 });
        var blocked = await Bot("sendMessage", new { chat_id = Chat, text = "hi" });
        await _sandbox.SetFaults("telegram", new { callsPerSecond = 1 });
        var statuses = new List<int>();
        for (var i = 0; i < 10; i++) statuses.Add((await Bot("sendMessage", new { chat_id = Chat, text = "hi" })).Status);

        Assert.That(limited.Status, Is.EqualTo(429));
        Assert.That(limited.Body.GetProperty("parameters").GetProperty("retry_after").GetInt32(), Is.EqualTo(14));
        Assert.That(blocked.Body.GetProperty("description").GetString(), Is.EqualTo("Forbidden: bot was blocked by the user"));
        Assert.That(statuses, Has.Some.EqualTo(200).And.Some.EqualTo(429));
    }

    [Test]
    public async Task An_update_carries_the_secret_and_the_person()
    {
        await _sandbox.Inbound("telegram", new { from = Chat, text = "/start order_8812", profileName = "Zoë Olsen" });

        var webhook = await _sandbox.TheWebhook();
        var message = webhook.Json.GetProperty("message");
        Assert.That(webhook.PathAndQuery, Is.EqualTo("/api/webhooks/telegram"));
        Assert.That(webhook.Headers["X-Telegram-Bot-Api-Secret-Token"], Is.EqualTo(Credentials.SecretToken));
        Assert.That(message.GetProperty("from").GetProperty("id").GetInt64(), Is.EqualTo(5000000001));
        Assert.That(message.GetProperty("from").GetProperty("first_name").GetString(), Is.EqualTo("Zoë"));
        Assert.That(message.GetProperty("entities")[0].GetProperty("length").GetInt32(), Is.EqualTo(6));
    }

    [Test]
    public async Task Updates_of_a_chat_wait_for_each_other_and_others_do_not()
    {
        // The first one is refused five times.
        _sandbox.Answer = number => number < 5 ? 500 : 200;

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n => await _sandbox.Inbound("telegram", new { from = Chat, text = $"{n}" })));

        var taken = _sandbox.Webhooks.Skip(5).Select(webhook => webhook.Json.GetProperty("update_id").GetInt64()).ToList();
        Assert.That(_sandbox.Webhooks.Take(6).Select(webhook => webhook.Json.GetProperty("update_id").GetInt64()).Distinct().Count(), Is.EqualTo(1));
        Assert.That(taken.Distinct().Count(), Is.EqualTo(20));
        Assert.That(results.Select(result => result.GetProperty("status").GetInt32()), Is.All.EqualTo(200));
    }

    [Test]
    public async Task A_tapped_button_comes_with_its_message_and_is_answered_once()
    {
        var sent = await Bot("sendMessage", new { chat_id = Chat, text = "Choose", reply_markup = new { inline_keyboard = new[] { new[] { new { text = "Yes", callback_data = "ok:1" } } } } });
        var sid = sent.Body.GetProperty("result").GetProperty("message_id").GetInt64();
        await _sandbox.Inbound("telegram", new { from = Chat, button = new { text = "Yes", payload = "ok:1", sid = $"{sid}" } });

        var query = (await _sandbox.TheWebhook()).Json.GetProperty("callback_query");
        var id = query.GetProperty("id").GetString();
        Assert.That(query.GetProperty("data").GetString(), Is.EqualTo("ok:1"));
        Assert.That(query.GetProperty("message").GetProperty("message_id").GetInt64(), Is.EqualTo(sid));
        Assert.That(query.GetProperty("message").GetProperty("reply_markup").GetProperty("inline_keyboard")[0][0].GetProperty("text").GetString(), Is.EqualTo("Yes"));
        Assert.That((await Bot("answerCallbackQuery", new { callback_query_id = id })).Status, Is.EqualTo(200));
        Assert.That((await Bot("answerCallbackQuery", new { callback_query_id = id })).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Messages_are_edited_and_deleted()
    {
        var sid = (await Bot("sendMessage", new { chat_id = Chat, text = "one" })).Body.GetProperty("result").GetProperty("message_id").GetInt64();

        var same = await Bot("editMessageText", new { chat_id = Chat, message_id = sid, text = "one" });
        var edited = await Bot("editMessageText", new { chat_id = Chat, message_id = sid, text = "two" });
        Assert.That((await _sandbox.OutboxOf("telegram")).Single().GetProperty("body").GetString(), Is.EqualTo("two"));
        await Bot("deleteMessage", new { chat_id = Chat, message_id = sid });

        Assert.That(same.Body.GetProperty("description").GetString(), Does.StartWith("Bad Request: message is not modified"));
        Assert.That(edited.Body.GetProperty("result").GetProperty("text").GetString(), Is.EqualTo("two"));
        Assert.That((await _sandbox.OutboxOf("telegram")).Single().GetProperty("status").GetString(), Is.EqualTo("deleted"));
    }

    [Test]
    public async Task Files_go_both_ways()
    {
        await _sandbox.Inbound("telegram", new { from = Chat, text = "look", media = new[] { new { contentType = "image/png", base64 = Convert.ToBase64String([1, 2, 3]) } } });
        var photo = (await _sandbox.TheWebhook()).Json.GetProperty("message").GetProperty("photo");
        var path = (await Bot("getFile", new { file_id = photo[1].GetProperty("file_id").GetString() })).Body.GetProperty("result").GetProperty("file_path").GetString();
        Assert.That(await _sandbox.Program.GetByteArrayAsync($"/file/bot{Credentials.BotToken}/{path}"), Is.EqualTo(new byte[] { 1, 2, 3 }));

        using var form = new MultipartFormDataContent { { new StringContent(Chat), "chat_id" }, { new StringContent("our vase"), "caption" } };
        using var file = new ByteArrayContent([9, 8, 7]) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        form.Add(file, "photo", "vase.jpg");
        Assert.That((await Bot("sendPhoto", form)).Status, Is.EqualTo(200));
        Assert.That((await _sandbox.OutboxOf("telegram")).Single().GetProperty("body").GetString(), Is.EqualTo("our vase"));
    }

    [Test]
    public async Task SetWebhook_decides_address_and_secret()
    {
        var insecure = await Bot("setWebhook", new { url = "http://desk.example.com/hooks" });
        var port = await Bot("setWebhook", new { url = "https://desk.example.com:9999/hooks" });
        await Bot("setWebhook", new { url = "https://desk.example.com/api/webhooks/telegram/c-1", secret_token = "another" });
        await _sandbox.Inbound("telegram", new { from = Chat, text = "hi" });

        Assert.That(insecure.Body.GetProperty("description").GetString(), Does.Contain("HTTPS"));
        Assert.That(port.Status, Is.EqualTo(400));
        var webhook = await _sandbox.TheWebhook();
        Assert.That(webhook.PathAndQuery, Is.EqualTo("/api/webhooks/telegram/c-1"));
        Assert.That(webhook.Headers["X-Telegram-Bot-Api-Secret-Token"], Is.EqualTo("another"));
        Assert.That((await Bot("getWebhookInfo", null)).Body.GetProperty("result").GetProperty("url").GetString(), Does.EndWith("/c-1"));
    }

    [Test]
    public async Task Exchanges_show_what_went_over_the_wire_without_the_token()
    {
        var sent = await Bot("sendMessage", new { chat_id = Chat, text = "hi" });
        var sid = sent.Body.GetProperty("result").GetProperty("message_id").GetInt64();

        var page = (await _sandbox.Call($"/sandbox/api/telegram/exchanges?message={sid}", null)).Body.GetProperty("items");

        Assert.That(page.GetArrayLength(), Is.EqualTo(1));
        Assert.That(page[0].GetProperty("request").GetString(), Does.Contain("/sendMessage").And.Contain("\"hi\"").And.Not.Contain("secret-part"));
        Assert.That(page[0].GetProperty("title").GetString(), Does.EndWith("/sendMessage").And.Not.Contain("secret-part"));
        Assert.That(page[0].GetProperty("answer").GetString(), Does.Contain("\"ok\":true"));
        Assert.That(page[0].GetProperty("status").GetInt32(), Is.EqualTo(200));
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Bot(string method, object? content) => _sandbox.Call($"/bot{Credentials.BotToken}/{method}", content);
}
