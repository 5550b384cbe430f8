using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <param name="CustomerId">Who turned out to be the same person; he becomes part of the one in the path.</param>
public sealed record MergeCustomerRequest(Guid? CustomerId = null);

internal static class MergeCustomerEndpoint
{
    public static void MapMergeCustomer(this IEndpointRouteBuilder customers) =>
        customers.MapPost("/{id:guid}/merge", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("MergeCustomer")
            .WithSummary("Two customers turned out to be one person");

    internal static async Task<IResult> Handle(
        Guid id, MergeCustomerRequest request, HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (request.CustomerId is not { } other || other == id) return Problem.Invalid("customerId", "Another customer.");

        var workspaceId = http.User.WorkspaceId();
        if (!await Merge(database, workspaceId, id, other, cancellationToken)) return Problem.NotFound();
        return await GetCustomersEndpoints.Find(database, workspaceId, id, cancellationToken) is { } customer
            ? TypedResults.Ok(customer)
            : Problem.NotFound();
    }

    private static async Task<bool> Merge(
        NpgsqlDataSource database, Guid workspaceId, Guid into, Guid from, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var both = new NpgsqlCommand(
            "select count(*) from (select id from customers where id in ($2, $3) and workspace_id = $1 and merged_into is null order by id for update) c",
            connection))
        {
            both.Parameters.AddWithValue(workspaceId);
            both.Parameters.AddWithValue(into);
            both.Parameters.AddWithValue(from);
            if ((long)(await both.ExecuteScalarAsync(cancellationToken))! != 2) return false;
        }

        // The one who is merged stays as a sign-post, for tokens that were given to him. Conversations are locked in the order
        // in which a partition's batch locks them.
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var sql in (ReadOnlySpan<string>)
        [
            "select id from conversations where customer_id = $2 order by id for update",
            "update conversations set customer_id = $1, revision = revision + 1 where customer_id = $2",
            "update customer_identifiers set customer_id = $1 where customer_id = $2",
            "update media set customer_id = $1 where customer_id = $2",
            """
            update customers u set name = coalesce(u.name, o.name), email = coalesce(u.email, o.email),
                phone = coalesce(u.phone, o.phone), locale = coalesce(u.locale, o.locale),
                blocked_at = coalesce(u.blocked_at, o.blocked_at), supplier_since = coalesce(u.supplier_since, o.supplier_since)
            from customers o where u.id = $1 and o.id = $2
            """,
            "update customers set merged_into = $1 where id = $2 or merged_into = $2",
            "update customers set name = null, email = null, phone = null where id = $2",
        ])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = into });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
