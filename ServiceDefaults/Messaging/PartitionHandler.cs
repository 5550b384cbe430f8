using System.Diagnostics;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Handles the messages of the partitions that this replica owns, in batches. Within a partition, messages come in the
/// queue's order, over batches too; of two batches under way at the same time none shares a partition.
/// </summary>
public interface IPartitionHandler
{
    /// <summary>
    /// Saves, commits, then publishes; the messages are acknowledged when it returns. When it throws, nothing is acknowledged
    /// and it is called again: with the same batch while a server cannot be reached, else message by message, a few times, and
    /// then the message goes to the error queue. So a message may come again after its effects were committed.
    /// </summary>
    Task Handle(IReadOnlyList<PartitionMessage> batch, CancellationToken cancellationToken);
}

/// <param name="Message">A record of one of the types the handler was registered for.</param>
/// <param name="Trace">The trace it belongs to; pass it on when publishing.</param>
public sealed record PartitionMessage(object Message, int Partition, ActivityContext Trace);
