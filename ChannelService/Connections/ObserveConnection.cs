using System.Security.Claims;
using Assistify.ChannelService.Operations;
using Assistify.ChannelService.Webhooks;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChannelService.Connections;

/// <param name="Hours">Until signatures are enforced again; 72 at most, and where it is absent.</param>
internal sealed record ObserveRequest(int? Hours);

internal static class ObserveConnection
{
    public static void MapObserveConnection(this IEndpointRouteBuilder connections)
    {
        connections.MapPost("/{id:guid}/observe", Observe)
            .WithName(nameof(ObserveConnection))
            .WithSummary("Let badly signed webhooks make marked messages for some hours");
        connections.MapPost("/{id:guid}/enforce", Enforce)
            .WithName("EnforceConnection")
            .WithSummary("Refuse badly signed webhooks again");
    }

    private static async Task<IResult> Observe(
        Guid id, ObserveRequest? request, ClaimsPrincipal user, ServedConnections served, ConnectionStore store, ConnectionViews views, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var hours = request?.Hours ?? Observations.MostHours;
        if (hours is < 1 or > Observations.MostHours) return ConnectionInput.Invalid("hours", $"A whole number from 1 to {Observations.MostHours}.");
        return await Set(
            id, time.GetUtcNow() + TimeSpan.FromHours(hours), OperatorAction.By(user, time, "connection.observed", id, $"hours: {hours}"),
            user, served, store, views, time, cancellationToken);
    }

    private static Task<IResult> Enforce(
        Guid id, ClaimsPrincipal user, ServedConnections served, ConnectionStore store, ConnectionViews views, TimeProvider time,
        CancellationToken cancellationToken) =>
        Set(id, null, OperatorAction.By(user, time, "connection.enforced", id), user, served, store, views, time, cancellationToken);

    private static async Task<IResult> Set(
        Guid id, DateTimeOffset? until, OperatorAction action, ClaimsPrincipal user, ServedConnections served, ConnectionStore store, ConnectionViews views,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is not { } before)
            return views.Configured(user.WorkspaceId()).Any(connection => connection.Id == id) ? ConnectionInput.ReadOnly() : TypedResults.NotFound();

        var changed = before with { ObserveUntil = until, UpdatedAt = time.GetUtcNow() };
        if (await store.Change(changed, action, cancellationToken) != Stored.Done) return ConnectionInput.Outdated();

        await served.Refresh(cancellationToken);
        return TypedResults.Ok(await views.Of(changed, cancellationToken));
    }
}
