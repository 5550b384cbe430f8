namespace Assistify.AnalyticsService.Events;

/// <summary>Types of the log that figures are made of, as SQL has them.</summary>
internal static class EventTypes
{
    public const string Received = "'CustomerMessageReceived'";
    public const string Understood = "'MessagesUnderstood'";
    public const string Answered = "'ReplyGenerated'";
    public const string AgentAnswered = "'OperatorReply'";
    public const string Delivery = "'DeliveryUpdated'";
    public const string HandedOver = "'TakeOver', 'HandOver', 'ReplyFailed'";
    public const string Closed = "'Close'";
    public const string PromiseKept = "'PromiseKept'";
    public const string PromiseMissed = "'PromiseMissed'";
    public const string Rated = "'Rate'";

    /// <summary>An operator said what a message should have been taken for; about the message, and of no conversation.</summary>
    public const string Corrected = "'IntentCorrected'";

    /// <summary>Intents are told worse than before; of no conversation.</summary>
    public const string QualityDropped = "'ModelQualityDropped'";
}
