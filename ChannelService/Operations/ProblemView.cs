namespace Assistify.ChannelService.Operations;

/// <summary>A delivery that somebody should look at. Ids and codes only: what was written is in the conversation.</summary>
/// <param name="Id">Of the delivery, or of the dead message: what retry and drop take.</param>
/// <param name="Kind"><c>stuck</c>, <c>failed</c>, <c>unknown</c> or <c>dead</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAttemptAt">Of a queued one.</param>
/// <param name="MayDouble">Sent again, the customer may get it twice.</param>
/// <param name="Queue">Of a dead message: the work queue that it goes back to.</param>
/// <param name="Type">Of a dead message.</param>
internal sealed record ProblemView(
    Guid Id,
    string Kind,
    string? Status,
    Guid? ConversationId,
    Guid? ConnectionId,
    int? Attempts,
    string? ErrorCode,
    string? Error,
    bool MayDouble,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    DateTimeOffset? NextAttemptAt,
    string? Queue = null,
    string? Type = null);

internal sealed record ProblemPage(IReadOnlyList<ProblemView> Items, string? Next);
