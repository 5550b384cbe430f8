using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Conversations.Endpoints;

internal static class GetConversationEndpoint
{
    public static void MapGetConversation(this IEndpointRouteBuilder conversations) =>
        conversations.MapGet("/{id:guid}", Handle)
            .RequireAuthorization(Policies.Participant)
            .WithName("GetConversation")
            .WithSummary("A conversation with its customer");

    internal static async Task<IResult> Handle(
        Guid id, HttpContext http, ConversationReader conversations, CancellationToken cancellationToken) =>
        await conversations.View(http.User, id, cancellationToken) is { } view ? TypedResults.Ok(view) : Problem.NotFound();
}
