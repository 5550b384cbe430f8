using System.Security.Claims;
using Assistify.AiService.Assistants;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Replies;

/// <summary>Why the assistant wrote what it wrote, for people: <c>GET /api/traces/{messageId}</c>.</summary>
internal static class GetTrace
{
    public static void MapTraces(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/traces/{messageId:guid}", Get).RequireAuthorization(Policies.Agent)
            .WithName("GetTrace").WithSummary("Why an answer of the assistant is what it is");

    internal static async Task<Results<Ok<TraceView>, NotFound>> Get(Guid messageId, ClaimsPrincipal user, ReplyStore store, CancellationToken cancellationToken) =>
        await store.FindTrace(messageId, user.WorkspaceId(), cancellationToken) is { } trace ? TypedResults.Ok(trace) : TypedResults.NotFound();
}

/// <param name="MessageId">The answer's.</param>
internal sealed record TraceView(
    Guid MessageId, Guid ConversationId, long Version, DateTimeOffset CreatedAt, string Outcome, string? Language, string? Text, string? Provider, string? Model,
    string? PromptVersion, long KnowledgeVersion, int AssistantVersion, int IntentVersion, CanarySide? Canary, bool HandOver, TracedTokens? Tokens, TracedCost? Cost, int LatencyMs, IReadOnlyList<TracedStage> Stages,
    IReadOnlyList<Contracts.Understanding> Understanding, IReadOnlyList<TracedWish> Wishes, IReadOnlyList<TracedSource> Sources,
    IReadOnlyList<TracedTool> Tools, IReadOnlyList<TracedCheck> Checks, IReadOnlyList<TracedWriter> Writers, string? Error,
    Contracts.BusinessSettings? Settings, Memory.Remembered? Memory, IReadOnlyList<Vision.SeenPicture> Pictures)
{
    public static TraceView Of(Guid messageId, Guid conversationId, long version, DateTimeOffset createdAt, Trace trace) => new(
        messageId, conversationId, version, createdAt, trace.Outcome, trace.Language, trace.Text, trace.Provider, trace.Model, trace.PromptVersion,
        trace.KnowledgeVersion, trace.AssistantVersion, trace.IntentVersion, trace.Canary, trace.HandOver, trace.Tokens, trace.Cost, trace.LatencyMs, trace.Stages, trace.Understanding, trace.Wishes, trace.Sources, trace.Tools,
        trace.Checks, trace.Writers, trace.Error, trace.Settings, trace.Memory, trace.Pictures);
}
