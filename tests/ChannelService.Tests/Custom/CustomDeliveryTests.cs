using System.Net;
using System.Text;
using Assistify.ChannelService.Custom;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ChannelService.Tests.Custom;

/// <summary>The channel of one's own through the whole service: in by the endpoint, out by the ledger.</summary>
public sealed class CustomDeliveryTests
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private FakeProvider _system = null!;
    private ChannelApp _app = null!;

    [SetUp]
    public async Task Start()
    {
        _system = new FakeProvider();
        _app = await ChannelApp.Start(settings: Settings, configure: Line);
    }

    private static Dictionary<string, string?> Settings => new() { ["Channels:Custom:Secret"] = Secret, ["Channels:Custom:CallbackUrl"] = "http://system.test/in" };

    private void Line(IServiceCollection services) => services.AddHttpClient<CustomClient>().ConfigurePrimaryHttpMessageHandler(() => _system);

    [TearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        _system.Dispose();
    }

    [Test]
    public async Task What_was_not_taken_goes_again_under_the_same_id_and_holds_up_nobody_else()
    {
        _system.Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.NoContent).Answers("", HttpStatusCode.NoContent);
        var refused = Delivery("c-1", "first");
        await _app.Deliver(refused);
        await Poll.Get(() => _app.Scalar("SELECT error_code FROM deliveries WHERE status = 0"), code => (string?)code == "http_500", "the first call failed");
        var other = Delivery("c-2", "to somebody else");

        await _app.Deliver(other);
        await _app.Row(other.DeliveryId, LedgerStatus.Sent);
        Assert.That((await _app.Get<Ledger>().Load([refused.DeliveryId], CancellationToken.None))[0].Status, Is.EqualTo(LedgerStatus.Queued));
        _app.Time.Advance(TimeSpan.FromSeconds(8));
        var sent = await _app.Row(refused.DeliveryId, LedgerStatus.Sent);

        var calls = _system.Requests.Where(request => Encoding.UTF8.GetString(request.Body).Contains("first", StringComparison.Ordinal)).ToList();
        Assert.That(calls, Has.Count.EqualTo(2));
        Assert.That(calls.Select(call => call.Headers[StandardWebhooks.IdHeader]), Is.All.EqualTo(sent.ExternalId));
        Assert.That(calls[0].Body, Is.EqualTo(calls[1].Body), "A repeat is the same message.");
        Assert.That(calls[0].Headers[StandardWebhooks.TimestampHeader], Is.Not.EqualTo(calls[1].Headers[StandardWebhooks.TimestampHeader]));
    }

    [Test]
    public async Task What_waits_goes_as_soon_as_the_system_takes_messages_again()
    {
        _system.Answers("", HttpStatusCode.ServiceUnavailable).Answers("", HttpStatusCode.ServiceUnavailable);
        var refused = Delivery("c-1", "first");
        await _app.Deliver(refused);
        await Failed(1);
        _app.Time.Advance(TimeSpan.FromSeconds(8));
        await Failed(2);

        // Its schedule says five minutes, and it has just been tried.
        _system.Answers("", HttpStatusCode.NoContent);
        await Sent(Delivery("c-2", "at once"));
        Assert.That(await _app.Scalar("SELECT next_attempt_at > $now FROM deliveries WHERE status = 0".Replace("$now", Now(), StringComparison.Ordinal)), Is.True);

        // Another replica knows of it too.
        await using var restarted = await ChannelApp.Start(beside: _app, settings: Settings, configure: Line);
        _app.Time.Advance(TimeSpan.FromSeconds(31));
        _system.Answers("", HttpStatusCode.NoContent).Answers("", HttpStatusCode.NoContent);
        var later = Delivery("c-3", "later");
        await restarted.Deliver(later);
        await _app.Row(later.DeliveryId, LedgerStatus.Sent);
        await _app.Row(refused.DeliveryId, LedgerStatus.Sent);

        Task<object?> Failed(int attempt) => Poll.Get(() => _app.Scalar($"SELECT error_code FROM deliveries WHERE status = 0 AND attempt = {attempt}"), code => (string?)code == "http_503", $"call {attempt} failed");

        async Task Sent(DeliverMessage delivery)
        {
            await _app.Deliver(delivery);
            await _app.Row(delivery.DeliveryId, LedgerStatus.Sent);
        }

        string Now() => $"'{_app.Time.GetUtcNow():O}'::timestamptz";
    }

    [TestCase(1, 0, 5)]
    [TestCase(2, 6, 300)]
    [TestCase(3, 40, 300, TestName = "Tried sooner than planned, it waits as before")]
    [TestCase(3, 306, 1800)]
    [TestCase(1, 4000, 5, TestName = "Behind another message the schedule has not begun")]
    [TestCase(20, 3600, 7200)]
    [TestCase(10, 400_000, null, TestName = "After the whole schedule it is given up")]
    public async Task The_schedule_is_that_of_Standard_Webhooks(int attempt, int age, int? wait)
    {
        _system.Answers("", HttpStatusCode.InternalServerError);
        using var http = new HttpClient(_system, disposeHandler: false);
        var client = new CustomClient(http, _app.Time);

        var result = await client.Send(
            new CustomOptions { Secret = Secret, CallbackUrl = "http://system.test/in" }, "msg_1", [], attempt, _app.Time.GetUtcNow() - TimeSpan.FromSeconds(age), default);

        Assert.That((result as SendResult.NotSent)?.RetryAfter, Is.EqualTo(wait is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null));
    }

    [Test]
    public async Task A_system_that_is_gone_stays_gone_over_a_restart_until_somebody_tests_it()
    {
        _system.Answers("", HttpStatusCode.Gone).Answers("", HttpStatusCode.NoContent);
        var first = Delivery("c-1", "first");
        await _app.Deliver(first);
        Assert.That((await _app.Row(first.DeliveryId, LedgerStatus.Failed)).ErrorCode, Is.EqualTo("http_410"));

        await using var restarted = await ChannelApp.Start(beside: _app, settings: Settings, configure: Line);
        var second = Delivery("c-2", "second");
        await restarted.Deliver(second);
        Assert.That((await _app.Row(second.DeliveryId, LedgerStatus.Failed)).ErrorCode, Is.EqualTo("callback_gone"));
        Assert.That(_system.Requests, Has.Count.EqualTo(1));

        var connection = Delivery("c-3", "third").ConnectionId;
        Assert.That(await (await _app.Operator().GetAsync($"/api/connections/{connection}")).Content.ReadAsStringAsync(), Does.Contain("\"callback_gone\"").And.Not.Contain("system.test"));
        await _app.Operator().PostAsync($"/api/connections/{connection}/test", null);
        _app.Time.Advance(TimeSpan.FromSeconds(6));
        var third = Delivery("c-3", "third");
        await _app.Deliver(third);
        await _app.Row(third.DeliveryId, LedgerStatus.Sent);
    }

    [Test]
    public async Task A_signed_message_is_published_once_and_known_by_its_own_id()
    {
        using var first = await Post("msg_1");
        using var second = await Post("msg_1");
        using var unsigned = await Post("msg_2", signature: "v1,AAAA");

        Assert.That(new[] { first, second, unsigned }.Select(answer => answer.StatusCode), Is.EqualTo([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized]));
        var message = _app.Broker.Messages.Single();
        Assert.That((message.Channel, message.From.Value, message.From.Person, message.ExternalId), Is.EqualTo(("custom", "c-1", "u-1", "m-1")));
        Assert.That(await _app.Outcomes(), Is.EqualTo(["accepted", "duplicate", "rejected"]));
    }

    [Test]
    public async Task A_deleted_message_is_not_kept_as_it_came_either()
    {
        using var created = await Post("msg_1");
        Assert.That(await Kept(), Is.EqualTo(1));

        using var deleted = await Post("msg_2", body: """{"type":"message.deleted","data":{"conversation":"c-1","message":{"id":"m-1"}}}""");

        Assert.That(await Kept(), Is.Zero);
        var change = _app.Broker.Published.OfType<MessageChanged>().Single();
        Assert.That((change.Change, change.TargetExternalId), Is.EqualTo((MessageChange.Deleted, "m-1")));

        async Task<object?> Kept() => await _app.Scalar("SELECT count(*) FROM webhook_logs WHERE position('Hello' IN convert_from(raw, 'UTF8')) > 0");
    }

    private DeliverMessage Delivery(string address, string text) => _app.Delivery(text, address) with
    {
        ConnectionId = Identifiers.Connection(Identifiers.DefaultWorkspace, "custom", "custom"), Channel = "custom",
    };

    private Task<HttpResponseMessage> Post(
        string id, string? signature = null,
        string body = """{"type":"message.created","data":{"conversation":"c-1","message":{"id":"m-1","text":"Hello","from":{"id":"u-1"}}}}""")
    {
        var timestamp = _app.Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/custom") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(StandardWebhooks.IdHeader, id);
        request.Headers.Add(StandardWebhooks.TimestampHeader, timestamp);
        request.Headers.Add(StandardWebhooks.SignatureHeader,
            signature ?? StandardWebhooks.Sign(id, timestamp, Encoding.UTF8.GetBytes(body), StandardWebhooks.KeyOf(Secret, StandardWebhooks.SecretPrefix)!));
        return _app.Http.SendAsync(request);
    }
}
