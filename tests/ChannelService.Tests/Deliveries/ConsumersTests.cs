using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ChannelService.Tests.Deliveries;

public sealed class ConsumersTests
{
    [Test]
    public async Task Messages_from_the_bus_are_sent_and_cancelled()
    {
        await using var app = await ChannelApp.Start();
        await using var bus = new ServiceCollection()
            .AddSingleton(app.Get<DeliveryIntake>()).AddSingleton(app.Get<Ledger>()).AddSingleton(app.Get<DeliveryNews>())
            .AddMassTransitTestHarness(harness =>
            {
                harness.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30));
                harness.AddConsumer(typeof(DeliverMessageConsumer));
                harness.AddConsumer(typeof(CancelDeliveriesConsumer));
            })
            .BuildServiceProvider(validateScopes: true);
        var harness = bus.GetRequiredService<ITestHarness>();
        await harness.Start();
        var conversation = Guid.CreateVersion7();
        var message = app.Delivery("by the bus");
        var late = app.Delivery("late", "whatsapp:+447700900456", conversation: conversation, version: 2);

        await harness.Bus.Publish(message);
        await harness.Bus.Publish(new CancelDeliveries(conversation, Identifiers.DefaultWorkspace, 3));
        Assert.That(await harness.Consumed.Any<CancelDeliveries>(), Is.True);
        await harness.Bus.Publish(late);

        await Poll.Get(() => app.Broker.Updates.Any(update => update.DeliveryId == message.DeliveryId && update.Status == DeliveryStatus.Sent), told => told, "it was sent");
        await Poll.Get(() => app.Broker.Updates.Any(update => update.DeliveryId == late.DeliveryId && update.Status == DeliveryStatus.Cancelled), told => told, "it was cancelled");
        Assert.That(app.Twilio.Outbox.Select(sent => sent.Body), Is.EqualTo(["by the bus"]));
        await harness.Stop();
    }

    [Test]
    public async Task An_erased_customer_leaves_no_text_and_no_address()
    {
        await using var app = await ChannelApp.Start();
        await using var bus = new ServiceCollection()
            .AddSingleton(app.Get<Npgsql.NpgsqlDataSource>())
            .AddMassTransitTestHarness(harness =>
            {
                harness.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30));
                harness.AddConsumer(typeof(CustomerErasedConsumer));
            })
            .BuildServiceProvider(validateScopes: true);
        var harness = bus.GetRequiredService<ITestHarness>();
        await harness.Start();
        var first = ChannelApp.Message("SM1", "forget this");
        (first["NumMedia"], first["MediaUrl0"]) = ("1", "https://provider.example/his-picture");
        await app.Post(first);
        await app.Post(ChannelApp.Message("SM2", "keep this", "whatsapp:+447700900456"));
        var message = app.Delivery("written to him");
        await app.Deliver(message);
        await app.Row(message.DeliveryId, LedgerStatus.Sent);

        await harness.Bus.Publish(new CustomerErased(Identifiers.DefaultWorkspace, [Guid.NewGuid()], [message.ConversationId], [ChannelApp.Customer]));
        Assert.That(await harness.Consumed.Any<CustomerErased>(), Is.True);

        await Poll.Get(
            async () => await app.Scalar("SELECT count(*) FROM deliveries WHERE body <> '' OR address LIKE '%900123'"), left => left is 0L, "the delivery is without text");
        Assert.That(await app.Scalar("SELECT count(*) FROM webhook_logs WHERE address LIKE '%900123' OR convert_from(raw, 'UTF8') LIKE '%forget%'"), Is.Zero);
        Assert.That(await app.Scalar("SELECT count(*) FROM webhook_logs WHERE raw IS NOT NULL"), Is.EqualTo(1), "Others stay.");
        Assert.That(await app.Scalar("SELECT count(*) FROM media_jobs"), Is.Zero);
        Assert.That((await app.Post(ChannelApp.Message("SM1", "forget this"))).IsSuccessStatusCode, Is.True);
        Assert.That(app.Broker.Messages, Has.Count.EqualTo(2), "A webhook that comes again is still known.");
        await harness.Stop();
    }
}
