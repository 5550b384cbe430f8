using Assistify.Contracts;

namespace Assistify.ChannelService.Deliveries;

/// <summary>How a row of the ledger stands. One of a lower <see cref="LedgerStatuses.Rank"/> never overwrites a higher one.</summary>
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

    /// <summary>Unknown for good, since the provider cannot be asked: nothing waits for it any more, and any report still decides.</summary>
    Unsettled = 8,
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
        LedgerStatus.Unknown or LedgerStatus.Unsettled => DeliveryStatus.Unknown,
        LedgerStatus.Sent => DeliveryStatus.Sent,
        LedgerStatus.Delivered => DeliveryStatus.Delivered,
        LedgerStatus.Read => DeliveryStatus.Read,
        LedgerStatus.Failed => DeliveryStatus.Failed,
        _ => DeliveryStatus.Cancelled,
    };

    /// <summary>The order of the values, but for <see cref="LedgerStatus.Unsettled"/>, which everything that is known is above.</summary>
    public static int Rank(this LedgerStatus status) => status switch
    {
        LedgerStatus.Unsettled => 2 * (int)LedgerStatus.Unknown + 1,
        _ => 2 * (int)status,
    };

    /// <summary>A later report only ever moves a message forward; in any order of the same reports the end is the same.</summary>
    public static LedgerStatus Merge(LedgerStatus current, LedgerStatus reported) => reported.Rank() > current.Rank() ? reported : current;

    /// <summary>
    /// What a delivery of several messages is as a whole: failed when one failed, else as far as the slowest of those that were
    /// not cancelled.
    /// </summary>
    public static LedgerStatus Whole(IReadOnlyCollection<LedgerStatus> parts)
    {
        if (parts.Contains(LedgerStatus.Failed)) return LedgerStatus.Failed;
        var kept = parts.Where(part => part != LedgerStatus.Cancelled).ToList();
        return kept.Count == 0 ? LedgerStatus.Cancelled : kept.MinBy(Rank);
    }
}
