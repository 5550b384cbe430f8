namespace Assistify.Contracts;

/// <summary>
/// What happened, for the event log. ChatService sees every message of the path, so it publishes them for AnalyticsService
/// in one message for each batch that it commits. No text and no address is in it: the event log needs no erasure.
/// </summary>
public sealed record EventsRecorded(IReadOnlyList<RecordedEvent> Events);

/// <param name="EventId">Derived from what happened: the same event recorded twice is one.</param>
/// <param name="Type">The message's name on the bus (<c>CustomerMessageReceived</c>) or the command's (<c>TakeOver</c>).</param>
/// <param name="Channel">The conversation's.</param>
/// <param name="MessageId">The message it is about, where there is one.</param>
/// <param name="OccurredAt">At the edge for a customer's message, otherwise when it was committed.</param>
public sealed record RecordedEvent(
    Guid EventId,
    string Type,
    Guid WorkspaceId,
    Guid ConversationId,
    Guid CustomerId,
    string Channel,
    Guid? MessageId,
    DateTimeOffset OccurredAt,
    EventDetails Details);

/// <summary>The classifications that figures are made of; absent where the event has none.</summary>
/// <param name="InReplyTo">For an answer: the oldest customer message that it answers.</param>
/// <param name="WaitMs">For an answer: milliseconds since that message was received.</param>
public sealed record EventDetails(
    Author? Author = null,
    string? Intent = null,
    double? Confidence = null,
    string? Sentiment = null,
    double? SentimentScore = null,
    string? Language = null,
    string? Model = null,
    int? LatencyMs = null,
    decimal? Cost = null,
    string? Currency = null,
    string? Status = null,
    string? ErrorCode = null,
    Guid? InReplyTo = null,
    long? WaitMs = null,
    Guid? OperatorId = null);

/// <summary>
/// A model does worse than before. Published by AnalyticsService to every ChatService replica, which tells owners and admins; may be lost or come twice, since the
/// figures count it too.
/// </summary>
/// <param name="Model">As in <c>model_metrics</c>: <c>intents</c>.</param>
/// <param name="Accuracy">Of the messages of the last seven days, as far as operators looked at them.</param>
public sealed record QualityDropped(Guid WorkspaceId, string Model, double Accuracy, long Messages, DateTimeOffset At);
