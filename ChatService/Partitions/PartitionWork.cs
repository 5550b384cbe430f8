using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Notifications;
using Assistify.ChatService.Suppliers;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

/// <summary>
/// Decides a batch in memory: what is to be stored in its transaction, and what is to be published once that is committed.
/// A known id changes nothing and has its consequences published again.
/// </summary>
internal sealed partial class PartitionWork(PartitionState state, WorkspaceDirectory workspaces, MediaLinks media, DateTimeOffset now)
{
    private readonly HashSet<Guid> _inserted = [];
    private readonly HashSet<Guid> _changed = [];
    private readonly HashSet<Guid> _delivered = [];

    public List<NewCustomer> NewCustomers { get; } = [];
    public List<CustomerFacts> ChangedCustomers { get; } = [];
    public List<NewIdentifier> NewIdentifiers { get; } = [];
    public List<Conversation> NewConversations { get; } = [];
    public List<Conversation> ChangedConversations { get; } = [];
    public List<StoredMessage> NewMessages { get; } = [];
    public List<StoredMessage> ChangedDeliveries { get; } = [];
    public List<StoredMessage> ChangedMessages { get; } = [];
    public List<EarlyChange> NewEarlyChanges { get; } = [];
    public Dictionary<Guid, int> NewRatings { get; } = [];
    public List<ConversationRated> Ratings { get; } = [];
    public Dictionary<Guid, ReadMarks> NewReadMarks { get; } = [];
    public List<Mention> NewMentions { get; } = [];

    /// <summary>What an operator uploaded and then wrote to a customer: it is the customer's from now on, and goes with him.</summary>
    public List<(Guid MediaId, Guid CustomerId)> GivenMedia { get; } = [];

    public List<Enquiry> NewEnquiries { get; } = [];
    public List<Guid> AnsweredEnquiries { get; } = [];
    public List<Guid> RefusedEnquiries { get; } = [];
    public List<(SupplierPicture Picture, Guid CustomerId)> CopiedPictures { get; } = [];

    public Dictionary<Guid, Understood> Understood { get; } = [];
    public List<(CommandRecord Command, DateTimeOffset At)> NewCommands { get; } = [];

    public List<(DeliverMessage Message, ActivityContext Trace)> Deliveries { get; } = [];
    public List<(CancelDeliveries Message, ActivityContext Trace)> Cancellations { get; } = [];
    public List<SupplierPicture> Pictures { get; } = [];
    public List<(SupplierAnswer Message, ActivityContext Trace)> Answers { get; } = [];
    public List<(SupplierQuestion Message, ActivityContext Trace)> Questions { get; } = [];
    public List<(SupplierNotAsked Message, ActivityContext Trace)> Refusals { get; } = [];
    public List<TurnMoved> TurnsMoved { get; } = [];
    public List<RecordedEvent> Events { get; } = [];
    public Dictionary<Guid, ConversationChange> Changes { get; } = [];

    /// <summary>Conversations whose messages the assistant is to answer or, where it has not the turn, to understand.</summary>
    public Dictionary<Guid, ReplyAsk> Asks { get; } = [];

    public void Run(IReadOnlyList<PartitionMessage> batch)
    {
        foreach (var entry in batch)
        {
            switch (entry.Message)
            {
                case CustomerMessageReceived received: Handle(received, entry.Trace); break;
                case MessageChanged changed: Handle(changed); break;
                case OutsideReplyReceived outside: Handle(outside, entry.Trace); break;
                case CustomerAddressChanged moved: Handle(moved); break;
                case ReplyGenerated reply: Handle(reply, entry.Trace); break;
                case ReplyFailed failed: Handle(failed, entry.Trace); break;
                case MessagesUnderstood understood: Handle(understood); break;
                case DeliveryUpdated update: Handle(update, entry.Trace); break;
                case MediaStored stored: Handle(stored); break;
                case MediaFailed failed: Handle(failed); break;
                case SupplierPicture picture: Handle(picture, entry.Trace); break;
                case SupplierAnswer answer: Handle(answer, entry.Trace); break;
                case SupplierQuestion question: Handle(question, entry.Trace); break;
                case SupplierNotAsked refused: Handle(refused, entry.Trace); break;
                case OperatorCommand command: Handle(command, entry.Trace); break;
                default: throw new InvalidOperationException($"{entry.Message.GetType().Name} is no message of a partition.");
            }
        }
    }

    private Conversation? Find(Guid conversationId, Guid workspaceId) =>
        state.Conversations.TryGetValue(conversationId, out var conversation) && conversation.WorkspaceId == workspaceId ? conversation : null;

    private void Open(Conversation conversation, CustomerFacts customer)
    {
        state.Add(conversation, customer);
        _inserted.Add(conversation.Id);
        NewConversations.Add(conversation);
    }

    private void Changed(Conversation conversation, bool asked = false, bool handedOver = false)
    {
        if (workspaces.Find(conversation.WorkspaceId)?.Targets is { } targets) targets.Set(conversation);
        else (conversation.ResponseDueAt, conversation.ResolutionDueAt) = (null, null);
        if (!_inserted.Contains(conversation.Id) && _changed.Add(conversation.Id)) ChangedConversations.Add(conversation);
        Announce(conversation, asked, handedOver);
    }

    private void Announce(
        Conversation conversation, bool asked = false, bool handedOver = false, IReadOnlyList<Guid>? mentioned = null, IReadOnlyList<Guid>? pictured = null) =>
        Changes[conversation.Id] = new ConversationChange(
            conversation.Id, conversation.WorkspaceId, conversation.Revision, asked, handedOver, mentioned, pictured)
            .After(Changes.GetValueOrDefault(conversation.Id));

    private void Store(Conversation conversation, StoredMessage message)
    {
        message.Revision = conversation.Revision;
        NewMessages.Add(message);
        state.Messages[message.Id] = message;
        if (message.Private) return;
        conversation.LastMessageId = message.Id;
        conversation.LastMessageSequence = message.Sequence;
        conversation.LastMessageAuthor = MessageView.NameOf(message.Author);
        conversation.LastMessageText = MessageView.Preview(message.Text);
        conversation.LastMessageAt = message.CreatedAt;
    }

    /// <summary>Stores what is written in nobody's name; the turn stays as it is.</summary>
    private StoredMessage Tell(Conversation conversation, Guid id, string text, IReadOnlyList<Card>? cards = null, MessageTemplate? template = null)
    {
        var web = conversation.Channel == Channels.Web;
        var previous = conversation.LastDeliveryId;
        conversation.AddNotice(now);
        var message = new StoredMessage
        {
            Id = id,
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.System,
            Text = text,
            PreviousDeliveryId = web ? null : previous,
            CreatedAt = now,
            SentAt = web ? now : null,
            DeliveryStatus = web ? DeliveryStatus.Sent : DeliveryStatus.Queued,
            DeliveryUpdatedAt = now,
            Cards = StoredJson.List(cards),
            Details = template is null ? null : StoredJson.Value(new MessageDetails(Template: template)),
        };
        if (!web) conversation.LastDeliveryId = message.Id;
        Store(conversation, message);
        return message;
    }

    /// <summary>Publishes what a change of the turn asks for.</summary>
    private void Apply(Effects effects, Conversation conversation, long version, ActivityContext trace)
    {
        if ((effects & (Effects.Ask | Effects.Understand)) != 0)
            Asks[conversation.Id] = new ReplyAsk(conversation, state.CustomersOf[conversation.Id], trace);
        if ((effects & Effects.TurnMoved) != 0) TurnsMoved.Add(new TurnMoved(conversation.Id, version));
        if ((effects & Effects.CancelDeliveries) != 0 && conversation.Channel != Channels.Web)
            Cancellations.Add((new CancelDeliveries(conversation.Id, conversation.WorkspaceId, version), trace));
    }

    private void Deliver(Conversation conversation, StoredMessage message, ActivityContext trace)
    {
        if (message.DeliveryStatus is null || conversation.Channel == Channels.Web) return;
        var template = message.Author is Author.Agent or Author.System ? StoredJson.ReadValue<MessageDetails>(message.Details)?.Template : null;
        Deliveries.Add((new DeliverMessage(
            message.Id, conversation.Id, conversation.WorkspaceId, conversation.ConnectionId, conversation.Channel, conversation.Partition,
            conversation.Address, message.Text, media.WithLinks(StoredJson.ReadList<Card>(message.Cards)),
            media.WithLinks(StoredJson.ReadList<Attachment>(message.Attachments)),
            message.Author, message.Version ?? conversation.Version, message.PreviousDeliveryId, message.CreatedAt,
            template is null ? conversation.WindowExpiresAt : null, template), trace));
        Record(nameof(DeliverMessage), message.Id, conversation, message.Id, new EventDetails(message.Author));
    }

    /// <summary>The event's id comes of what happened, so that an event recorded twice is one.</summary>
    private void Record(
        string type, Guid about, Conversation conversation, Guid? messageId, EventDetails details, DateTimeOffset? at = null, string? state = null) =>
        Events.Add(new RecordedEvent(
            Identifiers.Derive(state is null ? $"{type}/{about}" : $"{type}/{about}/{state}"), type, conversation.WorkspaceId,
            conversation.Id, conversation.CustomerId, conversation.Channel, messageId, at ?? now, details));
}

internal sealed record NewCustomer(Guid Id, Guid WorkspaceId, string? Name, string? Email, string? Phone, string? Locale);

internal sealed record NewIdentifier(Guid WorkspaceId, string Kind, string Value, Guid CustomerId);
