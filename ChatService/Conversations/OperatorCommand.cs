using Assistify.Contracts;

namespace Assistify.ChatService.Conversations;

/// <summary>
/// Something an operator (or, for <see cref="OperatorAction.Create"/>, a web customer) wants done to a conversation. Travels
/// through the conversation's partition, so that it happens in order with the customer's messages and exactly once.
/// </summary>
public sealed record OperatorCommand(
    Guid CommandId,
    Guid WorkspaceId,
    Guid ConversationId,
    int Partition,
    OperatorAction Action,
    Guid OperatorId,
    string? OperatorName,
    DateTimeOffset IssuedAt,
    OperatorReply? Reply = null,
    Assignment? Assignment = null,
    IReadOnlyList<string>? Labels = null,
    string? Reason = null,
    NewConversation? New = null) : IPartitioned;

public enum OperatorAction
{
    Reply,
    TakeOver,
    HandBack,
    Close,
    Assign,
    Label,
    Create,
}

/// <summary>The command's id is the message's id.</summary>
/// <param name="Mentions">Operators whom a private note names.</param>
public sealed record OperatorReply(
    string Text, IReadOnlyList<Attachment> Attachments, bool Private, MessageTemplate? Template = null, IReadOnlyList<Guid>? Mentions = null);

/// <param name="OperatorId">Null: nobody.</param>
public sealed record Assignment(Guid? OperatorId, string? Name);

/// <param name="CreateCustomer">The customer is new too.</param>
public sealed record NewConversation(
    Guid CustomerId, bool CreateCustomer, Guid ConnectionId, string Channel, string Address, string? Subject);
