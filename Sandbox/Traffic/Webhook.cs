using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Traffic;

/// <summary>A request to Assistify, before it is sent. What must be fresh for each attempt is made for each attempt.</summary>
internal sealed record Webhook(Provider Provider, string MessageSid, Uri Target, RetryPlan Retries)
{
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>What happened, in a few words for the log of exchanges.</summary>
    public string Title { get; init; } = "Webhook";

    public byte[] Body { get; init; } = [];

    public string? ContentType { get; init; }

    /// <summary>Of the attempt with this number, from 1.</summary>
    public Func<WebhookAttempt, IEnumerable<(string Name, string Value)>> Headers { get; init; } = static _ => [];

    /// <summary>Signed addresses differ from attempt to attempt.</summary>
    public Func<Uri>? FreshTarget { get; init; }

    /// <summary>Which outcomes the log of exchanges keeps.</summary>
    public Func<WebhookOutcome, bool> IsKept { get; init; } = static _ => true;

    /// <summary>Webhooks of one lane follow each other: the next waits until this one was taken.</summary>
    public string? Lane { get; init; }
}

/// <param name="LastFailure">Why the attempt before failed; null at the first.</param>
internal sealed record WebhookAttempt(int Number, string? LastFailure);

/// <param name="Status">Of the last attempt; 0 where there was no answer.</param>
/// <param name="Repeats">The provider goes on trying.</param>
internal sealed record WebhookOutcome(int Status, int Attempts, string? Error, bool Repeats = false, string? Body = null, TimeSpan? RetryAfter = null, bool NoRetry = false);
