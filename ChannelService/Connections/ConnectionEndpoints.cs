using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChannelService.Connections;

/// <summary><c>/api/connections</c>, for admins and owners. Another workspace's ids are unknown here.</summary>
internal static class ConnectionEndpoints
{
    public static void MapConnections(this IEndpointRouteBuilder app)
    {
        var connections = app.MapGroup("/api/connections").RequireAuthorization(Policies.Admin);
        connections.MapListConnections();
        connections.MapCreateConnection();
        connections.MapChangeConnection();
        connections.MapDeleteConnection();
        connections.MapTestConnection();
        connections.MapObserveConnection();
        connections.MapReportObservations();
        app.MapFindAddress();
    }
}
