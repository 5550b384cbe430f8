using Assistify.ChatService.Suppliers;
using Assistify.Contracts;

namespace Assistify.ChatService.Conversations;

/// <summary>
/// Something an operator (or, for <see cref="OperatorAction.Create"/>, <see cref="OperatorAction.Rate"/> and <see cref="OperatorAction.Read"/>, a web customer) wants done to a conversation. Travels
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
    NewConversation? New = null,
    bool Closes = false,
    int? Score = null,
    ReadMark? Read = null) : IPartitioned
{
    internal bool IsReply => Reply is { Private: false };

    internal bool IsClose => Closes || Action == OperatorAction.Close;
}

public enum OperatorAction
{
    Reply,
    TakeOver,
    HandBack,
    Close,
    Assign,
    Label,
    Create,

    /// <summary>Whatever of a reply, labels, an assignment and the end the command has.</summary>
    Macro,

    /// <summary>The customer's own word on how well he was helped.</summary>
    Rate,

    /// <summary>Somebody has seen the messages so far. Only ever moves forward, so nothing remembers the command.</summary>
    Read,
}

/// <param name="Sequence">Of the last message that was seen.</param>
/// <param name="ByCustomer">Else by people of the workspace.</param>
public sealed record ReadMark(long Sequence, bool ByCustomer);

/// <summary>The command's id is the message's id.</summary>
/// <param name="Mentions">Operators whom a private note names.</param>
/// <param name="Enquiry">It asks a supplier for a customer.</param>
public sealed record OperatorReply(
    string Text, IReadOnlyList<Attachment> Attachments, bool Private, MessageTemplate? Template = null, IReadOnlyList<Guid>? Mentions = null,
    EnquiryFor? Enquiry = null);

/// <param name="OperatorId">Null: nobody.</param>
/// <param name="TeamId">Null leaves the team as it is.</param>
public sealed record Assignment(Guid? OperatorId, string? Name, Guid? TeamId = null);

/// <param name="CreateCustomer">The customer is new too.</param>
/// <param name="Unwritten">Somebody who need not have written yet, in place of a customer who is known.</param>
public sealed record NewConversation(
    Guid CustomerId, bool CreateCustomer, Guid ConnectionId, string Channel, string Address, string? Subject, CustomerAddress? Unwritten = null);
