using Assistify.ChatService.Conversations;
using Assistify.Contracts;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private void Handle(MediaStored stored)
    {
        if (Find(stored.ConversationId, stored.WorkspaceId) is not { } conversation) return;
        if (!state.Messages.TryGetValue(stored.MessageId, out var message) || message.ConversationId != conversation.Id) return;

        var attachments = StoredJson.ReadList<Attachment>(message.Attachments);
        if (attachments.Any(attachment => attachment.Id == stored.AttachmentId && !attachment.IsStored()))
        {
            message.Attachments = StoredJson.List<Attachment>([.. attachments.Select(attachment => attachment.Id == stored.AttachmentId
                ? attachment with { Kind = stored.Kind, ContentType = stored.ContentType, Size = stored.Size, Source = null, ExternalId = null }
                : attachment)]);
            conversation.Touch();
            message.Revision = conversation.Revision;
            if (!ChangedMessages.Contains(message)) ChangedMessages.Add(message);
            Changed(conversation);
        }

        Announce(conversation);
    }
}
