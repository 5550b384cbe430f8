using System.Security.Claims;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Memory;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Assistance;

/// <param name="Summary">Absent with the rest where nothing was said that means something.</param>
/// <param name="Messages">How many it covers.</param>
/// <param name="Model">Whose words they are; <c>offline</c>: the customer's and the business's own.</param>
public sealed record ConversationSummary(string? Summary, int? Messages, string? Model);

/// <summary>A conversation in short, for who takes it up.</summary>
internal static class SumUpEndpoint
{
    private const int Messages = 60;

    public static void MapSumUp(this IEndpointRouteBuilder conversation) =>
        conversation.MapPost("/sum_up", Handle).WithName("SumUpConversation").WithSummary("What was said, in short");

    internal static Task<Results<Ok<ConversationSummary>, NotFound, ProblemHttpResult>> Handle(
        Guid id, ClaimsPrincipal user, ConversationSource conversations, ReplyStore store, ConversationMemory memory, CancellationToken cancellationToken) =>
        conversations.Read(id, user.WorkspaceId(), Messages, async found =>
        {
            if (found is not { } request) return new ConversationSummary(null, null, null);
            var (_, remembered) = await store.Known(id, user.WorkspaceId(), cancellationToken);
            var summary = await memory.SumUp(request, remembered, cancellationToken);
            return summary is { Summary.Length: > 0 } ? new ConversationSummary(summary.Summary, summary.Messages, summary.WrittenBy) : new ConversationSummary(null, null, null);
        }, cancellationToken);
}
