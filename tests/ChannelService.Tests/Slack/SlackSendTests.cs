using System.Net;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Slack;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Slack;

public sealed class SlackSendTests
{
    private const string Sent = """{"ok":true,"channel":"D024BE91L","ts":"1767225600.000300"}""";

    private readonly FakeProvider _slack = new();

    [Test]
    public async Task A_text_goes_to_the_thread_escaped()
    {
        _slack.Answers(Sent);

        var result = await Send(Compose("Fish & chips <3")[0], "C1/2.0");

        Assert.That(result, Is.EqualTo(new SendResult.Accepted("1767225600.000300")));
        Assert.That(_slack.Last.Uri.AbsoluteUri, Is.EqualTo("http://slack.test/api/chat.postMessage"));
        Assert.That(_slack.Last.Headers["Authorization"], Is.EqualTo("Bearer xoxb-1"));
        var sent = _slack.Last.Json.AsObject();
        Assert.That(sent.Remove("metadata", out var metadata), Is.True);
        Assert.That((string?)metadata!["event_payload"]!["delivery"], Does.EndWith(":0"));
        Assert.That(JsonNode.DeepEquals(sent, JsonNode.Parse("""{"channel":"C1","text":"Fish &amp; chips &lt;3","thread_ts":"2.0"}""")), sent.ToJsonString());
    }

    [Test]
    public async Task Products_and_choices_are_blocks_with_their_words_beside_them()
    {
        _slack.Answers(Sent);
        var parts = Compose(
            "Look:", new Card("product", "1", "Blue vase", null, new Money(39.90m, "EUR"), "https://shop.example/vase.jpg", "https://shop.example/vase"),
            new Card("form", "1", "I take it", Action: "buy:1"));

        await Send(parts.Single());

        var blocks = _slack.Last.Json["blocks"]!.AsArray();
        Assert.That(blocks.Select(block => (string)block!["type"]!), Is.EqualTo(["section", "section", "actions"]));
        Assert.That((string)blocks[1]!["accessory"]!["image_url"]!, Is.EqualTo("https://shop.example/vase.jpg"));
        Assert.That((string)blocks[2]!["elements"]![0]!["value"]!, Is.EqualTo("buy:1"));
        Assert.That((string)_slack.Last.Json["text"]!, Does.StartWith("Look:").And.Contains("Blue vase").And.Contains("I take it"));
    }

    [Test]
    public void No_section_is_longer_than_Slack_takes()
    {
        var parts = Compose(new string('&', 7000), new Card("form", "1", "Yes", Action: "yes"));

        var sections = parts.Where(part => part.Payload is not null).SelectMany(part => JsonNode.Parse(part.Payload!)!.AsArray()).Where(block => (string)block!["type"]! == "section").ToList();
        Assert.That(parts, Has.Count.EqualTo(3));
        Assert.That(sections.Select(block => ((string)block!["text"]!["text"]!).Length), Is.All.LessThanOrEqualTo(3000));
        Assert.That(sections, Is.Not.Empty);
    }

    [TestCase(200, """{"ok":false,"error":"channel_not_found"}""", typeof(SendResult.Refused), "NotFound")]
    [TestCase(200, """{"ok":false,"error":"invalid_auth"}""", typeof(SendResult.NotSent), "Auth")]
    [TestCase(200, """{"ok":false,"error":"missing_scope"}""", typeof(SendResult.NotSent), "Permission")]
    [TestCase(200, """{"ok":false,"error":"msg_too_long"}""", typeof(SendResult.Refused), "InvalidRequest")]
    [TestCase(429, """{"ok":false,"error":"ratelimited"}""", typeof(SendResult.NotSent), "RateLimited")]
    [TestCase(429, "", typeof(SendResult.NotSent), "RateLimited")]
    [TestCase(200, """{"ok":false,"error":"internal_error"}""", typeof(SendResult.Unknown), "Other")]
    [TestCase(503, "busy", typeof(SendResult.Unknown), "Other")]
    [TestCase(200, "<html>", typeof(SendResult.Unknown), "Other")]
    public async Task An_error_says_what_can_be_done(int status, string answer, Type outcome, string failure)
    {
        _slack.Answers(answer, (HttpStatusCode)status, ("Retry-After", "30"));

        var result = await Send(Compose("Hello")[0]);

        Assert.That(result, Is.TypeOf(outcome));
        var code = result switch
        {
            SendResult.NotSent notSent => notSent.Code,
            SendResult.Refused refused => refused.Code,
            _ => ((SendResult.Unknown)result).Code,
        };
        Assert.That(Adapter().ClassOf(code).ToString(), Is.EqualTo(failure));
        if (result is SendResult.NotSent { Code: "ratelimited" } limited) Assert.That(limited.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task The_token_is_checked_and_must_be_for_the_named_workspace()
    {
        _slack.Answers("""{"ok":true,"team_id":"T1"}""").Answers("""{"ok":true,"team_id":"T1"}""").Answers("""{"ok":false,"error":"invalid_auth"}""");
        var other = new SlackAdapter(
            FakeProvider.Connection("Slack", "slack", "T2"), new SlackOptions { SigningSecret = "s", BotToken = "xoxb-1", TeamId = "T2", ApiBaseUrl = "http://slack.test" },
            new SlackClient(_slack.Client(), TimeProvider.System), TimeProvider.System);

        Assert.That(await Adapter().Check(CancellationToken.None), Is.EqualTo(new ConnectionCheck(true)));
        Assert.That((await other.Check(CancellationToken.None))!.Code, Is.EqualTo("other_team"));
        Assert.That((await Adapter().Check(CancellationToken.None))!.Code, Is.EqualTo("invalid_auth"));
        Assert.That(_slack.Last.Uri.AbsolutePath, Is.EqualTo("/api/auth.test"));
    }

    [Test]
    public async Task A_message_is_found_by_its_mark_on_whichever_page_of_the_thread()
    {
        var message = new OutboundMessage(Guid.CreateVersion7(), 1, "C1/2.0", "Hello", null);
        _slack.Answers("""{"ok":true,"messages":[{"ts":"2.0","text":"Hello"}],"response_metadata":{"next_cursor":"bmV4dA=="} }""")
            .Answers($$$$"""
                {"ok":true,"messages":[{"ts":"3.0","text":"Hello","metadata":{"event_type":"assistify_delivery","event_payload":{"delivery":"{{{{Guid.CreateVersion7()}}}}:1"}}},
                {"ts":"4.0","text":"Hello","metadata":{"event_type":"assistify_delivery","event_payload":{"delivery":"{{{{message.DeliveryId}}}}:1"}}}],"response_metadata":{"next_cursor":""}}
                """);

        var found = await Adapter().Find(message, DateTimeOffset.FromUnixTimeSeconds(1767225600), CancellationToken.None);

        Assert.That(found!.Select(one => one.ExternalId), Is.EqualTo(["4.0"]));
        Assert.That(_slack.Requests[0].Uri.PathAndQuery, Is.EqualTo("/api/conversations.replies?limit=200&channel=C1&ts=2.0&oldest=1767225300.000000&inclusive=true&include_all_metadata=true"));
        Assert.That(_slack.Last.Uri.Query, Does.EndWith("&cursor=bmV4dA%3D%3D"));
    }

    [Test]
    public async Task What_is_asked_too_often_is_asked_again_and_a_missing_scope_tells_nothing()
    {
        var message = new OutboundMessage(Guid.CreateVersion7(), 0, "D024BE91L", "Hello", null);
        _slack.Answers("""{"ok":false,"error":"ratelimited"}""", HttpStatusCode.TooManyRequests, ("Retry-After", "0"))
            .Answers("""{"ok":true,"messages":[]}""")
            .Answers("""{"ok":false,"error":"ratelimited"}""", HttpStatusCode.TooManyRequests, ("Retry-After", "3600"))
            .Answers("""{"ok":false,"error":"missing_scope","needed":"im:history"}""");

        Assert.That(await Adapter().Find(message, DateTimeOffset.UtcNow, CancellationToken.None), Is.Empty);
        Assert.That(await Adapter().Find(message, DateTimeOffset.UtcNow, CancellationToken.None), Is.Null);
        await Assert.ThatAsync(() => Adapter().Find(message, DateTimeOffset.UtcNow, CancellationToken.None), Throws.TypeOf<HttpRequestException>().With.Property(nameof(HttpRequestException.StatusCode)).EqualTo(HttpStatusCode.Forbidden));
    }

    private SlackAdapter Adapter() => new(
        FakeProvider.Connection("Slack", "slack", "T1"), new SlackOptions { SigningSecret = "s", BotToken = "xoxb-1", ApiBaseUrl = "http://slack.test" },
        new SlackClient(_slack.Client(), TimeProvider.System), TimeProvider.System);

    private IReadOnlyList<OutboundPart> Compose(string text, params Card[] cards) => Adapter().Compose(FakeProvider.Delivery(text, cards));

    private Task<SendResult> Send(OutboundPart part, string address = "D024BE91L") =>
        Adapter().Send(new OutboundMessage(Guid.CreateVersion7(), 0, address, part.Text, part.MediaUrl, part.Payload), CancellationToken.None);
}
