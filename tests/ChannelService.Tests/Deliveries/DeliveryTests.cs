using System.Net;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Deliveries;

public sealed class DeliveryTests
{
    private ChannelApp _app = null!;

    [SetUp]
    public async Task Start() => _app = await ChannelApp.Start();

    [TearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [Test]
    public async Task A_template_is_named_to_twilio_and_its_lost_answer_settled_by_asking()
    {
        await using var app = await ChannelApp.Start();
        app.Twilio.OnSend = _ => FakeTwilio.Mode.AcceptAndCut;
        var message = app.Delivery("Your order 1001 comes on Friday", author: Author.Agent) with
        {
            Template = new MessageTemplate("HX0123456789abcdef0123456789abcdef", null, ["1001", "Friday"]),
        };

        await app.Deliver(message);

        await app.Row(message.DeliveryId, LedgerStatus.Sent);
        var sent = app.Twilio.Outbox.Single();
        Assert.That((sent.Content, sent.Body), Is.EqualTo(("""HX0123456789abcdef0123456789abcdef {"1":"1001","2":"Friday"}""", "")));
    }

    [Test]
    public async Task A_message_is_sent_and_told_with_the_providers_id()
    {
        var message = _app.Delivery("Hello back");

        await _app.Deliver(message);

        var update = await Told(message, DeliveryStatus.Sent);
        var sent = _app.Twilio.Outbox.Single();
        Assert.That(sent.Body, Is.EqualTo("Hello back"));
        Assert.That(sent.To, Is.EqualTo(ChannelApp.Customer));
        Assert.That(sent.From, Is.EqualTo(ChannelApp.Number));
        Assert.That(update.ExternalId, Is.EqualTo(sent.Sid));
        Assert.That(sent.StatusCallback, Is.EqualTo($"{ChannelApp.PublicUrl}/status?delivery={message.DeliveryId}&part=0"));
    }

    [Test]
    public async Task The_same_delivery_twice_is_sent_once()
    {
        var message = _app.Delivery();

        await Task.WhenAll(_app.Deliver(message), _app.Deliver(message));
        await Told(message, DeliveryStatus.Sent);
        await _app.Deliver(message);
        var other = _app.Delivery("another");
        await _app.Deliver(other);
        await Told(other, DeliveryStatus.Sent);

        Assert.That(_app.Twilio.Outbox.Select(sent => sent.Body), Is.EqualTo(["Hello back", "another"]));
    }

    [Test]
    public async Task Cards_are_lines_and_the_first_picture_travels_with_the_text()
    {
        var message = _app.Delivery("Look at this:") with
        {
            Cards =
            [
                new Card("product", "1", "Blue vase", "Hand made", new Money(39.90m, "EUR"), "https://shop.example/vase.jpg", "https://shop.example/vase"),
                new Card("product", "2", "Red vase", Url: "/relative"),
            ],
        };

        await _app.Deliver(message);
        await Told(message, DeliveryStatus.Sent);

        var sent = _app.Twilio.Outbox.Single();
        Assert.That(sent.Body, Is.EqualTo("Look at this:\n\n• Blue vase – 39.90 EUR\nHand made\nhttps://shop.example/vase\n• Red vase"));
        Assert.That(sent.MediaUrl, Is.EqualTo("https://shop.example/vase.jpg"));
    }

    [Test]
    public async Task A_long_text_is_several_messages_in_order_and_one_delivery()
    {
        var message = _app.Delivery(string.Join("\n\n", Enumerable.Range(0, 4).Select(i => new string((char)('a' + i), 1000))));

        await _app.Deliver(message);
        var update = await Told(message, DeliveryStatus.Sent);

        Assert.That(_app.Twilio.Outbox.Select(sent => sent.Body[0]), Is.EqualTo("abcd"));
        Assert.That(update.ExternalId, Is.EqualTo(_app.Twilio.Outbox[0].Sid));
        Assert.That(_app.Broker.Updates.Count(told => told.Status == DeliveryStatus.Sent), Is.GreaterThanOrEqualTo(1));

        foreach (var sent in _app.Twilio.Outbox.Skip(1)) await _app.ReportStatus(sent, "read");
        await _app.ReportStatus(_app.Twilio.Outbox[0], "delivered");
        await Told(message, DeliveryStatus.Delivered);
        Assert.That(_app.Broker.Updates.Select(told => told.Status), Has.None.EqualTo(DeliveryStatus.Read));
    }

    [Test]
    public async Task Status_moves_forward_only_and_copies_are_duplicates()
    {
        var message = _app.Delivery();
        await _app.Deliver(message);
        await Told(message, DeliveryStatus.Sent);
        var sent = _app.Twilio.Outbox.Single();

        foreach (var status in new[] { "sent", "read", "delivered", "delivered" })
            Assert.That((await _app.ReportStatus(sent, status)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await Told(message, DeliveryStatus.Read);
        Assert.That((await _app.Row(message.DeliveryId, LedgerStatus.Read)).ExternalId, Is.EqualTo(sent.Sid));
        Assert.That(await _app.Outcomes(), Is.EqualTo(["accepted", "accepted", "accepted", "duplicate"]));
        Assert.That(_app.Broker.Updates.Select(told => told.Status), Has.None.EqualTo(DeliveryStatus.Delivered));
    }

    [Test]
    public async Task A_failure_reported_later_carries_its_code()
    {
        var message = _app.Delivery();
        await _app.Deliver(message);
        await Told(message, DeliveryStatus.Sent);

        await _app.ReportStatus(_app.Twilio.Outbox.Single(), "failed", new KeyValuePair<string, string>("ErrorCode", "63016"));

        var update = await Told(message, DeliveryStatus.Failed);
        Assert.That(update.ErrorCode, Is.EqualTo("63016"));
        Assert.That(update.Error, Does.Contain("24 hours"));
    }

    [Test]
    public async Task A_callback_that_overtakes_the_answer_settles_a_lost_one()
    {
        _app.Twilio.OnSend = _ => FakeTwilio.Mode.AcceptAndCut;
        _app.Twilio.ListFails = true;
        var message = _app.Delivery();
        await _app.Deliver(message);
        var sent = (await Poll.Get(() => _app.Twilio.Outbox, outbox => outbox.Count == 1, "Twilio took it"))[0];

        await _app.ReportStatus(sent, "delivered");

        Assert.That((await Told(message, DeliveryStatus.Delivered)).ExternalId, Is.EqualTo(sent.Sid));
        Assert.That(_app.Twilio.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task A_lost_answer_is_found_at_the_provider_and_nothing_is_sent_again()
    {
        _app.Twilio.OnSend = _ => FakeTwilio.Mode.AcceptAndCut;
        var message = _app.Delivery();

        await _app.Deliver(message);

        var update = await Told(message, DeliveryStatus.Sent);
        Assert.That(update.ExternalId, Is.EqualTo(_app.Twilio.Outbox.Single().Sid));
    }

    [TestCase(nameof(FakeTwilio.Mode.Cut))]
    [TestCase(nameof(FakeTwilio.Mode.Broken))]
    public async Task What_is_absent_after_thirty_seconds_is_sent_exactly_once_more_and_holds_up_what_follows(string mode)
    {
        var failures = 1;
        _app.Twilio.OnSend = _ => Interlocked.Decrement(ref failures) >= 0 ? Enum.Parse<FakeTwilio.Mode>(mode) : FakeTwilio.Mode.Accept;
        var first = _app.Delivery("first");
        var second = _app.Delivery("second", previous: first.DeliveryId);
        await _app.Deliver(first);
        await _app.Deliver(second);
        await _app.Row(first.DeliveryId, LedgerStatus.Unknown);
        Assert.That(_app.Twilio.Outbox, Is.Empty);

        _app.Time.Advance(TimeSpan.FromSeconds(31));

        await Told(second, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Outbox.Select(sent => sent.Body), Is.EqualTo(["first", "second"]));
        Assert.That(_app.Twilio.Calls, Is.EqualTo(3));
    }

    [Test]
    public async Task What_cannot_be_asked_stays_unknown_until_it_can()
    {
        _app.Twilio.OnSend = _ => FakeTwilio.Mode.AcceptAndCut;
        _app.Twilio.ListFails = true;
        var message = _app.Delivery();
        await _app.Deliver(message);
        await Told(message, DeliveryStatus.Unknown);

        _app.Twilio.ListFails = false;
        _app.Time.Advance(TimeSpan.FromMinutes(1));

        await Told(message, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task An_identical_earlier_message_is_not_taken_for_a_lost_one()
    {
        var first = _app.Delivery("same words");
        await _app.Deliver(first);
        await Told(first, DeliveryStatus.Sent);
        var lost = true;
        _app.Twilio.OnSend = _ => lost ? FakeTwilio.Mode.Cut : FakeTwilio.Mode.Accept;
        var second = _app.Delivery("same words", previous: first.DeliveryId);

        await _app.Deliver(second);
        await _app.Row(second.DeliveryId, LedgerStatus.Unknown);
        lost = false;
        _app.Time.Advance(TimeSpan.FromSeconds(31));

        await Told(second, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Outbox, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Too_many_requests_wait_as_long_as_the_provider_asks()
    {
        var refusals = 1;
        _app.Twilio.RetryAfter = "20";
        _app.Twilio.OnSend = _ => Interlocked.Decrement(ref refusals) >= 0 ? FakeTwilio.Mode.TooMany : FakeTwilio.Mode.Accept;
        var message = _app.Delivery();
        var start = _app.Time.GetUtcNow();
        await _app.Deliver(message);
        await Poll.Get(() => _app.Twilio.Calls, calls => calls == 1, "it was tried");
        await Poll.Get(() => _app.Scalar("SELECT count(*) FROM deliveries WHERE status = 0 AND attempt = 1"), rows => rows is 1L, "it waits");
        var due = (DateTime)(await _app.Scalar("SELECT next_attempt_at FROM deliveries"))!;
        Assert.That(due - start.UtcDateTime, Is.GreaterThan(TimeSpan.FromSeconds(20)).And.LessThan(TimeSpan.FromSeconds(40)));

        _app.Time.Advance(TimeSpan.FromSeconds(25));

        await Told(message, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Outbox, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_refused_connection_is_tried_again_without_asking()
    {
        var refusals = 1;
        _app.Twilio.OnSend = _ => Interlocked.Decrement(ref refusals) >= 0 ? FakeTwilio.Mode.RefuseConnection : FakeTwilio.Mode.Accept;
        var message = _app.Delivery();

        await _app.Deliver(message);

        await Told(message, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Outbox, Has.Count.EqualTo(1));
        Assert.That(_app.Broker.Updates.Select(told => told.Status), Has.None.EqualTo(DeliveryStatus.Unknown));
    }

    [Test]
    public async Task A_permanent_error_is_final_shown_and_does_not_hold_up_what_follows()
    {
        _app.Twilio.OnSend = sent => sent.Body == "first" ? FakeTwilio.Mode.OptedOut : FakeTwilio.Mode.Accept;
        var first = _app.Delivery("first");
        var second = _app.Delivery("second", previous: first.DeliveryId);

        await _app.Deliver(first);
        await _app.Deliver(second);

        var update = await Told(first, DeliveryStatus.Failed);
        Assert.That(update.ErrorCode, Is.EqualTo("21610"));
        Assert.That(update.Error, Does.Contain("unsubscribed"));
        Assert.That(update.OptedOut, Is.True, "only this tells that the customer wants nothing more");
        await Told(second, DeliveryStatus.Sent);
    }

    [Test]
    public async Task Taking_over_cancels_what_the_assistant_has_not_begun_and_what_it_writes_late()
    {
        _app.Twilio.OnSend = _ => FakeTwilio.Mode.TooMany;
        _app.Twilio.RetryAfter = "5";
        var conversation = Guid.CreateVersion7();
        var waiting = _app.Delivery("waiting", conversation: conversation, version: 3);
        await _app.Deliver(waiting);
        await Poll.Get(() => _app.Scalar("SELECT count(*) FROM deliveries WHERE status = 0 AND attempt = 1"), rows => rows is 1L, "it waits");

        _app.Get<DeliveryNews>().Publish(await _app.Get<Ledger>().Cancel(conversation, Identifiers.DefaultWorkspace, 5, CancellationToken.None));
        _app.Twilio.OnSend = _ => FakeTwilio.Mode.Accept;
        var late = _app.Delivery("late", conversation: conversation, version: 4, previous: waiting.DeliveryId);
        var person = _app.Delivery("from a person", conversation: conversation, author: Author.Agent, version: 4, previous: late.DeliveryId);
        var newer = _app.Delivery("after handing back", conversation: conversation, version: 5, previous: person.DeliveryId);
        await _app.Deliver(late);
        await _app.Deliver(person);
        await _app.Deliver(newer);

        await Told(waiting, DeliveryStatus.Cancelled);
        await Told(late, DeliveryStatus.Cancelled);
        await Told(newer, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Outbox.Select(sent => sent.Body), Is.EqualTo(["from a person", "after handing back"]));
    }

    [Test]
    public async Task A_delivery_waits_for_the_one_before_it()
    {
        var first = _app.Delivery("first");
        var second = _app.Delivery("second", previous: first.DeliveryId);

        var waiting = _app.Deliver(second);
        await _app.Deliver(_app.Delivery("other person", "whatsapp:+447700900456"));
        Assert.That(waiting.IsCompleted, Is.False);
        await _app.Deliver(first);
        await waiting;

        await Told(second, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Outbox.Where(sent => sent.To == ChannelApp.Customer).Select(sent => sent.Body), Is.EqualTo(["first", "second"]));
    }

    [Test]
    public async Task Each_address_gets_its_messages_in_order_from_two_replicas_that_meet_with_failures()
    {
        await using var other = await ChannelApp.Start(beside: _app);
        var calls = 0;
        _app.Twilio.OnSend = _ => Interlocked.Increment(ref calls) % 7 == 0 ? FakeTwilio.Mode.TooMany : FakeTwilio.Mode.Accept;
        _app.Twilio.RetryAfter = "0";
        var deliveries = new List<DeliverMessage>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async person =>
        {
            Guid? previous = null;
            for (var i = 0; i < 10; i++)
            {
                var message = _app.Delivery($"{i}", $"whatsapp:+4477009{person:00000}", previous);
                lock (deliveries) deliveries.Add(message);
                previous = message.DeliveryId;
                await (i % 2 == 0 ? _app : other).Deliver(message);
            }
        }));

        await Poll.Get(() => _app.Twilio.Outbox.Count, count => count >= 200, "everything was sent", 120);

        foreach (var person in _app.Twilio.Outbox.GroupBy(sent => sent.To))
            Assert.That(person.Select(sent => sent.Body), Is.EqualTo(Enumerable.Range(0, 10).Select(i => $"{i}")));
    }

    [Test]
    public async Task A_row_whose_sender_died_is_settled_by_another_replica()
    {
        await _app.DisposeAsync();
        _app = await ChannelApp.Start(workers: false);
        var (died, unsent) = (_app.Delivery("sent before it died"), _app.Delivery("not sent", "whatsapp:+447700900456"));

        // A replica that claims and dies: before or after the provider took the message.
        foreach (var message in new[] { died, unsent })
        {
            var row = new NewRow(
                message.DeliveryId, 0, 1, message.ConversationId, message.WorkspaceId, message.ConnectionId, (short)message.Partition, message.Address,
                new OutboundPart(message.Text), true, message.Version, null);
            var claimed = await _app.Get<Ledger>().Insert([row], [(row.ConnectionId, row.Address)], CancellationToken.None);
            Assert.That(claimed.Claimed, Has.Count.EqualTo(1));
            if (message == died) await _app.Get<IChannelAdapter>().Send(claimed.Claimed[0].ToMessage(), CancellationToken.None);
        }

        await using var other = await ChannelApp.Start(beside: _app);
        _app.Time.Advance(TimeSpan.FromSeconds(16));
        await Told(died, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Outbox, Has.Count.EqualTo(1));

        _app.Time.Advance(TimeSpan.FromSeconds(16));
        await Told(unsent, DeliveryStatus.Sent);
        Assert.That(_app.Twilio.Outbox.Select(sent => sent.Body), Is.EqualTo(["sent before it died", "not sent"]));
    }

    [Test]
    public async Task A_change_that_was_never_told_is_told_later()
    {
        _app.Broker.IsAway = true;
        var message = _app.Delivery();
        await _app.Deliver(message);
        await _app.Row(message.DeliveryId, LedgerStatus.Sent);

        _app.Broker.IsAway = false;
        _app.Time.Advance(TimeSpan.FromSeconds(10));

        await Told(message, DeliveryStatus.Sent);
        await Poll.Get(() => _app.Scalar("SELECT count(*) FROM deliveries WHERE unpublished"), rows => rows is 0L, "nothing is untold");
    }

    [Test]
    public async Task A_connection_that_is_gone_fails_visibly()
    {
        var message = _app.Delivery() with { ConnectionId = Guid.CreateVersion7() };

        await _app.Deliver(message);

        Assert.That((await Told(message, DeliveryStatus.Failed)).ErrorCode, Is.EqualTo("no_connection"));
    }

    [Test]
    public async Task The_credentials_go_to_the_configured_account()
    {
        var message = _app.Delivery();
        await _app.Deliver(message);
        await Told(message, DeliveryStatus.Sent);

        var expected = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{ChannelApp.AccountSid}:{ChannelApp.AuthToken}"));
        Assert.That(_app.Twilio.Authorizations, Has.All.EqualTo(expected));
    }

    private Task<DeliveryUpdated> Told(DeliverMessage message, DeliveryStatus status) =>
        Poll.Get(
            () => _app.Broker.Updates.LastOrDefault(update => update.DeliveryId == message.DeliveryId && update.Status == status)!, update => update is not null,
            $"ChatService learns {status}");
}
