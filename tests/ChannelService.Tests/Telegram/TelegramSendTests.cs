using System.Net;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Telegram;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Telegram;

public sealed class TelegramSendTests
{
    private const string Sent = """{"ok":true,"result":{"message_id":42,"from":{"id":7000000001,"is_bot":true,"username":"shop_bot"}}}""";

    private readonly FakeProvider _telegram = new();

    [Test]
    public async Task A_text_goes_to_the_chat_under_the_bots_token()
    {
        _telegram.Answers(Sent);

        var result = await Send(Compose("Hello"));

        Assert.That(result, Is.EqualTo(new SendResult.Accepted("42")));
        Assert.That(_telegram.Last.Uri.AbsoluteUri, Is.EqualTo("http://telegram.test/bot7000000001:AAkey/sendMessage"));
        Assert.That(JsonNode.DeepEquals(_telegram.Last.Json, JsonNode.Parse("""{"text":"Hello","chat_id":5000000001}""")), _telegram.Last.Json.ToJsonString());
    }

    [Test]
    public async Task Choices_are_buttons_under_the_text()
    {
        _telegram.Answers(Sent);

        await Send(Compose("Which one?", new Card("form", "1", "The blue one", Action: "choose:1"), new Card("form", "1", "The red one", Action: "choose:2")));

        var expected = """
            {"text":"Which one?","reply_markup":{"inline_keyboard":[[{"text":"The blue one","callback_data":"choose:1"}],[{"text":"The red one","callback_data":"choose:2"}]]},"chat_id":5000000001}
            """;
        Assert.That(JsonNode.DeepEquals(_telegram.Last.Json, JsonNode.Parse(expected)), _telegram.Last.Json.ToJsonString());
    }

    [Test]
    public async Task A_product_is_a_photo_with_its_words_and_a_link()
    {
        _telegram.Answers(Sent);
        var parts = Compose("Look:", Vase);

        await Send([parts[1]]);

        Assert.That(parts.Select(part => part.Text), Is.EqualTo(["Look:", "Blue vase – 39.90 EUR\nHand made\nhttps://shop.example/vase"]));
        Assert.That(_telegram.Last.Uri.AbsolutePath, Does.EndWith("/sendPhoto"));
        Assert.That((string)_telegram.Last.Json["photo"]!, Is.EqualTo("https://shop.example/vase.jpg"));
        Assert.That((string)_telegram.Last.Json["caption"]!, Is.EqualTo(parts[1].Text));
        Assert.That((string)_telegram.Last.Json["reply_markup"]!["inline_keyboard"]![0]![0]!["url"]!, Is.EqualTo("https://shop.example/vase"));
    }

    [Test]
    public async Task A_picture_that_Telegram_cannot_fetch_is_said_in_words()
    {
        _telegram.Answers("""{"ok":false,"error_code":400,"description":"Bad Request: failed to get HTTP URL content"}""", HttpStatusCode.BadRequest).Answers(Sent);

        var result = await Send(Compose("", Vase));

        Assert.That(result, Is.TypeOf<SendResult.Accepted>());
        Assert.That(_telegram.Last.Uri.AbsolutePath, Does.EndWith("/sendMessage"));
        Assert.That((string)_telegram.Last.Json["text"]!, Does.StartWith("Blue vase"));
        Assert.That(_telegram.Last.Json["reply_markup"], Is.Not.Null);
    }

    [Test]
    public async Task A_group_that_became_another_one_is_written_to_there()
    {
        _telegram.Answers("""{"ok":false,"error_code":400,"description":"group upgraded","parameters":{"migrate_to_chat_id":-1001234567890}}""", HttpStatusCode.BadRequest).Answers(Sent);

        var result = await Send(Compose("Hello"));

        Assert.That(result, Is.EqualTo(new SendResult.Accepted("42")));
        Assert.That((long)_telegram.Last.Json["chat_id"]!, Is.EqualTo(-1001234567890));
    }

    [TestCase(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14","parameters":{"retry_after":14}}""", typeof(SendResult.NotSent), "RateLimited")]
    [TestCase(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", typeof(SendResult.NotSent), "Auth")]
    [TestCase(404, """{"ok":false,"error_code":404,"description":"Not Found"}""", typeof(SendResult.NotSent), "Auth")]
    [TestCase(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}""", typeof(SendResult.Refused), "RecipientBlocked")]
    [TestCase(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", typeof(SendResult.Refused), "NotFound")]
    [TestCase(400, """{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}""", typeof(SendResult.Refused), "InvalidRequest")]
    [TestCase(500, """{"ok":false,"error_code":500,"description":"Internal Server Error"}""", typeof(SendResult.Unknown), "Other")]
    [TestCase(502, "<html>", typeof(SendResult.Unknown), "Other")]
    [TestCase(200, "", typeof(SendResult.Unknown), "Other")]
    public async Task An_error_says_what_can_be_done(int status, string answer, Type outcome, string failure)
    {
        _telegram.Answers(answer, (HttpStatusCode)status);

        var result = await Send(Compose("Hello"));

        Assert.That(result, Is.TypeOf(outcome));
        var code = result switch
        {
            SendResult.NotSent notSent => notSent.Code,
            SendResult.Refused refused => refused.Code,
            _ => ((SendResult.Unknown)result).Code,
        };
        Assert.That(Adapter().ClassOf(code).ToString(), Is.EqualTo(failure));
        if (status == 429) Assert.That(((SendResult.NotSent)result).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(14)));
    }

    [Test]
    public async Task What_never_left_is_not_sent_and_what_got_no_answer_is_unknown()
    {
        _telegram.Fails(new HttpRequestException(HttpRequestError.ConnectionError)).Fails(new TaskCanceledException());

        Assert.That(await Send(Compose("one")), Is.TypeOf<SendResult.NotSent>());
        Assert.That(await Send(Compose("two")), Is.EqualTo(new SendResult.Unknown("timeout")));
    }

    [Test]
    public void A_long_text_becomes_several_and_the_buttons_go_with_the_last()
    {
        var parts = Compose(string.Join(' ', Enumerable.Repeat("word", 1500)), new Card("form", "1", "Yes", Action: "yes"));

        Assert.That(parts, Has.Count.EqualTo(2));
        Assert.That(parts.Select(part => part.Text.Length), Is.All.LessThanOrEqualTo(4096));
        Assert.That(parts.Select(part => part.Payload is not null), Is.EqualTo([false, true]));
    }

    [Test]
    public async Task The_customer_sees_typing_where_the_message_was_written()
    {
        _telegram.Answers("""{"ok":true,"result":true}""");

        await Adapter().ShowRead(new InboundItem("1", "7000000001", new CustomerAddress("telegram", "-100", Person: "5"), new MessageContent("hi")), CancellationToken.None);

        Assert.That(_telegram.Last.Uri.AbsolutePath, Does.EndWith("/sendChatAction"));
        Assert.That(JsonNode.DeepEquals(_telegram.Last.Json, JsonNode.Parse("""{"chat_id":-100,"action":"typing"}""")));
    }

    [Test]
    public async Task The_token_is_checked_and_tells_the_bots_own_name()
    {
        _telegram.Answers("""{"ok":true,"result":{"id":7000000001,"username":"shop_bot"}}""").Answers("""{"ok":false,"error_code":401,"description":"Unauthorized"}""", HttpStatusCode.Unauthorized);
        var adapter = Adapter();

        var good = await adapter.Check(CancellationToken.None);
        var bad = await adapter.Check(CancellationToken.None);

        Assert.That(good, Is.EqualTo(new ConnectionCheck(true)));
        Assert.That(bad, Is.EqualTo(new ConnectionCheck(false, "401", "Telegram refused the bot's token (Channels__Telegram__BotToken).")));
        var mention = FakeProvider.Webhook("""
            {"update_id":1,"message":{"message_id":1,"from":{"id":5},"chat":{"id":-1,"type":"group"},"text":"@other_bot hi","entities":[{"type":"mention","offset":0,"length":10}]}}
            """);
        Assert.That(((InboundItem)adapter.Read(mention).Items.Single()).AnswerWanted, Is.False);
    }

    private static Card Vase => new("product", "1", "Blue vase", "Hand made", new Money(39.90m, "EUR"), "https://shop.example/vase.jpg", "https://shop.example/vase");

    private TelegramAdapter Adapter() => new(
        FakeProvider.Connection("Telegram", "telegram", "7000000001"),
        new TelegramOptions { BotToken = "7000000001:AAkey", SecretToken = "s", ApiBaseUrl = "http://telegram.test" }, new TelegramClient(_telegram.Client(), TimeProvider.System));

    private IReadOnlyList<OutboundPart> Compose(string text, params Card[] cards) => Adapter().Compose(FakeProvider.Delivery(text, cards));

    private Task<SendResult> Send(IReadOnlyList<OutboundPart> parts) => Adapter().Send(
        new OutboundMessage(Guid.CreateVersion7(), 0, "5000000001", parts[0].Text, parts[0].MediaUrl, parts[0].Payload), CancellationToken.None);
}
