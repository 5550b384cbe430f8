using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Assistance;

/// <summary>Help for people who answer themselves. Nothing of it is sent.</summary>
internal static class AssistanceEndpoints
{
    public static void MapAssistance(this IEndpointRouteBuilder app)
    {
        var conversation = app.MapGroup("/api/conversations/{id:guid}").RequireAuthorization(Policies.Agent);
        conversation.MapSuggestAnswer();
        conversation.MapSumUp();
    }

    /// <summary>Finds a conversation of the workspace's, and has it looked at.</summary>
    /// <param name="messages">How many of the latest.</param>
    /// <param name="look">Null in, where nothing was written in it.</param>
    internal static async Task<Results<Ok<T>, NotFound, ProblemHttpResult>> Read<T>(
        this ConversationSource conversations, Guid id, Guid workspaceId, int messages, Func<ReplyRequested?, Task<T>> look, CancellationToken cancellationToken)
    {
        var found = await conversations.Find(id, workspaceId, messages, cancellationToken);
        return found.State switch
        {
            ConversationState.Missing => TypedResults.NotFound(),
            ConversationState.Unreachable => TypedResults.Problem("The conversation cannot be read now. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable),
            _ => TypedResults.Ok(await look(found.Request)),
        };
    }
}
