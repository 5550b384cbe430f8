using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Conversations.Endpoints;

internal static class TakeOverEndpoint
{
    public static void MapTakeOver(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/take_over", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("TakeOver")
            .WithSummary("From now on people answer");

    internal static Task<IResult> Handle(Guid id, HttpContext http, CommandEndpoint commands, CancellationToken cancellationToken) =>
        commands.Run(http, id, OperatorAction.TakeOver, with: null, cancellationToken);
}
