using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Conversations.Endpoints;

internal static class HandBackEndpoint
{
    public static void MapHandBack(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/hand_back", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("HandBack")
            .WithSummary("The assistant answers again");

    internal static Task<IResult> Handle(Guid id, HttpContext http, CommandEndpoint commands, CancellationToken cancellationToken) =>
        commands.Run(http, id, OperatorAction.HandBack, with: null, cancellationToken);
}
