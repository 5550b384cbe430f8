using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.AiService.Assistants;
using Assistify.AiService.Providers;
using Assistify.AiService.Vision;

namespace Assistify.AiService.Replies;

/// <summary>Why an answer is what it is. Kept as long as the answer, with the customer's id, and erased with him.</summary>
/// <param name="Outcome"><c>finished</c>, <c>obsolete</c> or <c>failed</c>.</param>
internal sealed record Trace(string Outcome)
{
    public string? Language { get; init; }

    public string? Text { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? PromptVersion { get; init; }

    public long KnowledgeVersion { get; init; }

    /// <summary>Of the workspace's settings; 0 is the built-in one.</summary>
    public int AssistantVersion { get; init; }

    /// <summary>Of the model that told the intents; 0 is that of the starter set.</summary>
    public int IntentVersion { get; init; }

    /// <summary>Where a canary was running.</summary>
    public CanarySide? Canary { get; init; }

    /// <summary>What was asked, to answer it again. Not shown.</summary>
    public Contracts.ReplyRequested? Request { get; init; }

    public bool HandOver { get; init; }

    public TracedTokens? Tokens { get; init; }

    public TracedCost? Cost { get; init; }

    public int LatencyMs { get; init; }

    public IReadOnlyList<TracedStage> Stages { get; init; } = [];

    public IReadOnlyList<Contracts.Understanding> Understanding { get; init; } = [];

    /// <summary>What was seen in the customer's pictures, or why nothing was.</summary>
    public IReadOnlyList<SeenPicture> Pictures { get; init; } = [];

    public IReadOnlyList<TracedWish> Wishes { get; init; } = [];

    public IReadOnlyList<TracedSource> Sources { get; init; } = [];

    public IReadOnlyList<TracedTool> Tools { get; init; } = [];

    public IReadOnlyList<TracedCheck> Checks { get; init; } = [];

    public IReadOnlyList<TracedWriter> Writers { get; init; } = [];

    /// <summary>What the workspace decided about its assistant when it was asked.</summary>
    public Contracts.BusinessSettings? Settings { get; init; }

    /// <summary>What was remembered of the conversation beyond the messages at hand.</summary>
    public Memory.Remembered? Memory { get; init; }

    /// <summary>The kind of failure that ended it.</summary>
    public string? Error { get; init; }
}

internal sealed record TracedStage(string Name, double Ms);

internal sealed record TracedWish(WishKind Kind, string Intent, string Text);

/// <param name="Spans">What the answer cites of it.</param>
internal sealed record TracedSource(string DocumentId, SourceKind Kind, string Title, string? Url, bool Cited, IReadOnlyList<TracedSpan> Spans);

/// <param name="Start">In characters of the source's text.</param>
internal sealed record TracedSpan(string Quote, int Start, int End);

/// <param name="Arguments">As the model sent them.</param>
/// <param name="Status"><c>done</c>, <c>rejected</c>, <c>unavailable</c>, <c>proposed</c> or <c>failed</c>.</param>
/// <param name="Result">What the model was given.</param>
internal sealed record TracedTool(
    string Id, string Name, int Round, string Provider, string Model, JsonNode? Arguments, string Status, string Result, double Ms);

/// <summary>What a check said about a draft.</summary>
/// <param name="Detail">What it was about, such as the figure that stands in no source.</param>
internal sealed record TracedCheck(string Provider, string Model, int Draft, string Name, bool Passed, string? Reason = null, string? Detail = null);

/// <summary>What became of one of those who could write.</summary>
internal sealed record TracedWriter(
    string Provider, string Model, string Outcome, string? Reason, string? Detail, int Calls, double Ms, double? FirstTokenMs, TracedTokens? Tokens, TracedCost? Cost);

internal sealed record TracedTokens(long Input, long Output, long Cached)
{
    public static TracedTokens Of(TokenUse tokens) => new(tokens.Input, tokens.Output, tokens.Cached);
}

/// <param name="Amount">With as many decimals as it takes: an answer costs a fraction of a cent.</param>
internal sealed record TracedCost(string Amount, string Currency)
{
    public static TracedCost? Of(decimal? dollars) =>
        dollars is { } amount ? new TracedCost(amount.ToString("0.00######", CultureInfo.InvariantCulture), "USD") : null;
}
