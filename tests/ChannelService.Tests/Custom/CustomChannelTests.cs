using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Custom;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Custom;

public sealed class CustomChannelTests
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Newer = "whsec_HxweHRsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

    private ChannelApp _service = null!;
    private FakeProvider _system = null!;
    private ForwardTime _time = null!;

    [OneTimeSetUp]
    public async Task StartService() => _service = await ChannelApp.Start(workers: false);

    [OneTimeTearDown]
    public async Task StopService() => await _service.DisposeAsync();

    [SetUp]
    public void Start() => (_system, _time) = (new FakeProvider(), new ForwardTime());

    [TearDown]
    public void Stop() => _system.Dispose();

    [Test]
    public async Task What_is_sent_is_what_we_would_take_ourselves()
    {
        _system.Answers("", HttpStatusCode.NoContent);
        var part = Adapter().Compose(FakeProvider.Delivery("Grüezi", new Card("product", "1", "Vase", Price: new Money(5.5m, "EUR")), new Card("form", "1", "I take it", Action: "buy:1"))).Single();
        var id = Guid.CreateVersion7();

        var result = await Adapter().Send(new OutboundMessage(id, 0, "c-1", part.Text, null, part.Payload, CreatedAt: _time.GetUtcNow()), CancellationToken.None);

        Assert.That(result, Is.EqualTo(new SendResult.Accepted($"msg_{id:N}_0")));
        var sent = _system.Last;
        Assert.That(Adapter().Verify(FakeProvider.Webhook(Encoding.UTF8.GetString(sent.Body), headers: [.. sent.Headers.Select(header => (header.Key, header.Value))])), Is.Null);
        Assert.That((string)sent.Json["type"]!, Is.EqualTo("message.created"));
        Assert.That((string)sent.Json["data"]!["conversation"]!, Is.EqualTo("c-1"));
        Assert.That((string)sent.Json["data"]!["message"]!["text"]!, Is.EqualTo("Grüezi"));
        Assert.That((string)sent.Json["data"]!["message"]!["cards"]![0]!["price"]!["amount"]!, Is.EqualTo("5.5"));
        Assert.That(JsonNode.DeepEquals(sent.Json["data"]!["message"]!["choices"], JsonNode.Parse("""[{"id":"buy:1","title":"I take it"}]""")));
    }

    [Test]
    public async Task While_the_secret_is_changed_both_sign()
    {
        _system.Answers("");
        var adapter = Adapter(new CustomOptions { Secret = Newer, SecretSecondary = Secret, CallbackUrl = "http://system.test/in" });

        await adapter.Send(Message(1), CancellationToken.None);

        Assert.That(_system.Last.Headers[StandardWebhooks.SignatureHeader].Split(' '), Has.Length.EqualTo(2));
        var received = FakeProvider.Webhook(Encoding.UTF8.GetString(_system.Last.Body), headers: [.. _system.Last.Headers.Select(header => (header.Key, header.Value))]);
        Assert.That(Adapter().Verify(received), Is.Null);
        Assert.That(Adapter(new CustomOptions { Secret = Newer }).Verify(received), Is.Null);
    }

    [TestCase(1, 5)]
    [TestCase(2, 300)]
    [TestCase(5, 5 * 3600)]
    [TestCase(9, 24 * 3600)]
    public async Task What_was_not_taken_is_sent_again_on_the_schedule(int attempt, int seconds)
    {
        _system.Answers("", HttpStatusCode.InternalServerError).Fails(new TaskCanceledException());

        var refused = (SendResult.NotSent)await Adapter().Send(Message(attempt), CancellationToken.None);
        var silent = (SendResult.NotSent)await Adapter().Send(Message(attempt), CancellationToken.None);

        Assert.That((refused.RetryAfter, silent.RetryAfter), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(seconds), (TimeSpan?)TimeSpan.FromSeconds(seconds))));
        Assert.That(refused.OnlyThis, Is.True);
    }

    [Test]
    public async Task The_schedule_ends_and_who_asks_for_more_time_gets_it()
    {
        _system.Answers("", HttpStatusCode.TooManyRequests, ("Retry-After", "60")).Answers("", HttpStatusCode.ServiceUnavailable);

        Assert.That(((SendResult.NotSent)await Adapter().Send(Message(1), CancellationToken.None)).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(await Adapter().Send(Message(10), CancellationToken.None), Is.TypeOf<SendResult.Refused>());
    }

    [Test]
    public async Task An_address_that_is_gone_is_not_called_again()
    {
        _system.Answers("", HttpStatusCode.Gone);
        var adapter = Adapter();

        Assert.That(await adapter.Send(Message(1), CancellationToken.None), Is.TypeOf<SendResult.Refused>());
        Assert.That(await adapter.Send(Message(1), CancellationToken.None), Is.TypeOf<SendResult.Refused>());

        Assert.That(_system.Requests, Has.Count.EqualTo(1));
        Assert.That(adapter.ClassOf("callback_gone"), Is.EqualTo(FailureClass.NotFound));
    }

    [Test]
    public async Task Without_an_address_nothing_can_be_sent() =>
        Assert.That(await Adapter(new CustomOptions { Secret = Secret }).Send(Message(1), CancellationToken.None), Is.TypeOf<SendResult.Refused>());

    [Test]
    public async Task An_attempt_that_nobody_knows_of_is_made_again_since_the_receiver_knows_repeats() =>
        Assert.That(await Adapter().Find(Message(1), _time.GetUtcNow(), CancellationToken.None), Is.Empty);

    [Test]
    public void Edits_deletions_choices_and_media_are_read()
    {
        var edited = (ChangeItem)Read("""{"type":"message.updated","data":{"conversation":"c-1","message":{"id":"m-1","text":"fixed"}}}""").Items.Single();
        var deleted = (ChangeItem)Read("""{"type":"message.deleted","data":{"conversation":"c-1","message":{"id":"m-1"}}}""").Items.Single();
        var chosen = (InboundItem)Read("""{"type":"message.created","data":{"message":{"id":"m-2","from":{"id":"u-1"},"choice":{"id":"ok:1","title":"Yes"},"replyTo":"m-0"}}}""").Items.Single();
        var medium = (InboundItem)Read("""{"type":"message.created","data":{"conversation":"c-1","message":{"id":"m-3","attachments":[{"type":"image","contentType":"image/png","url":"https://x.example/a.png"}]}}}""").Items.Single();

        Assert.That((edited.Change, edited.Target, edited.Text), Is.EqualTo((MessageChange.Edited, "m-1", "fixed")));
        Assert.That((deleted.Change, deleted.Target), Is.EqualTo((MessageChange.Deleted, "m-1")));
        Assert.That((chosen.From.Value, chosen.From.Person, chosen.Content.Text, chosen.Content.ReplyToExternalId), Is.EqualTo(("u-1", (string?)null, "Yes", "m-0")));
        Assert.That(medium.Content.Attachments!.Single().Source, Is.EqualTo("https://x.example/a.png"));
    }

    [TestCase("""{"data":{}}""", "type is missing")]
    [TestCase("""{"type":"message.created"}""", "data.message is missing")]
    [TestCase("""{"type":"message.created","data":{"conversation":"c","message":{"text":"x"}}}""", "data.message.id is missing or too long")]
    [TestCase("""{"type":"message.created","data":{"message":{"id":"m","text":"x"}}}""", "data.conversation and data.message.from.id are missing or too long")]
    [TestCase("""{"type":"message.created","data":{"conversation":"c","message":{"id":"m"}}}""", "data.message has neither text nor attachments, choice or location")]
    public void The_customers_developer_reads_what_is_wrong(string body, string reason) =>
        Assert.That((Read(body).Outcome, Read(body).Reason), Is.EqualTo((WebhookOutcome.Malformed, reason)));

    [TestCase("whsec_short", null, null, "Secret is whsec_ and 24 to 64 bytes as base64.")]
    [TestCase(null, "whpk_AAAA", null, "PublicKey is whpk_ and 32 bytes as base64.")]
    [TestCase(Secret, null, "ftp://x", "CallbackUrl is an http or https address.")]
    [TestCase(null, null, "https://x.example", "Secret is missing, though other keys of the connection are set.")]
    public void A_wrong_setting_is_named(string? secret, string? publicKey, string? callback, string error)
    {
        var options = new CustomOptions { Secret = secret, PublicKey = publicKey, CallbackUrl = callback };

        Assert.That(options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage), Does.Contain(error));
    }

    private static OutboundMessage Message(int attempt) => new(Guid.CreateVersion7(), 0, "c-1", "Hello", null, null, attempt);

    private WebhookContent Read(string body) => Adapter().Read(FakeProvider.Webhook(body, headers: (StandardWebhooks.IdHeader, "msg_1")));

    private CustomAdapter Adapter(CustomOptions? options = null) => new(
        FakeProvider.Connection("Custom", "custom", "custom") with { Id = Guid.NewGuid() }, options ?? new CustomOptions { Secret = Secret, CallbackUrl = "http://system.test/in" },
        new CustomClient(_system.Client(), _time), _service.Get<ConnectionAlarms>(), _time);
}
