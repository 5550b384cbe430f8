using System.Net;
using System.Text;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Webhooks;

public sealed class ReceiveWebhookTests
{
    private ChannelApp _app = null!;

    [SetUp]
    public async Task Start() => _app = await ChannelApp.Start();

    [TearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [Test]
    public async Task A_customers_message_is_published_logged_and_answered_with_empty_twiml()
    {
        var response = await _app.Post(ChannelApp.Message("SM1", "Hi, size 42?"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/xml"));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("<Response/>"));
        var message = _app.Broker.Messages.Single();
        Assert.That(message.MessageId, Is.EqualTo(Identifiers.InboundMessage(_app.ConnectionId, "SM1")));
        Assert.That(message.Content.Text, Is.EqualTo("Hi, size 42?"));
        Assert.That(message.From, Is.EqualTo(new CustomerAddress("whatsapp", ChannelApp.Customer, "Zoë", "+447700900123")));
        Assert.That(message.Partition, Is.EqualTo(Partition.For(_app.ConnectionId, ChannelApp.Customer)));
        Assert.That(message.BurstWait, Is.EqualTo(TimeSpan.FromMilliseconds(1200)));
        Assert.That(message.Verified, Is.True);
        Assert.That(await _app.Outcomes(), Is.EqualTo(["accepted"]));
        Assert.That(await _app.Scalar("SELECT address FROM webhook_logs WHERE raw IS NOT NULL"), Is.EqualTo(ChannelApp.Customer));
    }

    [Test]
    public async Task The_same_webhook_twice_is_one_message()
    {
        await _app.Post(ChannelApp.Message("SM1"));
        var again = await _app.Post(ChannelApp.Message("SM1"));

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_app.Broker.Messages, Has.Count.EqualTo(1));
        Assert.That(await _app.Outcomes(), Is.EqualTo(["accepted", "duplicate"]));
    }

    [Test]
    public async Task Twenty_copies_at_once_are_accepted_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _app.Post(ChannelApp.Message("SM1"))));

        Assert.That((await _app.Outcomes()).Count(outcome => outcome == "accepted"), Is.EqualTo(1));
        Assert.That(_app.Broker.Messages.Select(message => message.MessageId).Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_wrong_or_missing_signature_is_rejected()
    {
        var wrong = await _app.Post(ChannelApp.Message("SM1"), signature: Convert.ToBase64String(new byte[20]));
        var missing = await _app.Http.PostAsync("/api/webhooks/whatsapp", new FormUrlEncodedContent(ChannelApp.Message("SM2")));

        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(wrong.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(_app.Broker.Messages, Is.Empty);
        Assert.That(await _app.Outcomes(), Is.EqualTo(["rejected", "rejected"]));
        Assert.That(await _app.Scalar("SELECT count(*) FROM webhook_logs WHERE raw IS NOT NULL"), Is.Zero);
    }

    [Test]
    public async Task A_changed_query_is_rejected()
    {
        var response = await _app.Post(ChannelApp.Message("SM1"), "/api/webhooks/whatsapp?tenant=other", signedUrl: ChannelApp.PublicUrl + "?tenant=mine");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Another_account_is_foreign_and_an_unreadable_form_malformed()
    {
        var foreign = await _app.Post(new Dictionary<string, string>(ChannelApp.Message("SM1")) { ["AccountSid"] = "ACother" });
        var malformed = await _app.Post(new Dictionary<string, string> { ["AccountSid"] = ChannelApp.AccountSid, ["Body"] = "hi" });

        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(malformed.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(_app.Broker.Messages, Is.Empty);
        Assert.That(await _app.Outcomes(), Is.EqualTo(["foreign", "malformed"]));
    }

    [TestCase("/api/webhooks/pigeon")]
    [TestCase("/api/webhooks/telegram")]
    [TestCase("/api/webhooks/whatsapp/0b6cbf0e-8a8c-8a8c-8a8c-8a8c8a8c8a8c")]
    [TestCase("/api/webhooks/whatsapp/nonsense")]
    public async Task Unknown_channels_and_connections_are_not_found(string path)
    {
        var response = await _app.Post(ChannelApp.Message("SM1"), path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _app.Outcomes(), Is.EqualTo(["unknown"]));
    }

    [TestCase("/api/webhooks/whatsapp/", ChannelApp.PublicUrl)]
    [TestCase("/api/webhooks/whatsapp/{id}", ChannelApp.PublicUrl)]
    [TestCase("/api/webhooks/whatsapp/{id}", ChannelApp.PublicUrl + "/{id}")]
    [TestCase("/api/webhooks/whatsapp/{id}", "https://desk.example.com:443/api/webhooks/whatsapp/{id}")]
    public async Task A_connection_can_be_named(string path, string signedUrl)
    {
        var id = _app.ConnectionId.ToString();
        var response = await _app.Post(
            ChannelApp.Message("SM1"), path.Replace("{id}", id, StringComparison.Ordinal), signedUrl: signedUrl.Replace("{id}", id, StringComparison.Ordinal));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_app.Broker.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_body_over_a_mebibyte_is_too_large()
    {
        var form = new Dictionary<string, string>(ChannelApp.Message("SM1")) { ["Body"] = new('x', 1024 * 1024) };

        Assert.That((await _app.Post(form)).StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(_app.Broker.Messages, Is.Empty);
    }

    [Test]
    public async Task Json_and_other_kinds_are_ignored_when_authentic()
    {
        var body = """{"type":"com.twilio.messaging.message.delivered"}""";
        var query = "?bodySHA256=" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/whatsapp" + query)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Twilio-Signature", Assistify.ChannelService.Twilio.TwilioSignature.Compute(ChannelApp.PublicUrl + query, null, ChannelApp.AuthToken));

        Assert.That((await _app.Http.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await _app.Outcomes(), Is.EqualTo(["ignored"]));
    }

    [Test]
    public async Task Zeros_half_surrogates_and_invalid_bytes_become_storable()
    {
        var prefix = "MessageSid=SM1&AccountSid=" + ChannelApp.AccountSid + "&From=whatsapp%3A%2B447700900123&To=whatsapp%3A%2B441632960001&Body=";
        var body = Encoding.ASCII.GetBytes(prefix + "a%00b%FFc%ED%A0%BDd%E2%80%AEe");
        var form = Assistify.ChannelService.Twilio.TwilioForm.Parse(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/whatsapp") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        request.Headers.Add("X-Twilio-Signature", Assistify.ChannelService.Twilio.TwilioSignature.Compute(ChannelApp.PublicUrl, form, ChannelApp.AuthToken));

        Assert.That((await _app.Http.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_app.Broker.Messages.Single().Content.Text, Is.EqualTo("a\uFFFDb\uFFFDc\uFFFD\uFFFD\uFFFDd\u202Ee"));
    }

    [Test]
    public async Task While_the_broker_is_away_messages_are_stored_and_follow_in_order()
    {
        await _app.Post(ChannelApp.Message("SM0", "0"));
        _app.Broker.IsAway = true;
        for (var i = 1; i <= 5; i++)
            Assert.That((await _app.Post(ChannelApp.Message($"SM{i}", $"{i}"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _app.Post(ChannelApp.Message("SM3", "3"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        _app.Broker.IsAway = false;
        await _app.Post(ChannelApp.Message("SM6", "6"));

        var messages = await Poll.Get(() => _app.Broker.Messages, seen => seen.Count >= 7, "everything stored was published");
        Assert.That(messages.Select(message => message.Content.Text).Distinct(), Is.EqualTo(["0", "1", "2", "3", "4", "5", "6"]));
        Assert.That((await _app.Outcomes()).Count(outcome => outcome == "duplicate"), Is.EqualTo(1));
        await Poll.Get(() => _app.Scalar("SELECT count(*) FROM stored_webhooks"), left => left is 0L, "nothing waits");
    }

    [Test]
    public async Task Without_the_database_nothing_is_acknowledged_and_the_missed_message_is_fetched_afterwards()
    {
        await _app.Scalar("ALTER TABLE accepted_items RENAME TO away");
        _app.Twilio.ReceiveInbound("SM1", ChannelApp.Customer, ChannelApp.Number, "Are you there?");
        var response = await _app.Post(ChannelApp.Message("SM1"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.RetryAfter, Is.Not.Null);
        Assert.That(await _app.Outcomes(), Is.Empty);

        await _app.Scalar("ALTER TABLE away RENAME TO accepted_items");
        await _app.Post(ChannelApp.Message("SM2", from: "whatsapp:+447700900999"));

        await Poll.Get(
            () => _app.Broker.Messages.Count(message => message.ExternalId == "SM1" && message.Content.Text == "Are you there?"), count => count == 1,
            "the provider was asked for what it could not bring");
    }

    [Test]
    public async Task Bad_signatures_are_limited_by_address_and_authentic_webhooks_never()
    {
        await _app.DisposeAsync();
        _app = await ChannelApp.Start(settings: new Dictionary<string, string?> { ["Limits:BadSignaturesPerMinutePerAddress"] = "3" });
        var bad = Convert.ToBase64String(new byte[20]);
        for (var i = 0; i < 3; i++)
            Assert.That((await _app.Post(ChannelApp.Message("SM1"), signature: bad, from: "192.0.2.1")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));

        var limited = await _app.Post(ChannelApp.Message("SM1"), signature: bad, from: "192.0.2.1");
        var elsewhere = await _app.Post(ChannelApp.Message("SM1"), signature: bad, from: "192.0.2.2");
        var authentic = await _app.Post(ChannelApp.Message("SM1"), from: "192.0.2.1");
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await _app.Post(ChannelApp.Message("SM1"), signature: bad, from: "192.0.2.1");

        Assert.That(limited.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(limited.Headers.RetryAfter, Is.Not.Null);
        Assert.That(elsewhere.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(authentic.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(later.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Both_tokens_count_while_they_are_changed()
    {
        await _app.DisposeAsync();
        _app = await ChannelApp.Start(settings: new Dictionary<string, string?>
        {
            ["Channels:Twilio:AuthToken"] = "the-new-one", ["Channels:Twilio:AuthTokenSecondary"] = ChannelApp.AuthToken,
        });

        Assert.That((await _app.Post(ChannelApp.Message("SM1"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Observing_lets_marked_messages_through_for_three_days()
    {
        await _app.DisposeAsync();
        _app = await ChannelApp.Start(settings: new Dictionary<string, string?> { ["Channels:Twilio:SignatureMode"] = "observe" });
        var bad = Convert.ToBase64String(new byte[20]);
        await Poll.Get(() => _app.Get<Observations>().IsObserving(_app.Get<IChannelAdapter>().Connection), on => on, "observing began");

        Assert.That((await _app.Post(ChannelApp.Message("SM1"), signature: bad)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _app.Post(ChannelApp.Status("SM9", "read"), signature: bad)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        _app.Time.Advance(TimeSpan.FromHours(73));
        Assert.That((await _app.Post(ChannelApp.Message("SM2"), signature: bad)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));

        Assert.That(_app.Broker.Messages.Single().Verified, Is.False);
        Assert.That(await _app.Scalar("SELECT reason FROM webhook_logs WHERE outcome = 'accepted'"), Is.EqualTo("observed: signature_mismatch"));
    }

    [Test]
    public async Task Raw_webhooks_go_after_thirty_days()
    {
        await _app.Post(ChannelApp.Message("SM1"));
        _app.Time.Advance(TimeSpan.FromDays(31));
        await _app.Post(ChannelApp.Message("SM2"));

        await _app.Get<Cleanup>().Run(CancellationToken.None);

        Assert.That(await _app.Scalar("SELECT string_agg(external_id, ',') FROM webhook_logs"), Is.EqualTo("SM2"));
    }
}
