using System.Globalization;
using System.Net;
using System.Text;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Slack;
using Assistify.ChannelService.Tests.Meta;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Deliveries;

/// <summary>Slack, Messenger and Instagram are asked what became of a message and what customers wrote, where no webhook tells.</summary>
public sealed class AskedProvidersTests
{
    private const string Member = "U2147483697";
    private const string Person = "6712345678901234";
    private const int Patience = 90;
    private static readonly string[] s_nothing = [];

    private SandboxProviders _sandbox = null!;
    private ChannelApp? _started;

    private ChannelApp App => _started!;

    [SetUp]
    public void Open() => _sandbox = new SandboxProviders();

    [TearDown]
    public async Task Close()
    {
        if (_started is not null) await _started.DisposeAsync();
        _started = null;
        await _sandbox.DisposeAsync();
    }

    [TestCase("slack", false)]
    [TestCase("slack", true)]
    [TestCase("facebook", false)]
    [TestCase("instagram", false)]
    public async Task A_message_whose_answer_was_lost_is_found_at_the_provider_and_never_sent_again(string channel, bool inThread)
    {
        var address = await Customer(channel, inThread);
        await Start(workers: true);
        await _sandbox.SetFaults(channel, new { statusSteps = s_nothing, timeoutAfterAccept = 1 });

        var message = Delivery(channel, address);
        await App.Deliver(message);

        var row = await App.Row(message.DeliveryId, LedgerStatus.Sent, Patience);
        var held = await _sandbox.Outbox(channel);
        Assert.That(held.Select(one => (one.Sid, one.Body)), Is.EqualTo([(row.ExternalId!, "Hello back")]));
        Assert.That(row.Attempt, Is.EqualTo(1));
    }

    [TestCase("slack", false)]
    [TestCase("slack", true)]
    [TestCase("facebook", false)]
    [TestCase("instagram", false)]
    public async Task A_message_that_never_arrived_is_sent_again_once(string channel, bool inThread)
    {
        var address = await Customer(channel, inThread);
        await Start(workers: true);
        await _sandbox.SetFaults(channel, new { statusSteps = s_nothing, cutConnection = 1 });
        var message = Delivery(channel, address);
        await App.Deliver(message);
        await App.Row(message.DeliveryId, LedgerStatus.Unknown, Patience);

        await _sandbox.SetFaults(channel, new { statusSteps = s_nothing });
        App.Time.Advance(TimeSpan.FromSeconds(31));

        var row = await App.Row(message.DeliveryId, LedgerStatus.Sent, Patience);
        Assert.That((await _sandbox.Outbox(channel)).Select(one => one.Sid), Is.EqualTo([row.ExternalId]));
        Assert.That(row.Attempt, Is.GreaterThan(1));
    }

    [TestCase("slack")]
    [TestCase("facebook")]
    public async Task Where_theApp_may_not_read_the_message_stays_unknown_and_keeps_nobody_waiting(string channel)
    {
        var address = await Customer(channel, inThread: false);
        await Start(workers: true);
        await _sandbox.SetFaults(channel, new { statusSteps = s_nothing, timeoutAfterAccept = 1, missingScope = true });
        var lost = Delivery(channel, address);
        await App.Deliver(lost);
        await App.Row(lost.DeliveryId, LedgerStatus.Unknown, Patience);

        await _sandbox.SetFaults(channel, new { statusSteps = s_nothing, missingScope = true });
        var next = Delivery(channel, address) with { Text = "And this" };
        await App.Deliver(next);
        App.Time.Advance(TimeSpan.FromMinutes(3));

        await App.Row(lost.DeliveryId, LedgerStatus.Unsettled, Patience);
        await App.Row(next.DeliveryId, LedgerStatus.Sent, Patience);
        Assert.That((await _sandbox.Outbox(channel)).Select(one => one.Body), Is.EqualTo(["Hello back", "And this"]));
    }

    [TestCase("slack", false)]
    [TestCase("slack", true)]
    [TestCase("facebook", false)]
    [TestCase("instagram", false)]
    public async Task A_message_whose_webhook_never_came_is_found_once_by_the_daily_comparison_also_where_the_webhook_comes_after_all(string channel, bool inThread)
    {
        await Start(workers: false);
        Assert.That(await Fetch(channel), Is.Zero);
        var root = inThread ? await _sandbox.Write(channel, Member, "A vase?") : null;
        var sid = await _sandbox.Write(channel, PersonOn(channel), "Is anybody there?", root);
        await _sandbox.SetFaults(channel, new { statusSteps = s_nothing, callsPerSecond = 2 });

        App.Time.Advance(TimeSpan.FromHours(24));
        Assert.That(await Fetch(channel), Is.EqualTo(inThread ? 2 : 1));
        var received = App.Broker.Messages.Single(message => message.ExternalId == sid);
        Assert.That((received.Content.Text, received.AnswerWanted, received.From.Value), Is.EqualTo(
            ("Is anybody there?", true, channel != "slack" ? Person : inThread ? $"D2147483697/{root}" : "D2147483697")));

        using var late = await (channel == "slack" ? SlackWebhook(sid, root) : FakeGraph.Post(App, channel, Webhook(channel, sid)));
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        App.Time.Advance(TimeSpan.FromHours(24));
        Assert.That(await Fetch(channel), Is.Zero);
        Assert.That(App.Broker.Messages.Count(message => message.Content.Text == "Is anybody there?"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_webhook_brought_is_not_brought_again_and_our_own_answers_are_nobodys_message()
    {
        await Start(workers: false);
        Assert.That(await Fetch("slack") + await Fetch("facebook"), Is.Zero);
        var member = await _sandbox.Write("slack", Member, "Is anybody there?");
        var person = await _sandbox.Write("facebook", Person, "Is anybody there?");
        using var slack = await SlackWebhook(member, null);
        using var facebook = await FakeGraph.Post(App, "facebook", Webhook("facebook", person));
        foreach (var channel in new[] { "slack", "facebook" })
        {
            var adapter = App.Get<ChannelAdapters>().Find(Connection(channel))!;
            await adapter.Send(new OutboundMessage(Guid.CreateVersion7(), 0, channel == "slack" ? "D2147483697" : Person, "Yes", null), CancellationToken.None);
        }

        App.Time.Advance(TimeSpan.FromHours(24));

        Assert.That(await Fetch("slack") + await Fetch("facebook"), Is.Zero);
        Assert.That(App.Broker.Messages, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Of_a_long_conversation_everything_is_found_in_order_as_far_as_the_provider_shows_it()
    {
        await Start(workers: false);
        Assert.That(await Fetch("facebook") + await Fetch("instagram"), Is.Zero);
        foreach (var channel in new[] { "facebook", "instagram" })
            for (var i = 0; i < 25; i++) await _sandbox.Write(channel, Person, string.Create(CultureInfo.InvariantCulture, $"{channel} {i:00}"));

        App.Time.Advance(TimeSpan.FromHours(24));

        Assert.That((await Fetch("facebook"), await Fetch("instagram")), Is.EqualTo((25, 20)));
        var texts = App.Broker.Messages.Select(message => message.Content.Text).ToList();
        Assert.That(texts.Where(text => text.StartsWith("facebook", StringComparison.Ordinal)), Is.Ordered.And.Exactly(25).Items);
        Assert.That(texts.Where(text => text.StartsWith("instagram", StringComparison.Ordinal)), Is.Ordered);
    }

    [Test]
    public async Task Slack_is_asked_for_every_conversation_once_an_hour()
    {
        await Start(workers: false);
        Assert.That(await Fetch("slack"), Is.Zero);
        await _sandbox.Write("slack", Member, "Is anybody there?");

        App.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.That(await Fetch("slack"), Is.Zero);
        App.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.That(await Fetch("slack"), Is.EqualTo(1));
    }

    private async Task Start(bool workers) => _started = await ChannelApp.Start(workers: workers, settings: _sandbox.Settings);

    /// <summary>Somebody who has written.</summary>
    private async Task<string> Customer(string channel, bool inThread)
    {
        var sid = await _sandbox.Write(channel, PersonOn(channel), "A vase?");
        return channel != "slack" ? Person : inThread ? $"D2147483697/{sid}" : "D2147483697";
    }

    private static string PersonOn(string channel) => channel == "slack" ? Member : Person;

    private static Guid Connection(string channel) =>
        channel == "slack" ? Identifiers.Connection(Identifiers.DefaultWorkspace, "slack", "any") : FakeGraph.Connection(channel);

    private DeliverMessage Delivery(string channel, string address) => App.Delivery("Hello back", address) with
    {
        ConnectionId = Connection(channel), Channel = channel, Partition = Partition.For(Connection(channel), address),
    };

    private Task<int> Fetch(string channel) => App.Get<MissedMessages>().Fetch(App.Get<ChannelAdapters>().Find(Connection(channel))!, CancellationToken.None);

    private static string Webhook(string channel, string mid)
    {
        var body = FakeGraph.Messaging($$"""
            "message":{"mid":"{{mid}}","text":"Is anybody there?"}
            """);
        return channel == "facebook" ? body
            : body.Replace("\"page\"", "\"instagram\"", StringComparison.Ordinal).Replace(FakeGraph.Page, FakeGraph.Account, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SlackWebhook(string ts, string? thread)
    {
        var body = $$$"""
            {"type":"event_callback","team_id":"T061EG9R6","apiApp_id":"A0FFV41KK","event_id":"Ev0LATE0001","event":{"type":"message","channel":"D2147483697",
             "channel_type":"im","user":"{{{Member}}}","text":"Is anybody there?","ts":"{{{ts}}}"{{{(thread is null ? "" : $",\"thread_ts\":\"{thread}\"")}}}},
             "authorizations":[{"team_id":"T061EG9R6","user_id":"U0BOT00001","is_bot":true}]}
            """;
        var timestamp = App.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/slack") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(SlackSignature.TimestampHeader, timestamp);
        request.Headers.Add(SlackSignature.Header, SlackSignature.Compute(timestamp, Encoding.UTF8.GetBytes(body), SandboxProviders.SlackSecret));
        return App.Http.SendAsync(request);
    }
}
