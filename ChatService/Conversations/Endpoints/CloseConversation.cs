using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Conversations.Endpoints;

public sealed record CloseConversationRequest(string? Reason = null);

internal static class CloseConversationEndpoint
{
    private const int LongestReason = 500;

    public static void MapCloseConversation(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/close_conversation", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("CloseConversation")
            .WithSummary("Close a conversation; the customer's next message opens a new one, or this one again");

    internal static async Task<IResult> Handle(
        Guid id, CloseConversationRequest? request, HttpContext http, CommandEndpoint commands, CancellationToken cancellationToken)
    {
        var invalid = new Invalid().TooLong("reason", request?.Reason, LongestReason);
        if (invalid.Any) return invalid.AsProblem();
        var reason = request?.Reason is { } text ? StorableText.From(text) : null;
        return await commands.Run(http, id, OperatorAction.Close, command => command with { Reason = reason }, cancellationToken);
    }
}
