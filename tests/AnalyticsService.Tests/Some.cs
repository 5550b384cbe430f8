using Assistify.Contracts;

namespace Assistify.AnalyticsService.Tests;

/// <summary>Events as ChatService records them; a test sets only what it is about.</summary>
internal static class Some
{
    public static readonly Guid Conversation = Guid.Parse("0198c0de-0000-7000-8000-00000000000c");
    public static readonly Guid Customer = Guid.Parse("0198c0de-0000-7000-8000-00000000000d");

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    public static RecordedEvent Event(
        string type, string at, EventDetails? details = null, string channel = "whatsapp", Guid? message = null, Guid? workspace = null,
        Guid? conversation = null, Guid? customer = null, Guid? id = null) =>
        new(id ?? Guid.NewGuid(), type, workspace ?? AnalyticsUnderTest.Workspace, conversation ?? Conversation, customer ?? Customer, channel, message, At(at),
            details ?? new EventDetails());

    public static RecordedEvent Received(
        string at, string channel = "whatsapp", Guid? message = null, Guid? workspace = null, Guid? conversation = null, Guid? customer = null) =>
        Event("CustomerMessageReceived", at, new EventDetails(Author.Customer), channel, message ?? Guid.NewGuid(), workspace, conversation, customer);

    public static RecordedEvent Understood(
        string at, Guid message, string intent, string sentiment = "neutral", double score = 0, string channel = "whatsapp", Guid? workspace = null, string type = "MessagesUnderstood") =>
        Event(type, at, new EventDetails(Author.Customer, intent, 0.5, sentiment, score, "en"), channel, message, workspace);

    public static RecordedEvent Corrected(string at, Guid message, string status = "wrong", Guid? workspace = null) =>
        Event("IntentCorrected", at, new EventDetails(Intent: "returns", Status: status), "", message, workspace, Guid.Empty);

    public static RecordedEvent Answered(
        string at, long? waitMs = 100, string channel = "whatsapp", string model = "offline", int latencyMs = 10, decimal? cost = null, Guid? conversation = null) =>
        Event("ReplyGenerated", at, new EventDetails(Author.Assistant, Model: model, LatencyMs: latencyMs, Cost: cost, Currency: cost is null ? null : "USD",
            Status: "stored", WaitMs: waitMs), channel, Guid.NewGuid(), conversation: conversation);
}
