using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Notifications;
using Assistify.ChatService.Suppliers;
using Assistify.Contracts;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    /// <summary>A stored picture of a supplier goes on to the customer for whom he was asked; told again, it is the same one.</summary>
    private void PassOn(StoredMessage message, Conversation conversation, MediaStored stored)
    {
        if (stored.Kind != "image" || message.Author != Author.Customer || message.DeletedAt is not null) return;
        if (!state.Enquiries.TryGetValue(conversation.Id, out var all) || EnquiryOf(message, all) is not { } enquiry) return;
        Pictures.Add(new SupplierPicture(
            SupplierPicture.IdOf(stored.AttachmentId, enquiry.Id), enquiry.WorkspaceId, enquiry.ConversationId,
            enquiry.Partition, stored.AttachmentId, conversation.CustomerId, enquiry.Subject, enquiry.AskedBy));
    }

    /// <summary>The one that he quotes, else the latest before his message.</summary>
    private Enquiry? EnquiryOf(StoredMessage message, List<Enquiry> all)
    {
        var asked = all.Where(enquiry => enquiry.IsLive(now) && enquiry.AskedAt <= message.CreatedAt).ToList();
        return asked.Find(enquiry => enquiry.Id == message.ReplyTo) ?? asked.MaxBy(static enquiry => enquiry.AskedAt);
    }

    private void Handle(SupplierPicture picture, ActivityContext trace)
    {
        if (Find(picture.ConversationId, picture.WorkspaceId) is not { } conversation) return;
        if (state.Messages.TryGetValue(picture.MessageId, out var known))
        {
            Deliver(conversation, known, trace);
            Announce(conversation, pictured: [picture.AskedBy]);
            return;
        }

        // Nobody is written to after the end, or against his wish; the operators have the picture in the supplier's conversation.
        if (conversation.IsClosed || conversation.IsUnwelcome) return;

        var (web, previous) = (conversation.Channel == Channels.Web, conversation.LastDeliveryId);
        conversation.AddNotice(now);
        var message = new StoredMessage
        {
            Id = picture.MessageId,
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.System,
            Text = "",
            Version = conversation.Version,
            PreviousDeliveryId = web ? null : previous,
            CreatedAt = now,
            SentAt = web ? now : null,
            DeliveryStatus = web ? DeliveryStatus.Sent : DeliveryStatus.Queued,
            DeliveryUpdatedAt = now,
            Cards = StoredJson.List<Card>([new Card(SupplierPicture.CardKind, picture.MessageId.ToString(), picture.Subject)]),
        };
        if (!web) conversation.LastDeliveryId = message.Id;
        CopiedPictures.Add((picture, conversation.CustomerId));
        Store(conversation, message);
        NewMentions.Add(new Mention(picture.AskedBy, picture.WorkspaceId, conversation.Id, message.Id, picture.SupplierId, Notifications.Mention.Picture));
        Changed(conversation);
        Announce(conversation, pictured: [picture.AskedBy]);
        Deliver(conversation, message, trace);
    }
}
