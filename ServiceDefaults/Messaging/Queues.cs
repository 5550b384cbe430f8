using Assistify.Contracts;

namespace Assistify.ServiceDefaults;

/// <summary>The broker's queues. Each has <c>…_quarantine</c> for what killed its consumers and <c>…_error</c> for what operators must see.</summary>
public static class Queues
{
    /// <summary>ReplyRequested to AiService; its replicas compete.</summary>
    public const string ReplyRequests = "ai-reply-requested";

    /// <summary>DeliverMessage and CancelDeliveries to ChannelService; its replicas compete.</summary>
    public const string Deliveries = "channel-deliver-message";

    /// <summary>EventsRecorded to AnalyticsService; its replicas compete.</summary>
    public const string EventLog = "analytics-events";

    /// <summary>ActionAudited to ChatService; its replicas compete.</summary>
    public const string AuditLog = "chat-audit";

    /// <summary>CustomerErasureDemanded to ChatService; its replicas compete.</summary>
    public const string Erasures = "chat-erasures";

    /// <summary>What a partition's queue dead-letters; one for all partitions.</summary>
    public const string PartitionQuarantine = "chat-partition_quarantine";

    /// <summary>A partition of ChatService's messages: one active consumer, in order.</summary>
    public static string ChatPartition(int partition) => $"chat-partition-{partition}";

    private const string QuarantineSuffix = "_quarantine";

    internal static readonly string[] Partitions = [.. Enumerable.Range(0, Partition.Count).Select(ChatPartition)];

    internal static string QuarantineOf(string queue) =>
        queue.StartsWith("chat-partition-", StringComparison.Ordinal) ? PartitionQuarantine
        : queue.EndsWith(QuarantineSuffix, StringComparison.Ordinal) ? queue
        : $"{queue}{QuarantineSuffix}";

    /// <summary>Partitions share one error queue, as they share their quarantine; a quarantine's errors are its queue's.</summary>
    internal static string ErrorsOf(string queue) =>
        $"{QuarantineOf(queue)[..^QuarantineSuffix.Length]}_error";
}
