using Assistify.ChannelService.Deliveries;
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
}
