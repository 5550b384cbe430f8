using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    /// <summary>Somebody answered in the provider's own app: people have the turn, and nothing is left to deliver.</summary>
    private void Handle(OutsideReplyReceived reply, ActivityContext trace)
    {
        const Effects Lasting = Effects.TurnMoved | Effects.CancelDeliveries;
        if (state.Messages.TryGetValue(reply.MessageId, out var known))
        {
            if (Find(known.ConversationId, reply.WorkspaceId) is not { } told) return;
            Apply(Lasting, told, known.Version ?? 0, trace);
            RecordOutside(told, known);
            Announce(told);
            return;
        }

        var at = reply.ReceivedAt.ToUniversalTime();
        var conversation = ConversationFor(reply.WorkspaceId, reply.ConnectionId, reply.Channel, reply.Partition, reply.To, named: null);
        var (replyTo, since) = (conversation.UnansweredId, conversation.UnansweredReceivedAt);
        var effects = conversation.ReplyAsOperator(operatorId: null, operatorName: null, now);
        var message = new StoredMessage
        {
            Id = reply.MessageId,
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.Agent,
            Text = StorableText.From(MessageDetails.TextOf(reply.Content)),
            Version = conversation.Version,
            ReplyTo = replyTo,
            WaitMs = since is null ? null : (long)Math.Max(0, (now - since.Value).TotalMilliseconds),
            CreatedAt = now,
            SentAt = at,
            ExternalId = Storable(reply.ExternalId),
            DeliveryStatus = DeliveryStatus.Sent,
            DeliveryUpdatedAt = at,
            Attachments = StoredJson.List(reply.Content.Attachments),
            Details = StoredJson.Value(MessageDetails.Of(reply.Content)),
        };
        ApplyEarly(message);
        Store(conversation, message);
        Changed(conversation);
        Apply(effects, conversation, conversation.Version, trace);
        RecordOutside(conversation, message);
    }

    private void RecordOutside(Conversation conversation, StoredMessage message) =>
        Record("OperatorReply", message.Id, conversation, message.Id,
            new EventDetails(Author.Agent, InReplyTo: message.ReplyTo, WaitMs: message.WaitMs), message.CreatedAt);
}
