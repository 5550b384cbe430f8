using System.Diagnostics;
using Assistify.Contracts;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ServiceDefaults;

internal static class PartitionEndpoint
{
    /// <summary>Makes the endpoint hand its messages to <see cref="PartitionLanes"/> in delivery order.</summary>
    public static PartitionChannel ConfigurePartition(
        this IReceiveEndpointConfigurator endpoint, IServiceProvider services, IReadOnlyList<Type> messages)
    {
        var lanes = services.GetRequiredService<PartitionLanes>();
        // Dropped is as good as handled: an acknowledgement through a closed channel reaches nobody.
        var intake = new OrderedIntake<PartitionLanes.Entry>(lanes.Add, static entry => entry.Handled.TrySetResult());
        var channel = new PartitionChannel(intake, services.GetRequiredService<TimeProvider>());
        ((IRabbitMqReceiveEndpointConfigurator)endpoint).ConfigureChannel(channels => channels.UseFilter(channel));
        ((IReceivePipelineConfigurator)endpoint).ConfigureReceive(receive => receive.UseFilter(new FinishDelivery(intake)));
        foreach (var message in messages)
        {
            var consumer = typeof(PartitionConsumer<>).MakeGenericType(message);
            endpoint.Consumer(consumer, _ => Activator.CreateInstance(consumer, intake)!);
        }

        return channel;
    }

    // Not the consumer's tag: the first deliveries come before the bus knows it.
    public static (object Channel, ulong Delivery) PlaceOf(ReceiveContext context) =>
        (context.GetPayload<ChannelContext>().Channel, context.GetPayload<RabbitMqBasicConsumeContext>().DeliveryTag);

    /// <summary>However a delivery ends, the next one's turn comes: an unreadable message never reaches a consumer.</summary>
    private sealed class FinishDelivery(OrderedIntake<PartitionLanes.Entry> intake) : IFilter<ReceiveContext>
    {
        public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
        {
            try
            {
                await next.Send(context);
            }
            finally
            {
                var (channel, delivery) = PlaceOf(context);
                intake.Finish(channel, delivery);
            }
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("finishDelivery");
    }
}

internal sealed class PartitionConsumer<T>(OrderedIntake<PartitionLanes.Entry> intake) : IConsumer<T>
    where T : class, IPartitioned
{
    public Task Consume(ConsumeContext<T> context)
    {
        var entry = new PartitionLanes.Entry(
            new PartitionMessage(context.Message, context.Message.Partition, Activity.Current?.Context ?? default));
        var (channel, delivery) = PartitionEndpoint.PlaceOf(context.ReceiveContext);
        intake.Offer(channel, delivery, entry);
        return entry.Handled.Task;
    }
}
