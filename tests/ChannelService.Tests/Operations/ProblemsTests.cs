using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Operations;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Tests.Operations;

public sealed class ProblemsTests
{
    private static readonly object s_reason = new { reason = "the customer called" };

    [Test]
    public async Task A_failed_delivery_is_listed_and_sent_again_by_an_admins_will()
    {
        await using var app = await ChannelApp.Start();
        app.Twilio.OnSend = _ => FakeTwilio.Mode.OptedOut;
        var delivery = app.Delivery();
        await app.Deliver(delivery);
        await app.Row(delivery.DeliveryId, LedgerStatus.Failed);

        var problem = (await List(app.Operator("agent"), "failed")).Single()!;
        Assert.That(problem["id"]!.GetValue<Guid>(), Is.EqualTo(delivery.DeliveryId));
        Assert.That((problem["errorCode"]!.GetValue<string>(), problem["mayDouble"]!.GetValue<bool>()), Is.EqualTo(("21610", false)));
        Assert.That(problem.ToJsonString(), Does.Not.Contain(delivery.Text).And.Not.Contain(delivery.Address));
        Assert.That((await app.Operator("agent").PostAsJsonAsync(Path(delivery, "retry"), s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await app.Operator().PostAsJsonAsync(Path(delivery, "retry"), new { reason = " " })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

        app.Twilio.OnSend = _ => FakeTwilio.Mode.Accept;
        var retried = await app.Operator().PostAsJsonAsync(Path(delivery, "retry"), s_reason);
        Assert.That(retried.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await retried.Content.ReadFromJsonAsync<JsonObject>())!.ContainsKey("warning"), Is.False);
        var row = await app.Row(delivery.DeliveryId, LedgerStatus.Sent);

        Assert.That((row.Attempt, row.Retries), Is.EqualTo((2, 1)));
        Assert.That(await List(app.Operator(), "failed"), Is.Empty);
        await Poll.Get(
            () => app.Broker.Updates.Where(update => update.DeliveryId == delivery.DeliveryId).Select(update => (update.Status, update.Again)).ToList(),
            told => told.Contains((DeliveryStatus.Failed, false)) && told.Contains((DeliveryStatus.Sent, false)), "ChatService knows");
        Assert.That((await app.Operator().PostAsJsonAsync(Path(delivery, "retry"), s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "it is sent");
        Assert.That(await app.Scalar("SELECT action || '/' || detail || '/' || reason FROM operator_actions"), Is.EqualTo("delivery.retried/was: failed/the customer called"));
    }

    [Test]
    public async Task What_is_queued_again_is_told_as_a_new_beginning()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var delivery = await Failed(app);

        await app.Operator().PostAsJsonAsync(Path(delivery, "retry"), s_reason);
        await app.Get<DeliveryNews>().Sweep(TimeSpan.Zero, default);

        var told = app.Broker.Updates.Last(update => update.DeliveryId == delivery.DeliveryId);
        Assert.That((told.Status, told.Again, told.ErrorCode), Is.EqualTo((DeliveryStatus.Queued, true, (string?)null)));
    }

    [Test]
    public async Task One_of_unknown_fate_warns_of_doubles_and_what_waited_behind_it_goes_on()
    {
        await using var app = await ChannelApp.Start();
        app.Twilio.ListFails = true;
        app.Twilio.OnSend = _ => FakeTwilio.Mode.AcceptAndCut;
        var first = app.Delivery("first");
        await app.Deliver(first);
        await app.Row(first.DeliveryId, LedgerStatus.Unknown);
        var second = app.Delivery("second", previous: first.DeliveryId, conversation: first.ConversationId);
        await app.Deliver(second);

        var problem = (await List(app.Operator(), "unknown")).Single()!;
        Assert.That((problem["id"]!.GetValue<Guid>(), problem["mayDouble"]!.GetValue<bool>()), Is.EqualTo((first.DeliveryId, true)));

        app.Twilio.OnSend = _ => FakeTwilio.Mode.Accept;
        var retried = await app.Operator().PostAsJsonAsync(Path(first, "retry"), s_reason);
        Assert.That((await retried.Content.ReadFromJsonAsync<JsonObject>())!["warning"]!.GetValue<string>(), Does.Contain("twice"));
        await app.Row(first.DeliveryId, LedgerStatus.Sent);
        await app.Row(second.DeliveryId, LedgerStatus.Sent);
        Assert.That(app.Twilio.Outbox.Select(message => message.Body), Is.EqualTo(new[] { "first", "first", "second" }));
    }

    [Test]
    public async Task One_that_nobody_will_ever_know_the_fate_of_is_listed_too_and_can_be_sent_again()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var delivery = app.Delivery();
        await app.Deliver(delivery);
        await app.Scalar($"UPDATE deliveries SET status = {(int)LedgerStatus.Unsettled}");

        var problem = (await List(app.Operator("agent"), "unknown")).Single()!;
        Assert.That((problem["id"]!.GetValue<Guid>(), problem["mayDouble"]!.GetValue<bool>()), Is.EqualTo((delivery.DeliveryId, true)));
        var retried = await app.Operator().PostAsJsonAsync(Path(delivery, "retry"), s_reason);

        Assert.That((await retried.Content.ReadFromJsonAsync<JsonObject>())!["warning"]!.GetValue<string>(), Does.Contain("twice"));
        Assert.That(await List(app.Operator(), "unknown"), Is.Empty);
    }

    [Test]
    public async Task A_dropped_one_is_cancelled_and_not_sent_later()
    {
        await using var app = await ChannelApp.Start(workers: false);
        app.Twilio.OnSend = _ => FakeTwilio.Mode.RefuseConnection;
        var delivery = app.Delivery();
        await app.Deliver(delivery);
        await app.Row(delivery.DeliveryId, LedgerStatus.Queued);
        app.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.That((await List(app.Operator(), "stuck")).Single()!["status"]!.GetValue<string>(), Is.EqualTo("queued"));

        Assert.That((await app.Operator().PostAsJsonAsync(Path(delivery, "drop"), s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        app.Twilio.OnSend = _ => FakeTwilio.Mode.Accept;
        await app.Get<DeliverySender>().ClaimDue(default);

        Assert.That((await app.Row(delivery.DeliveryId, LedgerStatus.Cancelled)).ErrorCode, Is.EqualTo("dropped"));
        Assert.That(app.Twilio.Outbox, Is.Empty);
        Assert.That(await List(app.Operator(), "stuck"), Is.Empty);
        Assert.That((await app.Operator().PostAsJsonAsync(Path(delivery, "drop"), s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        await app.Get<DeliveryNews>().Sweep(TimeSpan.Zero, default);
        Assert.That(app.Broker.Updates[^1].Status, Is.EqualTo(DeliveryStatus.Cancelled));
    }

    [Test]
    public async Task Pages_follow_each_other_and_show_each_delivery_once()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var deliveries = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            deliveries.Add((await Failed(app)).DeliveryId);
            app.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await app.Operator().GetFromJsonAsync<JsonObject>($"/api/deliveries/problems?kind=failed&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<Guid>()));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.That(seen, Is.EqualTo(deliveries));
    }

    [TestCase("?kind=lost", "kind")]
    [TestCase("?limit=0", "limit")]
    [TestCase("?cursor=x", "cursor")]
    public async Task What_is_wrong_is_said_by_field(string query, string field)
    {
        await using var app = await ChannelApp.Start(workers: false);
        var response = await app.Operator().GetAsync($"/api/deliveries/problems{query}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Test]
    public async Task Another_workspaces_problems_are_unknown_here()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var delivery = await Failed(app);
        app.Broker.Dead.Add(Dead(Identifiers.DefaultWorkspace));
        var stranger = app.Operator("owner", Guid.NewGuid());

        Assert.That((await app.Http.GetAsync("/api/deliveries/problems")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await app.Operator("viewer").GetAsync("/api/deliveries/problems")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        foreach (var kind in ProblemStore.Kinds) Assert.That(await List(stranger, kind), Is.Empty, kind);
        foreach (var id in new[] { delivery.DeliveryId, app.Broker.Dead[0].Id })
        {
            Assert.That((await stranger.PostAsJsonAsync($"/api/deliveries/{id}/retry", s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await stranger.PostAsJsonAsync($"/api/deliveries/{id}/drop", s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
        Assert.That(await app.Scalar("SELECT count(*) FROM operator_actions"), Is.EqualTo(0L));
    }

    [Test]
    public async Task Dead_messages_are_put_back_or_dropped_and_it_is_written_why()
    {
        await using var app = await ChannelApp.Start(workers: false);
        app.Broker.Dead.AddRange([Dead(Identifiers.DefaultWorkspace), Dead(null), Dead(null) with { From = null }]);
        var (back, gone, lost) = (app.Broker.Dead[0].Id, app.Broker.Dead[1].Id, app.Broker.Dead[2].Id);
        Assert.That(await List(app.Operator("agent"), "dead"), Has.Count.EqualTo(3));

        Assert.That((await app.Operator().PostAsJsonAsync($"/api/deliveries/{back}/retry", s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await app.Operator().PostAsJsonAsync($"/api/deliveries/{gone}/drop", s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await app.Operator().PostAsJsonAsync($"/api/deliveries/{lost}/retry", s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));

        Assert.That(app.Broker.Replayed, Is.EqualTo(new[] { back }));
        Assert.That(app.Broker.Dead.Select(message => message.Id), Is.EqualTo(new[] { lost }));
        Assert.That(
            await app.Scalar("SELECT string_agg(action || ' ' || reason, ', ' ORDER BY at) FROM operator_actions"),
            Is.EqualTo("dead_message.replayed the customer called, dead_message.dropped the customer called"));
        app.Broker.IsAway = true;
        Assert.That((await app.Operator().GetAsync("/api/deliveries/problems?kind=dead")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task What_is_not_kept_any_more_is_not_sent_as_nothing()
    {
        await using var app = await ChannelApp.Start(workers: false);
        var delivery = await Failed(app);
        app.Time.Advance(TimeSpan.FromDays(31));
        await app.Get<Cleanup>().Run(default);

        Assert.That((await app.Operator().PostAsJsonAsync(Path(delivery, "retry"), s_reason)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    private static async Task<DeliverMessage> Failed(ChannelApp app)
    {
        app.Twilio.OnSend = _ => FakeTwilio.Mode.OptedOut;
        var delivery = app.Delivery();
        await app.Deliver(delivery);
        await app.Row(delivery.DeliveryId, LedgerStatus.Failed);
        return delivery;
    }

    private static DeadMessage Dead(Guid? workspaceId) =>
        new(Guid.NewGuid(), "channel-deliver-message_error", "channel-deliver-message", "DeliverMessage", "InvalidOperationException", null, workspaceId);

    private static string Path(DeliverMessage delivery, string action) => $"/api/deliveries/{delivery.DeliveryId}/{action}";

    private static async Task<JsonArray> List(HttpClient client, string kind) =>
        (await client.GetFromJsonAsync<JsonObject>($"/api/deliveries/problems?kind={kind}"))!["items"]!.AsArray();
}
