using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <summary>Who is blocked gets no automatic answer any more; what he writes is still kept, and people may answer it.</summary>
internal static class BlockCustomerEndpoints
{
    private const string Column = "blocked_at";

    public static void MapBlockCustomer(this IEndpointRouteBuilder customers)
    {
        customers.MapPost("/{id:guid}/block", (Guid id, HttpContext http, NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken) =>
                CustomerMark.Set(Column, id, time.GetUtcNow(), http, database, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("BlockCustomer").WithSummary("End automatic answers to a customer");
        customers.MapPost("/{id:guid}/unblock", (Guid id, HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken) =>
                CustomerMark.Set(Column, id, null, http, database, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("UnblockCustomer").WithSummary("Let a customer have automatic answers again");
    }
}
