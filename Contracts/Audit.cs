namespace Assistify.Contracts;

/// <summary>
/// Somebody did something that the audit log must name. Published by services other than ChatService, which keeps the log.
/// Ids and classifications only: it survives erasure.
/// </summary>
/// <param name="EntryId">Minted with the action: recorded twice, it is one.</param>
/// <param name="Action">Dotted and in the past tense, such as <c>connection.created</c>.</param>
/// <param name="Detail">A classification, such as <c>provider: Twilio</c>.</param>
public sealed record ActionAudited(
    Guid EntryId, Guid WorkspaceId, Guid? ActorId, Guid? LoginId, string Action, string? SubjectId, string? Detail, DateTimeOffset At);
