using System.Security.Claims;
using Assistify.ChannelService.Operations;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChannelService.Connections;

internal static class DeleteConnection
{
    public static void MapDeleteConnection(this IEndpointRouteBuilder connections) =>
        connections.MapDelete("/{id:guid}", Handle).WithName(nameof(DeleteConnection)).WithSummary("Remove a connection; what it had still to send fails");

    private static async Task<IResult> Handle(
        Guid id, ClaimsPrincipal user, ServedConnections served, ConnectionStore store, ConnectionViews views, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var action = OperatorAction.By(user, time, "connection.deleted", id);
        if (await store.Delete(user.WorkspaceId(), id, action, cancellationToken) == Stored.NotFound)
            return views.Configured(user.WorkspaceId()).Any(connection => connection.Id == id) ? ConnectionInput.ReadOnly() : TypedResults.NotFound();

        await served.Refresh(cancellationToken);
        return TypedResults.NoContent();
    }
}
