using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>
/// The channel through which a replica consumes one partition. Leaving closes it instead of cancelling its consumer: a
/// cancelled consumer keeps what is under way while the broker already gives the next messages to the next replica. Of a
/// closed channel the broker puts everything unacknowledged back in front of the queue, in the same step in which the next
/// consumer becomes the active one. What the old owner still commits of it are the same messages in the same order.
/// </summary>
internal sealed class PartitionChannel(OrderedIntake<PartitionLanes.Entry> intake, TimeProvider time) : IFilter<ChannelContext>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private (IChannel Channel, Task Closed)? _open;
    private bool _left;

    /// <summary>Called with each channel that the bus opens for the partition, before it consumes.</summary>
    public Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var channel = context.Channel;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_left)
                throw new OperationCanceledException("This replica has left the partition.");
            _open = (channel, closed.Task);
        }

        channel.ChannelShutdownAsync += (_, _) =>
        {
            intake.Abandon(channel);
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        return next.Send(context);
    }

    /// <summary>
    /// From here on nothing is consumed through it, nor through one that the bus would open in its place. Completes when the
    /// broker has closed it, which it does while messages are still under way here.
    /// </summary>
    public async Task Close()
    {
        (IChannel Channel, Task Closed)? open;
        lock (_lock)
        {
            _left = true;
            open = _open;
        }

        if (open is not var (channel, closed) || !channel.IsOpen)
            return;

        // The client's own call returns only when the last message is done. A broker that does not answer within the limit finds
        // out itself that the connection is gone, and does the same then.
        _ = channel.AbortAsync();
        await Task.WhenAny(closed, Task.Delay(s_limit, time));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("partitionChannel");
}
