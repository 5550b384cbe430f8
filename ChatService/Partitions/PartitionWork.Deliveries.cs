using Assistify.Contracts;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private void Handle(DeliveryUpdated update)
    {
        if (Find(update.ConversationId, update.WorkspaceId) is not { } conversation) return;
        if (!state.Messages.TryGetValue(update.DeliveryId, out var message) || message.ConversationId != conversation.Id) return;

        if (message.Deliver(update with { UpdatedAt = update.UpdatedAt.ToUniversalTime(), Error = Storable(update.Error) }))
        {
            conversation.Touch();
            message.Revision = conversation.Revision;
            if (_delivered.Add(message.Id)) ChangedDeliveries.Add(message);
            Changed(conversation);
        }

        Announce(conversation);
        Record(nameof(DeliveryUpdated), message.Id, conversation, message.Id,
            new EventDetails(message.Author, Status: Statuses.NameOf(update.Status), ErrorCode: update.ErrorCode),
            update.UpdatedAt.ToUniversalTime(), Statuses.NameOf(update.Status));
    }
}

internal static class Statuses
{
    public static string NameOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Queued => "queued",
        DeliveryStatus.Unknown => "unknown",
        DeliveryStatus.Sent => "sent",
        DeliveryStatus.Delivered => "delivered",
        DeliveryStatus.Read => "read",
        DeliveryStatus.Failed => "failed",
        DeliveryStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
