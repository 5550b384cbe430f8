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

    internal static ProblemHttpResult Unreachable() =>
        TypedResults.Problem("The conversation cannot be read now. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
}
