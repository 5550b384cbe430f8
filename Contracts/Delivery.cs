namespace Assistify.Contracts;

/// <summary>Deliver a message to a customer. Published by ChatService, written to ChannelService's ledger.</summary>
/// <param name="DeliveryId">The message's id.</param>
/// <param name="Partition">The conversation's; carried back in <see cref="DeliveryUpdated"/>.</param>
/// <param name="Version">Of the turn that it was written for; deliveries of the assistant below a cancelled version are not sent.</param>
/// <param name="PreviousDeliveryId">The conversation's delivery before this one: it is in the ledger before this one is.</param>
/// <param name="WindowExpiresAt">Until when the provider takes a free message to this customer; null where it always does.</param>
/// <param name="Template">What is sent instead of the text, where the provider approved it: also when the window is closed.</param>
public sealed record DeliverMessage(
    Guid DeliveryId,
    Guid ConversationId,
    Guid WorkspaceId,
    Guid ConnectionId,
    string Channel,
    int Partition,
    string Address,
    string Text,
    IReadOnlyList<Card> Cards,
    IReadOnlyList<Attachment> Attachments,
    Author Author,
    long Version,
    Guid? PreviousDeliveryId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? WindowExpiresAt = null,
    MessageTemplate? Template = null);

/// <summary>A message that the provider approved beforehand, with what is filled in.</summary>
/// <param name="Name">As the provider knows it: a name at Meta, a content's id (<c>HX…</c>) at Twilio.</param>
/// <param name="Language">Where the provider wants it, such as <c>en_US</c>.</param>
/// <param name="Values">In the order of the template's places.</param>
public sealed record MessageTemplate(string Name, string? Language, IReadOnlyList<string> Values);

/// <summary>People took over: the assistant's deliveries below <c>BelowVersion</c> that are not being sent yet are cancelled, also those that arrive later.</summary>
public sealed record CancelDeliveries(Guid ConversationId, Guid WorkspaceId, long BelowVersion);

/// <summary>How a delivery stands. Moves forward only, but may arrive in any order and more than once.</summary>
/// <param name="Again">Somebody had it sent again: what had ended is queued anew.</param>
/// <param name="OptedOut">It failed because the provider knows that the customer wants nothing more on this channel.</param>
public sealed record DeliveryUpdated(
    Guid DeliveryId,
    Guid ConversationId,
    Guid WorkspaceId,
    int Partition,
    DeliveryStatus Status,
    string? ExternalId,
    string? ErrorCode,
    string? Error,
    DateTimeOffset UpdatedAt,
    bool Again = false,
    bool OptedOut = false) : IPartitioned;

/// <summary>In the order of their rank; <see cref="Failed"/> and <see cref="Cancelled"/> end a delivery.</summary>
public enum DeliveryStatus
{
    Queued,
    Unknown,
    Sent,
    Delivered,
    Read,
    Failed,
    Cancelled,
}
