using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <summary>Who is blocked gets no automatic answer any more; what he writes is still kept, and people may answer it.</summary>
internal static class BlockCustomerEndpoints
{
    public static void MapBlockCustomer(this IEndpointRouteBuilder customers)
    {
        customers.MapPost("/{id:guid}/block", (Guid id, HttpContext http, NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken) =>
                Set(id, time.GetUtcNow(), http, database, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("BlockCustomer").WithSummary("End automatic answers to a customer");
        customers.MapPost("/{id:guid}/unblock", (Guid id, HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken) =>
                Set(id, null, http, database, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("UnblockCustomer").WithSummary("Let a customer have automatic answers again");
    }

    private static async Task<IResult> Set(Guid id, DateTimeOffset? at, HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var workspaceId = http.User.WorkspaceId();
        await using var command = database.CreateCommand(
            "update customers set blocked_at = case when $3::timestamptz is null then null else coalesce(blocked_at, $3) end where id = $2 and workspace_id = $1 and merged_into is null");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)at ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return await GetCustomersEndpoints.Find(database, workspaceId, id, cancellationToken) is { } customer ? TypedResults.Ok(customer) : Problem.NotFound();
    }
}
