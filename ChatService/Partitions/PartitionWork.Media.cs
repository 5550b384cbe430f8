using Assistify.ChatService.Conversations;
using Assistify.Contracts;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private void Handle(MediaStored stored)
    {
        if (Find(stored.ConversationId, stored.WorkspaceId) is not { } conversation) return;
        if (!state.Messages.TryGetValue(stored.MessageId, out var message) || message.ConversationId != conversation.Id) return;

        Settle(conversation, message, stored.AttachmentId, attachment =>
            attachment with { Kind = stored.Kind, ContentType = stored.ContentType, Size = stored.Size, Source = null, ExternalId = null, Unavailable = null });
        PassOn(message, conversation, stored);
    }

    private void Handle(MediaFailed failed)
    {
        if (!state.Messages.TryGetValue(failed.MessageId, out var message) || Find(message.ConversationId, failed.WorkspaceId) is not { } conversation) return;

        Settle(conversation, message, failed.AttachmentId, attachment => attachment with { Source = null, ExternalId = null, Unavailable = failed.Reason });
    }

    /// <summary>An attachment that is stored changes no more.</summary>
    private void Settle(Conversation conversation, StoredMessage message, Guid attachmentId, Func<Attachment, Attachment> settled)
    {
        var attachments = StoredJson.ReadList<Attachment>(message.Attachments);
        var changed = attachments.Select(attachment => attachment.Id == attachmentId && !attachment.IsStored() ? settled(attachment) : attachment).ToList();
        if (!changed.SequenceEqual(attachments))
        {
            message.Attachments = StoredJson.List<Attachment>(changed);
            conversation.Touch();
            message.Revision = conversation.Revision;
            if (!ChangedMessages.Contains(message)) ChangedMessages.Add(message);
            Changed(conversation);
        }

        Announce(conversation);
    }
}
