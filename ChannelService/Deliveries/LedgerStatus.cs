using Assistify.Contracts;

namespace Assistify.ChannelService.Deliveries;

/// <summary>How a row of the ledger stands, in the order of rank: a lower one never overwrites a higher one.</summary>
internal enum LedgerStatus : short
{
    Queued = 0,

    /// <summary>Committed before the provider is called.</summary>
    Sending = 1,

    /// <summary>The call ended without an answer that tells.</summary>
    Unknown = 2,
    Sent = 3,
    Delivered = 4,
    Read = 5,
    Failed = 6,
    Cancelled = 7,
}

internal static class LedgerStatuses
{
    public static bool IsFinished(this LedgerStatus status) => status >= LedgerStatus.Sent;

    public static LedgerStatus Of(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Queued => LedgerStatus.Queued,
        DeliveryStatus.Unknown => LedgerStatus.Unknown,
        DeliveryStatus.Sent => LedgerStatus.Sent,
        DeliveryStatus.Delivered => LedgerStatus.Delivered,
        DeliveryStatus.Read => LedgerStatus.Read,
        DeliveryStatus.Failed => LedgerStatus.Failed,
        _ => LedgerStatus.Cancelled,
    };

    public static DeliveryStatus Published(this LedgerStatus status) => status switch
    {
        LedgerStatus.Queued or LedgerStatus.Sending => DeliveryStatus.Queued,
        LedgerStatus.Unknown => DeliveryStatus.Unknown,
        LedgerStatus.Sent => DeliveryStatus.Sent,
        LedgerStatus.Delivered => DeliveryStatus.Delivered,
        LedgerStatus.Read => DeliveryStatus.Read,
        LedgerStatus.Failed => DeliveryStatus.Failed,
        _ => DeliveryStatus.Cancelled,
    };

    /// <summary>A later report only ever moves a message forward; in any order of the same reports the end is the same.</summary>
    public static LedgerStatus Merge(LedgerStatus current, LedgerStatus reported) => reported > current ? reported : current;

    /// <summary>
    /// What a delivery of several messages is as a whole: failed when one failed, else as far as the slowest of those that were
    /// not cancelled.
    /// </summary>
    public static LedgerStatus Whole(IReadOnlyCollection<LedgerStatus> parts)
    {
        if (parts.Contains(LedgerStatus.Failed)) return LedgerStatus.Failed;
        var kept = parts.Where(part => part != LedgerStatus.Cancelled).ToList();
        return kept.Count == 0 ? LedgerStatus.Cancelled : kept.Min();
    }
}
