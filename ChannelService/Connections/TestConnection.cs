using System.Security.Claims;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChannelService.Connections;

internal static class TestConnection
{
    public static void MapTestConnection(this IEndpointRouteBuilder connections) =>
        connections.MapPost("/{id:guid}/test", Handle).WithName(nameof(TestConnection)).WithSummary("Ask the provider whether it takes the credentials");

    private static async Task<Results<Ok<CheckView>, NotFound>> Handle(
        Guid id, ClaimsPrincipal user, ServedConnections served, ConnectionStore store, ConnectionViews views, ConnectionChecks checks, ConnectionAlarms alarms,
        CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is null && views.Configured(user.WorkspaceId()).All(connection => connection.Id != id))
            return TypedResults.NotFound();

        // Who tests it wants it to work again.
        await alarms.Clear(id, ConnectionAlarms.CallbackGone, cancellationToken);

        // It may have been made on another replica a moment ago.
        await served.Refresh(cancellationToken);
        return TypedResults.Ok(await checks.Ask(id, cancellationToken));
    }
}
