namespace Assistify.AiService.Replies;

/// <summary>Why an answer is what it is. Kept as long as the answer, with the customer's id, and erased with him.</summary>
public sealed record Trace(
    string Outcome,
    string? Text,
    string? Model,
    Plan? Plan,
    IReadOnlyList<Contracts.Understanding> Understandings,
    IReadOnlyList<string> Documents,
    IReadOnlyList<TracedCheck> Checks,
    long KnowledgeVersion,
    int LatencyMs,
    string? Error = null);

/// <summary>What the checks said about a writer's draft.</summary>
public sealed record TracedCheck(string Model, bool Passed, string? Reason);
