using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.Contracts;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    /// <summary>A word that ends or resumes messages, where it counts: not on our own pages, and not where nobody knows who said it.</summary>
    internal static OptWord? WordOf(CustomerMessageReceived received) =>
        received.Channel != Channels.Web && received.Verified ? OptWords.Find(received.Content.Choice?.Title ?? received.Content.Text) : null;

    /// <summary>The message that confirms what the customer said with a word.</summary>
    internal static Guid OptNotice(Guid messageId) => Identifiers.Derive($"opt/{messageId}");

    /// <summary>The last thing that is written unasked: a customer sees that the word was understood, and how to take it back.</summary>
    private void Confirm(Conversation conversation, Guid messageId, OptWord word, ActivityContext trace)
    {
        var previous = conversation.LastDeliveryId;
        conversation.AddNotice(now);
        var notice = new StoredMessage
        {
            Id = OptNotice(messageId),
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.System,
            Text = word.Confirmation,
            Version = conversation.Version,
            PreviousDeliveryId = previous,
            ReplyTo = messageId,
            CreatedAt = now,
            DeliveryStatus = DeliveryStatus.Queued,
            DeliveryUpdatedAt = now,
        };
        conversation.LastDeliveryId = notice.Id;
        Store(conversation, notice);
        Deliver(conversation, notice, trace);
        Record(word.Wants == OptWish.Out ? "OptedOut" : "OptedIn", messageId, conversation, messageId, new EventDetails(Author.Customer));
    }

    private void RepeatConfirmation(Conversation conversation, Guid messageId, ActivityContext trace)
    {
        if (!state.Messages.TryGetValue(OptNotice(messageId), out var notice) || notice.ConversationId != conversation.Id) return;
        Apply(Effects.TurnMoved | Effects.CancelDeliveries, conversation, notice.Version ?? 0, trace);
        Deliver(conversation, notice, trace);
    }
}
