using Assistify.ChannelService.Telegram;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ChannelService.Tests.Telegram;

public sealed class TelegramWebhookTests
{
    private const string Group = """ "from":{"id":5,"first_name":"Zoë"},"chat":{"id":-1001234567890,"type":"supergroup","title":"Team"},"date":1767225600 """;
    private const string Private = """ "from":{"id":5,"first_name":"Zoë","last_name":"Lind","language_code":"sv"},"chat":{"id":5,"type":"private"},"date":1767225600 """;

    private static readonly TelegramAdapter s_adapter = new(
        FakeProvider.Connection("Telegram", "telegram", "7000000001"),
        new TelegramOptions { BotToken = "7000000001:AAkey", SecretToken = "first", SecretTokenSecondary = "second" }, null!);

    [TestCase("first", null)]
    [TestCase("second", null)]
    [TestCase("First", "wrong_secret_token")]
    [TestCase("", "missing_signature")]
    public void Either_secret_proves_the_sender_while_it_is_changed(string given, string? reason) =>
        Assert.That(s_adapter.Verify(FakeProvider.Webhook("{}", headers: (TelegramAdapter.SecretHeader, given))), Is.EqualTo(reason));

    [TestCase("""{"message_id":1,$,"text":"lunch?"}""", false)]
    [TestCase("""{"message_id":1,$,"text":"@shop_bot lunch?","entities":[{"type":"mention","offset":0,"length":9}]}""", true)]
    [TestCase("""{"message_id":1,$,"text":"@zoe lunch?","entities":[{"type":"mention","offset":0,"length":4}]}""", false)]
    [TestCase("""{"message_id":1,$,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":5}]}""", true)]
    [TestCase("""{"message_id":1,$,"text":"/help@zoe","entities":[{"type":"bot_command","offset":0,"length":9}]}""", false)]
    [TestCase("""{"message_id":1,$,"text":"yes","reply_to_message":{"message_id":9,"from":{"id":7000000001,"is_bot":true}}}""", true)]
    [TestCase("""{"message_id":1,$,"text":"yes","reply_to_message":{"message_id":9,"from":{"id":6}}}""", false)]
    [TestCase("""{"message_id":1,$,"text":"you there","entities":[{"type":"text_mention","offset":0,"length":3,"user":{"id":7000000001}}]}""", true)]
    [TestCase("""{"message_id":1,$,"text":"x","entities":[{"type":"mention","offset":5,"length":900}]}""", false)]
    public void In_a_group_an_answer_is_wanted_where_the_bot_is_addressed(string message, bool isWanted)
    {
        var item = Inbound(message.Replace("$", Group, StringComparison.Ordinal));

        Assert.That(item.AnswerWanted, Is.EqualTo(isWanted));
        Assert.That((item.From.Value, item.From.Person, item.Group), Is.EqualTo(("-1001234567890", "5", "-1001234567890")));
    }

    [Test]
    public void A_private_message_names_the_person_and_is_known_by_its_own_id()
    {
        var item = Inbound("""{"message_id":77,$,"text":"hi \ud83d","reply_to_message":{"message_id":70}}""".Replace("$", Private, StringComparison.Ordinal));

        Assert.That(item.From, Is.EqualTo(new CustomerAddress("telegram", "5", "Zoë Lind", Locale: "sv")));
        Assert.That(item.Content.Text, Is.EqualTo("hi \uFFFD"));
        Assert.That((item.ExternalId, item.MessageExternalId, item.Content.ReplyToExternalId), Is.EqualTo(("900", "77", "70")));
        Assert.That(item.SentAt, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1767225600)));
    }

    [TestCase("""{"message_id":1,$,"caption":"my vase","photo":[{"file_id":"big","width":900,"height":900},{"file_id":"small","width":90,"height":90}]}""", "image", "image/jpeg", "big", "my vase")]
    [TestCase("""{"message_id":1,$,"voice":{"file_id":"v"}}""", "audio", "audio/ogg", "v", "")]
    [TestCase("""{"message_id":1,$,"document":{"file_id":"d","mime_type":"application/pdf","file_name":"a.pdf","file_size":12}}""", "document", "application/pdf", "d", "")]
    [TestCase("""{"message_id":1,$,"animation":{"file_id":"a","mime_type":"video/mp4"},"document":{"file_id":"a"}}""", "video", "video/mp4", "a", "")]
    [TestCase("""{"message_id":1,$,"sticker":{"file_id":"s","emoji":"👍"}}""", "sticker", "image/webp", "s", "👍")]
    public void A_medium_is_named_by_its_file(string message, string kind, string contentType, string file, string text)
    {
        var item = Inbound(message.Replace("$", Private, StringComparison.Ordinal));

        var attachment = item.Content.Attachments!.Single();
        Assert.That((attachment.Kind, attachment.ContentType, attachment.ExternalId, item.Content.Text), Is.EqualTo((kind, contentType, file, text)));
    }

    [Test]
    public void A_place_a_contact_and_what_nobody_knows_are_kept()
    {
        var place = Inbound("""{"message_id":1,$,"venue":{"location":{"latitude":35.1,"longitude":33.4},"title":"Shop","address":"Street 1"}}""".Replace("$", Private, StringComparison.Ordinal));
        var contact = Inbound("""{"message_id":1,$,"contact":{"first_name":"Ann","phone_number":"+44770"}}""".Replace("$", Private, StringComparison.Ordinal));
        var unknown = Inbound("""{"message_id":1,$,"hologram":{"x":1}}""".Replace("$", Private, StringComparison.Ordinal));

        Assert.That(place.Content.Location, Is.EqualTo(new Location(35.1, 33.4, "Shop", "Street 1")));
        Assert.That(contact.Content.Text, Is.EqualTo("Ann +44770"));
        Assert.That((unknown.Kind, unknown.Content.Unsupported), Is.EqualTo((InboundKind.Unsupported, "hologram")));
    }

    [Test]
    public async Task A_pressed_button_is_a_choice_and_stops_waiting()
    {
        var content = Read("""
            {"update_id":900,"callback_query":{"id":"21","from":{"id":5,"first_name":"Zoë"},"data":"ok:1","message":{"message_id":11,
            "chat":{"id":5,"type":"private"},"reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"ok:1"}]]}}}}
            """);

        var item = (InboundItem)content.Items.Single();
        Assert.That((item.Kind, item.Content.Choice, item.Content.Text, item.Content.ReplyToExternalId), Is.EqualTo((InboundKind.Postback, new Choice("ok:1", "Yes"), "Yes", "11")));
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(), Response = { Body = new MemoryStream() } };
        await content.Answer!.ExecuteAsync(context);
        context.Response.Body.Position = 0;
        Assert.That(await new StreamReader(context.Response.Body).ReadToEndAsync(), Is.EqualTo("""{"method":"answerCallbackQuery","callback_query_id":"21"}"""));
    }

    [Test]
    public void Reactions_moves_and_blocking_are_told()
    {
        var reaction = (ChangeItem)Read("""{"update_id":1,"message_reaction":{"chat":{"id":5,"type":"private"},"message_id":7,"user":{"id":5},"date":1,"new_reaction":[{"type":"emoji","emoji":"👍"}]}}""").Items.Single();
        var taken = (ChangeItem)Read("""{"update_id":2,"message_reaction":{"chat":{"id":5,"type":"private"},"message_id":7,"user":{"id":5},"date":1,"new_reaction":[]}}""").Items.Single();
        var moved = (AddressChangeItem)Read($$$"""{"update_id":3,"message":{"message_id":1,{{{Group}}},"migrate_to_chat_id":-100999}}""").Items.Single();
        var blocked = (NoticeItem)Read("""{"update_id":4,"my_chat_member":{"chat":{"id":5,"type":"private"},"date":1,"new_chat_member":{"status":"kicked"}}}""").Items.Single();

        Assert.That((reaction.Change, reaction.Target, reaction.Emoji), Is.EqualTo((MessageChange.Reacted, "7", "👍")));
        Assert.That(taken.Emoji, Is.Null);
        Assert.That(moved.NewValue, Is.EqualTo("-100999"));
        Assert.That((blocked.Kind, blocked.Detail, blocked.Peer), Is.EqualTo(("system", "blocked", "5")));
    }

    [TestCase("""{"update_id":1,"poll":{"id":"1"}}""", "Ignored", "update: poll")]
    [TestCase("""{"message":{}}""", "Malformed", "update_id is missing")]
    [TestCase("""[1]""", "Malformed", "The body is not a JSON object.")]
    [TestCase("""{"update_id":1,"message":{"text":"x"}}""", "Malformed", "chat.id is missing")]
    [TestCase("""{"update_id":1,"\ud83d":{}}""", "Malformed", "The body has a name that is no text.")]
    public void What_says_nothing_to_us_is_named(string body, string outcome, string reason)
    {
        var content = Read(body);

        Assert.That((content.Outcome.ToString(), content.Reason, content.Items.Count), Is.EqualTo((outcome, reason, 0)));
    }

    private static InboundItem Inbound(string message) => (InboundItem)Read($$"""{"update_id":900,"message":{{message}}}""").Items.Single();

    private static WebhookContent Read(string body) => s_adapter.Read(FakeProvider.Webhook(body));
}
