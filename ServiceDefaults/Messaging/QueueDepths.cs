using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Assistify.ServiceDefaults;

/// <summary>How much lies in a work queue and beside it.</summary>
/// <param name="Queue">The work queue's name; the partitions of ChatService are one: <c>chat-partition</c>.</param>
/// <param name="Waiting">Ready to be taken; what a consumer has already and works on does not count.</param>
/// <param name="Quarantined">What killed its consumers, on its way to be tried alone.</param>
/// <param name="Failed">In the error queue.</param>
public sealed record QueueDepth(string Queue, long Waiting, long Consumers, long Quarantined, long Failed);

/// <summary>The depths of all work queues, asked of the broker itself: no plugin is needed for that.</summary>
public interface IQueueDepths
{
    /// <exception cref="BrokerUnavailableException">The broker cannot be asked now.</exception>
    Task<IReadOnlyList<QueueDepth>> Read(CancellationToken cancellationToken);
}

internal sealed class QueueDepths(MessagingSettings settings) : IQueueDepths
{
    private static readonly (string Name, string[] Queues)[] s_work =
    [
        ("chat-partition", Queues.Partitions),
        .. new[] { Queues.ReplyRequests, Queues.Deliveries, Queues.EventLog, Queues.AuditLog, Queues.Erasures }.Select(static queue => (queue, new[] { queue })),
    ];

    public async Task<IReadOnlyList<QueueDepth>> Read(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await settings.Connect("queue depths", cancellationToken);
            var depths = new List<QueueDepth>();
            foreach (var (name, queues) in s_work)
            {
                var (waiting, consumers) = (0L, 0L);
                foreach (var queue in queues)
                {
                    var (messages, takers) = await Look(connection, queue, cancellationToken);
                    waiting += messages;
                    consumers += takers;
                }

                var quarantined = await Look(connection, Queues.QuarantineOf(queues[0]), cancellationToken);
                var failed = await Look(connection, Queues.ErrorsOf(queues[0]), cancellationToken);
                depths.Add(new QueueDepth(name, waiting, consumers, quarantined.Messages, failed.Messages));
            }

            return depths;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (Failures.IsUnavailable(exception) || exception is TimeoutException or OperationCanceledException))
        {
            throw new BrokerUnavailableException("The message broker cannot be asked now.", exception);
        }
    }

    private static async Task<(long Messages, long Consumers)> Look(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        try
        {
            // The broker ends the channel of whoever asks for a queue that is not there.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            var found = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return (found.MessageCount, found.ConsumerCount);
        }
        catch (OperationInterruptedException interrupted) when (interrupted.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // Nothing was ever in it: its service has not started yet.
            return (0, 0);
        }
    }
}
