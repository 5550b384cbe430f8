namespace Assistify.ChannelService.Webhooks;

/// <summary>A webhook as it arrived: the raw bytes are what the signature is about.</summary>
/// <param name="Suffix">What follows <c>/api/webhooks/{channel}</c> in the path, such as <c>/status</c>; may be empty.</param>
/// <param name="Query">As received, with its question mark, never decoded; empty without a query.</param>
internal sealed record WebhookRequest(
    string Method, string Suffix, string Query, string? ContentType, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);

/// <summary>What an authentic webhook contains.</summary>
/// <param name="Reason">Why it is ignored or malformed.</param>
/// <param name="Items">In the provider's order, of whichever accounts.</param>
/// <param name="Answer">The body of the 200 where this very request asks for another one than usual, a handshake's challenge for instance.</param>
internal sealed record WebhookContent(WebhookOutcome Outcome, string? Reason, IReadOnlyList<WebhookItem> Items, IResult? Answer = null)
{
    public static WebhookContent Of(params IReadOnlyList<WebhookItem> items) => new(WebhookOutcome.Accepted, null, items);

    public static WebhookContent Nothing(WebhookOutcome outcome, string reason) => new(outcome, reason, []);
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
