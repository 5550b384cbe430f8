namespace Assistify.ChannelService.Webhooks;

/// <summary>A webhook as it arrived: the raw bytes are what the signature is about.</summary>
/// <param name="Suffix">What follows <c>/api/webhooks/{channel}</c> in the path, such as <c>/status</c>; may be empty.</param>
/// <param name="Query">As received, with its question mark, never decoded; empty without a query.</param>
internal sealed record WebhookRequest(
    string Method, string Suffix, string Query, string? ContentType, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);

/// <summary>What an authentic webhook contains.</summary>
/// <param name="Reason">Why it is ignored, foreign or malformed.</param>
internal sealed record WebhookContent(
    WebhookOutcome Outcome,
    string? Reason,
    IReadOnlyList<InboundItem> Messages,
    IReadOnlyList<StatusItem> Statuses)
{
    public static WebhookContent Of(InboundItem message) => new(WebhookOutcome.Accepted, null, [message], []);

    public static WebhookContent Of(StatusItem status) => new(WebhookOutcome.Accepted, null, [], [status]);

    public static WebhookContent Nothing(WebhookOutcome outcome, string reason) => new(outcome, reason, [], []);
}

/// <summary>What became of a webhook, as its log row says it.</summary>
internal enum WebhookOutcome
{
    Accepted,
    Duplicate,
    Ignored,
    Rejected,
    Malformed,
    Foreign,
    Unknown,
}
