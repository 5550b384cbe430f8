using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Connections;

/// <param name="Channel">The connection's.</param>
/// <param name="Address">Null where nobody can be written to by what was typed.</param>
internal sealed record FoundAddress(string Channel, CustomerAddress? Address);

/// <summary>
/// Who can be written to on a connection before he wrote, for ChatService. For our services alone: the call is signed, and the gateway routes
/// nothing here.
/// </summary>
internal static class FindAddress
{
    private const int Longest = 128;

    public static void MapFindAddress(this IEndpointRouteBuilder app) => app.MapGet("/internal/connections/{id:guid}/address", Handle).AllowAnonymous();

    private static IResult Handle(Guid id, Guid workspaceId, string typed, HttpRequest request, InternalCalls calls, ChannelAdapters adapters)
    {
        if (!calls.IsAuthentic($"GET {request.Path}{request.QueryString}", request.Headers[InternalCalls.Header]))
            return TypedResults.Problem("This call is not one of our services'.", statusCode: StatusCodes.Status401Unauthorized);
        return adapters.Find(id) is { } adapter && adapter.Connection.WorkspaceId == workspaceId
            ? TypedResults.Ok(new FoundAddress(adapter.Connection.Channel, typed.Length > Longest ? null : adapter.AddressOf(typed)))
            : TypedResults.Problem("There is no such connection.", statusCode: StatusCodes.Status404NotFound);
    }
}
