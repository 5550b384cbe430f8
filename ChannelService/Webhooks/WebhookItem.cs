using Assistify.Contracts;

namespace Assistify.ChannelService.Webhooks;

/// <summary>One thing that an authentic webhook tells, in one neutral form for every channel.</summary>
/// <param name="ExternalId">Identifies it on its connection: seen twice, it is the same thing.</param>
/// <param name="Account">The account at the provider that it is for, as in <see cref="ChannelConnection.Account"/>.</param>
internal abstract record WebhookItem(string ExternalId, string Account);

/// <summary>Something about one person: it keeps its place among everything else of that person.</summary>
internal abstract record PersonItem(string ExternalId, string Account, CustomerAddress Person) : WebhookItem(ExternalId, Account)
{
    /// <summary>What ChatService is told; its id comes of the connection and <see cref="WebhookItem.ExternalId"/>, without time.</summary>
    public abstract IPartitioned ToMessage(ChannelConnection connection, DateTimeOffset receivedAt, bool verified);

    public Guid IdOn(ChannelConnection connection) => Identifiers.InboundMessage(connection.Id, ExternalId);

    protected int PartitionOn(ChannelConnection connection) => Partition.For(connection.Id, Person.Value);
}

/// <summary>A customer's message.</summary>
/// <param name="Group">The room it was written in, where that is not between us and the person.</param>
/// <param name="SentAt">As the provider says.</param>
/// <param name="MessageExternalId">The provider's id of the message, by which edits and replies name it, where <paramref name="ExternalId"/> is the id of the event.</param>
/// <param name="ListedAs">The <paramref name="ExternalId"/> of the same message where the provider was asked for it, if that is another one.</param>
internal sealed record InboundItem(
    string ExternalId,
    string Account,
    CustomerAddress From,
    MessageContent Content,
    InboundKind Kind = InboundKind.Message,
    bool AnswerWanted = true,
    string? Group = null,
    DateTimeOffset? SentAt = null,
    string? MessageExternalId = null,
    string? ListedAs = null) : PersonItem(ExternalId, Account, From)
{
    public override IPartitioned ToMessage(ChannelConnection connection, DateTimeOffset receivedAt, bool verified) => new CustomerMessageReceived(
        IdOn(connection), connection.WorkspaceId, connection.Id, connection.Channel, PartitionOn(connection), From, Content, receivedAt,
        connection.BurstWait, MessageExternalId ?? ExternalId, Verified: verified, AnswerWanted: AnswerWanted);
}

internal enum InboundKind
{
    Message,

    /// <summary>A button of ours was pressed; nothing was written.</summary>
    Postback,

    /// <summary>A command with a name, such as Slack's <c>/help</c>.</summary>
    Command,
    Order,

    /// <summary>Of a kind that the provider does not pass on, or that we do not know.</summary>
    Unsupported,
}

/// <summary>What the provider says became of a message that we sent.</summary>
/// <param name="MessageExternalId">The provider's id of the message.</param>
/// <param name="DeliveryId">Ours, where the provider carries it back.</param>
/// <param name="Status">Null for a state that says nothing to us.</param>
/// <param name="RawStatus">As on the wire; the same one of the same message twice is one.</param>
/// <param name="Address">The customer's.</param>
internal sealed record StatusItem(
    string MessageExternalId,
    string Account,
    Guid? DeliveryId,
    int Part,
    DeliveryStatus? Status,
    string RawStatus,
    string? ErrorCode,
    string? Error,
    string? Address) : WebhookItem($"{MessageExternalId}:{RawStatus}", Account);

/// <summary>How far the customer got in what we sent: everything up to a time, or the named messages.</summary>
/// <param name="Watermark">The provider's time; null where messages are named.</param>
internal sealed record ReceiptItem(
    string ExternalId, string Account, string Address, DeliveryStatus Status, DateTimeOffset? Watermark, IReadOnlyList<string> MessageExternalIds,
    DateTimeOffset? SentAt = null)
    : WebhookItem(ExternalId, Account);

/// <summary>An edit, a deletion or a reaction.</summary>
/// <param name="Target">The provider's id of the message that it is about.</param>
/// <param name="Emoji">Of a reaction; null takes it back.</param>
internal sealed record ChangeItem(
    string ExternalId,
    string Account,
    CustomerAddress From,
    MessageChange Change,
    string Target,
    string? Text = null,
    string? Emoji = null,
    DateTimeOffset? SentAt = null) : PersonItem(ExternalId, Account, From)
{
    public override IPartitioned ToMessage(ChannelConnection connection, DateTimeOffset receivedAt, bool verified) => new MessageChanged(
        IdOn(connection), connection.WorkspaceId, connection.Id, connection.Channel, PartitionOn(connection), From, Change, Target, Text, Emoji, receivedAt);
}

/// <summary>Something that went to the customer in our name.</summary>
/// <param name="MessageExternalId">The provider's id of the message.</param>
/// <param name="To">The customer.</param>
/// <param name="Own">Sent by this very app: it is our own message coming back, and settles what an attempt became.</param>
/// <param name="DeliveryId">Ours, where the provider carries it back.</param>
internal sealed record EchoItem(
    string MessageExternalId,
    string Account,
    CustomerAddress To,
    MessageContent Content,
    bool Own,
    Guid? DeliveryId = null,
    int Part = 0,
    DateTimeOffset? SentAt = null) : PersonItem(MessageExternalId, Account, To)
{
    public override IPartitioned ToMessage(ChannelConnection connection, DateTimeOffset receivedAt, bool verified) => new OutsideReplyReceived(
        IdOn(connection), connection.WorkspaceId, connection.Id, connection.Channel, PartitionOn(connection), To, Content, receivedAt, MessageExternalId);
}

/// <summary>The customer's address changed.</summary>
internal sealed record AddressChangeItem(string ExternalId, string Account, CustomerAddress From, string NewValue, DateTimeOffset? SentAt = null)
    : PersonItem(ExternalId, Account, From)
{
    public override IPartitioned ToMessage(ChannelConnection connection, DateTimeOffset receivedAt, bool verified) => new CustomerAddressChanged(
        IdOn(connection), connection.WorkspaceId, connection.Id, connection.Channel, PartitionOn(connection), From, NewValue, receivedAt);
}

/// <summary>A shop's order, product or other record as it stands after a change.</summary>
/// <param name="Topic">What the provider calls the change, such as <c>orders/create</c>.</param>
/// <param name="EventId">The same for all webhooks that tell of one action.</param>
/// <param name="UpdatedAt">An older state never replaces a newer one.</param>
/// <param name="Record">The record itself, JSON.</param>
/// <param name="Peer">The address of the customer whose record it is.</param>
internal sealed record CommerceItem(
    string ExternalId, string Account, string Topic, string ResourceId, string? EventId, DateTimeOffset? UpdatedAt, string Record, string? Peer = null)
    : WebhookItem(ExternalId, Account);

/// <summary>The law's or the shop's demand to hand out or to erase data of a customer or of the whole shop.</summary>
/// <param name="Topic">What the provider calls it, such as <c>customers/redact</c>.</param>
/// <param name="Erase">What is to be erased at once; null where people decide.</param>
internal sealed record ComplianceItem(
    string ExternalId, string Account, string Topic, string ResourceId, string? Email, string? Phone, CustomerTraces? Erase = null)
    : WebhookItem(ExternalId, Account);

/// <summary>What leads to a shop's customer in what is kept here.</summary>
/// <param name="Peer">The address.</param>
/// <param name="CustomerId">The shop's id.</param>
/// <param name="Orders">Ids of orders.</param>
internal sealed record CustomerTraces(string Peer, string CustomerId, IReadOnlyList<string> Orders);

/// <summary>Known and noted, without consequences for a conversation: handshakes, system events, referrals without a message.</summary>
/// <param name="Kind">Ours, such as <c>handshake</c>, <c>system</c>, <c>referral</c>, <c>optin</c>, <c>proxy_request</c>.</param>
/// <param name="Peer">The customer's address, where it is about one.</param>
/// <param name="Detail">What the provider calls it.</param>
internal sealed record NoticeItem(string ExternalId, string Account, string Kind, string? Peer = null, string? Detail = null, DateTimeOffset? SentAt = null)
    : WebhookItem(ExternalId, Account);
