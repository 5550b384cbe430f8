namespace Assistify.ChannelService.Operations;

/// <summary><c>/api/deliveries</c>: what people must look at on the way out. Each call says who may make it.</summary>
internal static class OperationEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        var deliveries = app.MapGroup("/api/deliveries");
        deliveries.MapListProblems();
        deliveries.MapSettleProblem();
    }
}
