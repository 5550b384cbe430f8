using System.Diagnostics;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>A delivery under way, and what its consumer needs to put it away afterwards.</summary>
/// <param name="Tag">The broker's number of the delivery; each channel counts from 1.</param>
/// <param name="Items">What it brought: one message, or those that came together.</param>
/// <param name="Activity">From its arrival until it is settled.</param>
internal sealed record PartitionDelivery(
    PartitionConsumer Consumer, ulong Tag, int Partition, IReadOnlyList<PartitionMessage> Items, IReadOnlyBasicProperties Properties, byte[] Body,
    Activity? Activity)
{
    /// <summary>Otherwise the broker delivers the message again, to whoever owns the partition then.</summary>
    public bool IsCurrent => Consumer.IsOpen;

    /// <summary>It was handled, or failed for good and belongs in the error queue.</summary>
    public void Settle(Exception? failure)
    {
        if (failure is not null)
            Activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
        Activity?.Dispose();
        Consumer.Settle(this, failure);
    }
}
