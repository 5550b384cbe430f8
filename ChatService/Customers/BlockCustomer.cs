using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Customers;

/// <summary>Who is blocked gets no automatic answer any more; what he writes is still kept, and people may answer it.</summary>
internal static class BlockCustomerEndpoints
{
    private const string Column = "blocked_at";

    public static void MapBlockCustomer(this IEndpointRouteBuilder customers)
    {
        customers.MapPost("/{id:guid}/block", (Guid id, HttpContext http, CustomerMark mark, CancellationToken cancellationToken) =>
                mark.Set(Column, id, true, http, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("BlockCustomer").WithSummary("End automatic answers to a customer");
        customers.MapPost("/{id:guid}/unblock", (Guid id, HttpContext http, CustomerMark mark, CancellationToken cancellationToken) =>
                mark.Set(Column, id, false, http, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("UnblockCustomer").WithSummary("Let a customer have automatic answers again");
    }
}
