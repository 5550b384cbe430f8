using Assistify.ChatService.Operators.Audit;
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
        Guid id, MergeCustomerRequest request, HttpContext http, NpgsqlDataSource database, AuditLog audit, CustomerChanges changes,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.CustomerId is not { } other || other == id) return Problem.Invalid("customerId", "Another customer.");

        var workspaceId = http.User.WorkspaceId();
        var now = time.GetStoredNow();
        if (!await Merge(database, workspaceId, id, other, now, cancellationToken)) return Problem.NotFound();
        await audit.Add(http.User, "customer.merged", id, $"customer: {other}", cancellationToken);
        return await changes.Answer(workspaceId, [id, other], now, cancellationToken);
    }

    private static async Task<bool> Merge(
        NpgsqlDataSource database, Guid workspaceId, Guid into, Guid from, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var both = await CustomerLocks.Lock(connection, workspaceId, [into, from], cancellationToken);
        if (both.Values.Count(static within => within is null) != 2) return false;

        // The one who is merged stays as a sign-post, for tokens that were given to him. What was his is remembered before it moves, so that it can go back.
        var merge = Guid.CreateVersion7(now);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var sql in (ReadOnlySpan<string>)
        [
            $"""
            insert into customer_merges (id, workspace_id, into_id, from_id, {MergedFacts.List}, taken, merged_at)
            select $3, u.workspace_id, u.id, o.id, {MergedFacts.Each(static fact => $"o.{fact}")},
                array_remove(array[{MergedFacts.Each(static fact => $"case when u.{fact} is null and o.{fact} is not null then '{fact}' end")}], null), $4
            from customers u, customers o where u.id = $1 and o.id = $2
            """,
            "insert into customer_merge_parts (merge_id, conversation_id) select $3, id from conversations where customer_id = $2",
            "insert into customer_merge_parts (merge_id, media_id) select $3, id from media where customer_id = $2",
            "insert into customer_merge_parts (merge_id, customer_id) select $3, id from customers where merged_into = $2",
            "insert into customer_merge_parts (merge_id, workspace_id, kind, value) select $3, workspace_id, kind, value from customer_identifiers where customer_id = $2",
            "update conversations set customer_id = $1, revision = revision + 1, changed_at = $4 where customer_id = $2",
            "update customer_identifiers set customer_id = $1 where customer_id = $2",
            "update media set customer_id = $1 where customer_id = $2",
            $"""
            update customers u set {MergedFacts.Each(static fact => $"{fact} = coalesce(u.{fact}, o.{fact})")}
            from customers o where u.id = $1 and o.id = $2
            """,
            "update customers set merged_into = $1 where id = $2 or merged_into = $2",
            "update customers set name = null, email = null, phone = null where id = $2",
        ])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = into });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = merge });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
