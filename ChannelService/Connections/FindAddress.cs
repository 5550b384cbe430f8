using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Connections;

/// <param name="Channel">The connection's.</param>
/// <param name="Address">Null where nobody can be written to by what was typed.</param>
internal sealed record FoundAddress(string Channel, CustomerAddress? Address);

/// <summary>Who can be written to on a connection before he wrote, for ChatService.</summary>
internal static class FindAddress
{
    private const int Longest = 128;

    public static void MapFindAddress(this IEndpointRouteBuilder app) => app.MapGet("/internal/connections/{id:guid}/address", Handle).ForOurServices();

    private static IResult Handle(Guid id, Guid workspaceId, string typed, ChannelAdapters adapters) =>
        adapters.Find(id) is { } adapter && adapter.Connection.WorkspaceId == workspaceId
            ? TypedResults.Ok(new FoundAddress(adapter.Connection.Channel, typed.Length > Longest ? null : adapter.AddressOf(typed)))
            : TypedResults.Problem("There is no such connection.", statusCode: StatusCodes.Status404NotFound);
}
