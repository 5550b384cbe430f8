using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Operations;

/// <summary>How much work lies in the system's queues, and where more is to be seen.</summary>
/// <param name="Queues">Absent while the broker cannot be asked.</param>
/// <param name="DashboardUrl">Absent where no dashboard is for people.</param>
internal sealed record OperationsView(IReadOnlyList<QueueDepth>? Queues, string? DashboardUrl);

internal static class OperationEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/operations", Get).RequireAuthorization(Policies.Agent)
            .WithName("GetOperations").WithSummary("How much lies in the queues of the system");

    private static async Task<Ok<OperationsView>> Get(IQueueDepths depths, IOptions<ChatOptions> options, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueueDepth>? queues = null;
        try
        {
            queues = await depths.Read(cancellationToken);
        }
        catch (BrokerUnavailableException)
        {
            // That it is away is what the page has to say of it.
        }

        return TypedResults.Ok(new OperationsView(queues, options.Value.DashboardUrl));
    }
}
