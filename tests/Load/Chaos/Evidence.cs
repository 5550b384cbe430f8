using Assistify.Load.Reading;
using Assistify.Load.WhatsApp;

namespace Assistify.Load.Chaos;

/// <summary>What was sent, and what can be seen of it from outside afterwards.</summary>
/// <param name="Conversations">Each with its messages as the API gives them out.</param>
/// <param name="ErrorQueues">Messages by queue, of queues where nothing should be.</param>
internal sealed record Evidence(
    IReadOnlyList<PlannedMessage> Sent,
    IReadOnlyDictionary<Guid, List<StoredMessage>> Conversations,
    IReadOnlyList<OutboxItem> Outbox,
    IReadOnlyDictionary<string, long> ErrorQueues);

/// <summary>A broken promise, and the ids to look at.</summary>
internal sealed record Violation(string Promise, string Detail)
{
    public override string ToString() => $"{Promise}: {Detail}";
}
