using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.Contracts;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private void Handle(DeliveryUpdated update, ActivityContext trace)
    {
        if (Find(update.ConversationId, update.WorkspaceId) is not { } conversation) return;
        if (!state.Messages.TryGetValue(update.DeliveryId, out var message) || message.ConversationId != conversation.Id) return;

        if (message.Deliver(update with { UpdatedAt = update.UpdatedAt.ToUniversalTime(), Error = Storable(update.Error) }))
        {
            conversation.Touch();
            message.Revision = conversation.Revision;
            if (_delivered.Add(message.Id)) ChangedDeliveries.Add(message);
            if (update.OptedOut) conversation.LearnOptOut(now);
            Changed(conversation);
        }

        // Told again, it has the same consequences, unless the customer wants messages again by now.
        if (update.OptedOut && conversation.OptedOutAt is not null)
        {
            Apply(Effects.TurnMoved | Effects.CancelDeliveries, conversation, conversation.Version, trace);
            Record("OptedOut", message.Id, conversation, message.Id, new EventDetails(Author.Customer));
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
