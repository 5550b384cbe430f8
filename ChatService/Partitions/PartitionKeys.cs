using Assistify.Contracts;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Customers;
using Assistify.ChatService.Suppliers;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

/// <summary>Everything that a batch needs to know from the database before it can be decided.</summary>
internal sealed class PartitionKeys
{
    public HashSet<Guid> Conversations { get; } = [];
    public HashSet<AddressKey> Addresses { get; } = [];
    public HashSet<IdentifierKey> Identifiers { get; } = [];
    public HashSet<Guid> Messages { get; } = [];
    public HashSet<Guid> Commands { get; } = [];

    /// <summary>Messages that a change is about, in whichever of the person's conversations.</summary>
    public HashSet<Guid> Targets { get; } = [];

    /// <summary>New messages that may have been changed before they came.</summary>
    public HashSet<Guid> Early { get; } = [];
    public HashSet<(Guid WorkspaceId, Guid ConnectionId, string ExternalId)> RepliedTo { get; } = [];

    /// <summary>Conversations in which a picture was stored: it may answer an enquiry.</summary>
    public HashSet<Guid> Pictured { get; } = [];

    /// <summary>Somebody wrote: if it is a supplier, it may answer an enquiry too.</summary>
    public bool Written { get; private set; }

    /// <summary>Answers with which a supplier is asked.</summary>
    public List<ReplyGenerated> Seeking { get; } = [];

    /// <summary>What suppliers may have been asked already.</summary>
    public HashSet<Guid> Enquiries { get; } = [];

    public static PartitionKeys Of(IReadOnlyList<PartitionMessage> batch, WorkspaceDirectory workspaces)
    {
        var keys = new PartitionKeys();
        foreach (var entry in batch)
        {
            keys.Add(entry.Message);
            if (PartitionWork.RuledBy(entry.Message) is { } ruled) keys.Messages.UnionWith(PartitionWork.RuleReplies(workspaces, ruled.WorkspaceId, ruled.About));
        }

        return keys;
    }

    private void Add(Guid workspaceId, CustomerAddress person)
    {
        Identifiers.Add(PartitionWork.KeyOf(workspaceId, person));
        if (PhoneIdentity.KeyOf(workspaceId, person) is { } number) Identifiers.Add(number);
    }

    private void Add(object message)
    {
        switch (message)
        {
            case CustomerMessageReceived received:
                Messages.Add(received.MessageId);
                Written = true;
                if (PartitionWork.WordOf(received) is not null) Messages.Add(PartitionWork.OptNotice(received.MessageId));
                Addresses.Add(AddressKey.Of(received));
                Add(received.WorkspaceId, received.From);
                if (received.ExternalId is not null) Early.Add(received.MessageId);
                if (received.ConversationId is { } named) Conversations.Add(named);
                if (received.Content.ReplyToExternalId is { } external) RepliedTo.Add((received.WorkspaceId, received.ConnectionId, external));
                break;
            case MessageChanged changed:
                Targets.Add(Contracts.Identifiers.InboundMessage(changed.ConnectionId, changed.TargetExternalId));
                Addresses.Add(new AddressKey(changed.WorkspaceId, changed.ConnectionId, changed.From.Value));
                RepliedTo.Add((changed.WorkspaceId, changed.ConnectionId, changed.TargetExternalId));
                break;
            case OutsideReplyReceived outside:
                Messages.Add(outside.MessageId);
                Early.Add(outside.MessageId);
                Addresses.Add(new AddressKey(outside.WorkspaceId, outside.ConnectionId, outside.To.Value));
                Add(outside.WorkspaceId, outside.To);
                break;
            case CustomerAddressChanged moved:
                Messages.Add(moved.ChangeId);
                Addresses.Add(new AddressKey(moved.WorkspaceId, moved.ConnectionId, moved.From.Value));
                Identifiers.Add(PartitionWork.KeyOf(moved.WorkspaceId, moved.From));
                Identifiers.Add(new IdentifierKey(moved.WorkspaceId, moved.From.Kind, moved.NewValue));
                break;
            case ReplyGenerated reply:
                Messages.Add(reply.ReplyId);
                Conversations.Add(reply.ConversationId);
                if (reply.Enquiry is null) break;
                Seeking.Add(reply);
                Enquiries.Add(SupplierQuestion.IdOf(reply.ReplyId));
                break;
            case ReplyFailed failed:
                Messages.Add(PartitionWork.FailureNotice(failed));
                Conversations.Add(failed.ConversationId);
                break;
            case MessagesUnderstood understood:
                Conversations.Add(understood.ConversationId);
                break;
            case DeliveryUpdated update:
                Messages.Add(update.DeliveryId);
                Conversations.Add(update.ConversationId);
                break;
            case MediaStored stored:
                Messages.Add(stored.MessageId);
                Conversations.Add(stored.ConversationId);
                if (stored.Kind == "image") Pictured.Add(stored.ConversationId);
                break;
            case MediaFailed failed:
                Targets.Add(failed.MessageId);
                break;
            case SupplierPicture picture:
                Messages.Add(picture.MessageId);
                Conversations.Add(picture.ConversationId);
                break;
            case SupplierAnswer answer:
                Messages.Add(answer.MessageId);
                Conversations.Add(answer.ConversationId);
                break;
            case SupplierQuestion question:
                Targets.Add(question.MessageId);
                Enquiries.Add(question.MessageId);
                Conversations.Add(question.SupplierConversationId);
                Addresses.Add(new AddressKey(question.WorkspaceId, question.ConnectionId, question.Address));
                break;
            case SupplierNotAsked refused:
                Messages.Add(SupplierNotAsked.NoticeOf(refused.EnquiryId));
                Conversations.Add(refused.ConversationId);
                break;
            case OperatorCommand command:
                Commands.Add(command.CommandId);
                Conversations.Add(command.ConversationId);
                if (command.Reply is not null) Messages.Add(command.CommandId);
                if (command.New is { } created) Addresses.Add(new AddressKey(command.WorkspaceId, created.ConnectionId, created.Address));
                if (command.New?.Unwritten is { } unwritten) Add(command.WorkspaceId, unwritten);
                break;
        }
    }
}

internal readonly record struct AddressKey(Guid WorkspaceId, Guid ConnectionId, string Address)
{
    public static AddressKey Of(CustomerMessageReceived received) => new(received.WorkspaceId, received.ConnectionId, received.From.Value);

    public static AddressKey Of(Conversation conversation) => new(conversation.WorkspaceId, conversation.ConnectionId, conversation.Address);
}

/// <summary>An edit or a deletion that came before its message.</summary>
internal sealed record EarlyChange(
    Guid MessageId, MessageChange Change, Guid WorkspaceId, Guid ConnectionId, string Address, string? Text, DateTimeOffset At);

internal readonly record struct IdentifierKey(Guid WorkspaceId, string Kind, string Value);
