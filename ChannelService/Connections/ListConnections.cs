using System.Security.Claims;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChannelService.Connections;

internal sealed record ConnectionList(IReadOnlyList<ConnectionView> Items);

internal static class ListConnections
{
    public static void MapListConnections(this IEndpointRouteBuilder connections)
    {
        connections.MapGet("/", List).WithName(nameof(ListConnections)).WithSummary("The workspace's connections, those of configuration first");
        connections.MapGet("/{id:guid}", Get).WithName("GetConnection").WithSummary("A connection with its health");
    }

    private static async Task<Ok<ConnectionList>> List(
        ClaimsPrincipal user, ConnectionStore store, ConnectionViews views, ConnectionHealth health, CancellationToken cancellationToken)
    {
        var stored = await store.List(user.WorkspaceId(), cancellationToken);
        var configured = views.Configured(user.WorkspaceId());
        var healths = await health.Read([.. configured.Select(c => c.Id), .. stored.Select(c => c.Id)], cancellationToken);
        return TypedResults.Ok(new ConnectionList(
        [
            .. configured.Select(connection => views.Of(connection, healths.GetValueOrDefault(connection.Id))),
            .. stored.Select(connection => views.Of(connection, healths.GetValueOrDefault(connection.Id))),
        ]));
    }

    private static async Task<Results<Ok<ConnectionView>, NotFound>> Get(
        Guid id, ClaimsPrincipal user, ConnectionStore store, ConnectionViews views, ConnectionHealth health, CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is { } stored) return TypedResults.Ok(await views.Of(stored, cancellationToken));
        if (views.Configured(user.WorkspaceId()).FirstOrDefault(connection => connection.Id == id) is not { } configured) return TypedResults.NotFound();
        return TypedResults.Ok(views.Of(configured, (await health.Read([id], cancellationToken)).GetValueOrDefault(id)));
    }
}
