using System.Security.Claims;
using Assistify.AiService.Replies;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Assistance;

/// <param name="Text">Absent with the rest where there is nothing to suggest.</param>
/// <param name="Citations">What it rests on.</param>
public sealed record SuggestedAnswer(string? Text, IReadOnlyList<Citation>? Citations, IReadOnlyList<Card>? Cards, string? Model);

/// <summary>What the assistant would answer to what the customer said last. It is written from the same knowledge, checked and paid for like an answer, and not sent.</summary>
internal static class SuggestAnswerEndpoint
{
    // As many as an answer is made from.
    private const int Messages = 12;

    public static void MapSuggestAnswer(this IEndpointRouteBuilder conversation) =>
        conversation.MapPost("/suggest_answer", Handle).WithName("SuggestAnswer").WithSummary("What the assistant would answer now; nothing is sent");

    internal static Task<Results<Ok<SuggestedAnswer>, NotFound, ProblemHttpResult>> Handle(
        Guid id, ClaimsPrincipal user, ConversationSource conversations, ReplyStore store, ReplyPipeline pipeline, CancellationToken cancellationToken) =>
        conversations.Read(id, user.WorkspaceId(), Messages, async found =>
        {
            if (found is not { Unanswered.Count: > 0 } request) return new SuggestedAnswer(null, null, null, null);
            var (knowledge, remembered) = await store.Known(id, user.WorkspaceId(), cancellationToken);
            var suggestion = await pipeline.Suggest(request with { Stream = false }, knowledge, remembered, cancellationToken);
            return new SuggestedAnswer(suggestion?.Text, suggestion?.Citations, suggestion?.Cards, suggestion?.Model);
        }, cancellationToken);
}
