using Assistify.ChannelService.Slack;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Slack;

public sealed class SlackWebhookTests
{
    private const string Around = """
        {"type":"event_callback","team_id":"T1","api_app_id":"A1","event_id":"$id","event":$event,"authorizations":[{"team_id":"T1","user_id":"UBOT","is_bot":true}]}
        """;

    private static readonly SlackAdapter s_adapter = new(
        FakeProvider.Connection("Slack", "slack", "any"), new SlackOptions { SigningSecret = "first", SigningSecretSecondary = "second", BotToken = "xoxb" }, null!, TimeProvider.System);

    [TestCase("first", 0, null)]
    [TestCase("second", 0, null)]
    [TestCase("third", 0, "signature_mismatch")]
    [TestCase("first", -301, "timestamp_too_old")]
    [TestCase("first", 301, "timestamp_in_future")]
    public void A_signature_is_right_for_five_minutes_under_either_secret(string secret, int seconds, string? reason)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1767225600);
        var timestamp = now.AddSeconds(seconds).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var request = FakeProvider.Webhook("{}", headers:
            [(SlackSignature.TimestampHeader, timestamp), (SlackSignature.Header, SlackSignature.Compute(timestamp, "{}"u8, secret))]);

        Assert.That(SlackSignature.Verify(request, ["first", "second"], now), Is.EqualTo(reason));
    }

    [Test]
    public void A_mention_that_comes_as_two_events_is_one_message()
    {
        var mention = Inbound("""{"type":"app_mention","channel":"C1","user":"U1","text":"<@UBOT> where is my order?","ts":"1767225599.000200"}""", "Ev1");
        var message = Inbound("""{"type":"message","channel":"C1","channel_type":"channel","user":"U1","text":"<@UBOT> where is my order?","ts":"1767225599.000200"}""", "Ev2");

        Assert.That(message.ExternalId, Is.EqualTo(mention.ExternalId));
        Assert.That((mention.AnswerWanted, message.AnswerWanted), Is.EqualTo((true, true)));
        Assert.That(mention.Content.Text, Is.EqualTo("where is my order?"));
        Assert.That(mention.From, Is.EqualTo(new CustomerAddress("slack", "C1", Person: "U1")));
    }

    [Test]
    public void Talk_in_a_channel_is_kept_and_a_thread_has_its_own_address()
    {
        var talk = Inbound("""{"type":"message","channel":"C1","channel_type":"channel","user":"U1","text":"lunch?","ts":"2.0"}""");
        var thread = Inbound("""{"type":"message","channel":"C1","channel_type":"channel","user":"U1","text":"yes","ts":"3.0","thread_ts":"2.0"}""");

        Assert.That((talk.AnswerWanted, talk.From.Value, talk.MessageExternalId), Is.EqualTo((false, "C1", "2.0")));
        Assert.That((thread.From.Value, thread.Content.ReplyToExternalId), Is.EqualTo(("C1/2.0", "2.0")));
    }

    [TestCase("Fish &amp; chips &lt;3", "Fish & chips <3")]
    [TestCase("&amp;lt;", "&lt;")]
    [TestCase("see <https://shop.example/a|the vase> or <https://shop.example/b>", "see the vase (https://shop.example/a) or https://shop.example/b")]
    [TestCase("hi <@U2|ann>, <#C9|general> <!here> <mailto:a@b.example|a@b.example>", "hi @ann, #general @here a@b.example")]
    [TestCase("<@UBOT> hello <@UBOT>", "hello")]
    public void Text_is_what_people_read(string wire, string text) => Assert.That(SlackText.Read(wire, "UBOT"), Is.EqualTo(text));

    [Test]
    public void Edits_deletions_and_reactions_name_their_message()
    {
        var edited = Change("""{"type":"message","subtype":"message_changed","channel":"D1","ts":"9.0","message":{"user":"U1","text":"fixed","ts":"2.0"}}""");
        var deleted = Change("""{"type":"message","subtype":"message_deleted","channel":"D1","ts":"9.1","deleted_ts":"2.0","previous_message":{"user":"U1","ts":"2.0"}}""");
        var reacted = Change("""{"type":"reaction_added","user":"U1","reaction":"thumbsup","item":{"type":"message","channel":"D1","ts":"2.0"},"event_ts":"9.2"}""");

        Assert.That((edited.Change, edited.Target, edited.Text), Is.EqualTo((MessageChange.Edited, "2.0", "fixed")));
        Assert.That((deleted.Change, deleted.Target, deleted.From.Person), Is.EqualTo((MessageChange.Deleted, "2.0", "U1")));
        Assert.That((reacted.Change, reacted.Target, reacted.Emoji), Is.EqualTo((MessageChange.Reacted, "2.0", ":thumbsup:")));
    }

    [Test]
    public void Own_messages_are_echoes_and_other_apps_are_nobody()
    {
        var own = Event("""{"type":"message","channel":"D1","user":"UBOT","bot_id":"B1","app_id":"A1","text":"Hello","ts":"5.0"}""").Items.Single();
        var other = Event("""{"type":"message","channel":"C1","bot_id":"B2","app_id":"A2","text":"deploy done","ts":"5.1"}""");

        Assert.That(((EchoItem)own).Own, Is.True);
        Assert.That((other.Outcome, other.Items.Count), Is.EqualTo((WebhookOutcome.Ignored, 0)));
    }

    [Test]
    public void A_pressed_button_is_a_choice()
    {
        var payload = """
            {"type":"block_actions","trigger_id":"13.1","team":{"id":"T1"},"user":{"id":"U1","name":"ana"},"channel":{"id":"D1"},"message":{"ts":"5.0"},
            "actions":[{"type":"button","action_id":"choice_0","value":"ok:1","text":{"type":"plain_text","text":"Yes"}}]}
            """;
        var item = (InboundItem)s_adapter.Read(FakeProvider.Webhook("payload=" + Uri.EscapeDataString(payload), contentType: "application/x-www-form-urlencoded")).Items.Single();

        Assert.That((item.Kind, item.Account, item.ExternalId), Is.EqualTo((InboundKind.Postback, "T1", "trigger:13.1")));
        Assert.That((item.Content.Choice, item.Content.ReplyToExternalId), Is.EqualTo((new Choice("ok:1", "Yes"), "5.0")));
    }

    [Test]
    public void A_connection_without_a_workspace_serves_every_one_and_a_named_one_only_its_own()
    {
        IChannelAdapter any = s_adapter;
        IChannelAdapter one = new SlackAdapter(FakeProvider.Connection("Slack", "slack", "T1"), new SlackOptions { SigningSecret = "s", BotToken = "x", TeamId = "T1" }, null!, TimeProvider.System);

        Assert.That((any.Serves("T9"), one.Serves("T9"), one.Serves("T1")), Is.EqualTo((true, false, true)));
    }

    [TestCase("""{"type":"event_callback","team_id":"T1"}""", WebhookOutcome.Malformed)]
    [TestCase("""{"type":"event_callback","team_id":"T1","event_id":"E","event":{"type":"message","text":"x"}}""", WebhookOutcome.Malformed)]
    [TestCase("""{"type":"event_callback","team_id":"T1","event_id":"E","event":{"type":"team_join"}}""", WebhookOutcome.Ignored)]
    [TestCase("""{"type":"something"}""", WebhookOutcome.Ignored)]
    public void What_says_nothing_to_us_is_named(string body, object outcome) =>
        Assert.That(s_adapter.Read(FakeProvider.Webhook(body)).Outcome, Is.EqualTo(outcome));

    private static InboundItem Inbound(string happened, string id = "Ev1") => (InboundItem)Event(happened, id).Items.Single();

    private static ChangeItem Change(string happened) => (ChangeItem)Event(happened).Items.Single();

    private static WebhookContent Event(string happened, string id = "Ev1") => s_adapter.Read(FakeProvider.Webhook(
        Around.Replace("$id", id, StringComparison.Ordinal).Replace("$event", happened, StringComparison.Ordinal)));
}
