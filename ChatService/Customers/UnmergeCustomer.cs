using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <param name="CustomerId">Who became part of the one in the path, and is somebody else after all.</param>
public sealed record UnmergeCustomerRequest(Guid? CustomerId = null);

internal static class UnmergeCustomerEndpoint
{
    /// <summary>After that a merge is how it is.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    public static void MapUnmergeCustomer(this IEndpointRouteBuilder customers) =>
        customers.MapPost("/{id:guid}/unmerge", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("UnmergeCustomer")
            .WithSummary("Two customers who were merged are two again");

    internal static async Task<IResult> Handle(
        Guid id, UnmergeCustomerRequest request, HttpContext http, NpgsqlDataSource database, AuditLog audit, CustomerChanges changes,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.CustomerId is not { } other || other == id) return Problem.Invalid("customerId", "The customer who was merged into this one.");

        var workspaceId = http.User.WorkspaceId();
        var now = time.GetStoredNow();
        switch (await Undo(database, workspaceId, id, other, now, cancellationToken))
        {
            case Undoing.NotMerged:
                return Problem.NotFound();
            case Undoing.TooLate:
                return Problem.Conflict("A merge can be undone for 30 days. This one is older.");
            case Undoing.Within:
                return Problem.Conflict("He came here with another customer, whom he had been merged into before. Undo that one’s merge first.");
            case Undoing.Done:
                await audit.Add(http.User, "customer.unmerged", id, $"customer: {other}", cancellationToken);
                break;
        }

        return await changes.Answer(workspaceId, [id, other], now, cancellationToken);
    }

    private static async Task<Undoing> Undo(
        NpgsqlDataSource database, Guid workspaceId, Guid into, Guid from, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var both = await CustomerLocks.Lock(connection, workspaceId, [into, from], cancellationToken);
        if (!both.TryGetValue(from, out var within) || !both.TryGetValue(into, out var away) || away is not null) return Undoing.NotMerged;
        var (state, merge) = await Find(connection, into, from, within, now, cancellationToken);
        if (merge is null) return state;

        await merge.Undo(connection, transaction, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Undoing.Done;
    }

    /// <summary>What is to be undone.</summary>
    /// <param name="within">Whom he is part of now.</param>
    private static async Task<(Undoing State, Merge? Merge)> Find(
        NpgsqlConnection connection, Guid into, Guid from, Guid? within, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var last = new NpgsqlCommand("select id, into_id, taken, merged_at, undone_at is not null from customer_merges where from_id = $1 order by merged_at desc", connection);
        last.Parameters.AddWithValue(from);
        await using var merges = await last.ExecuteReaderAsync(cancellationToken);
        var wasUndone = false;
        while (await merges.ReadAsync(cancellationToken))
        {
            if (merges.GetBoolean(4))
            {
                wasUndone |= merges.GetGuid(1) == into;
                continue;
            }

            if (within != into) continue;
            if (merges.GetFieldValue<DateTimeOffset>(3) is var mergedAt && mergedAt < now - Undoable) return (Undoing.TooLate, null);
            return merges.GetGuid(1) == into
                ? (Undoing.Done, new Merge(merges.GetGuid(0), into, from, merges.GetFieldValue<string[]>(2), mergedAt))
                : (Undoing.Within, null);
        }

        return (within == into ? Undoing.TooLate : wasUndone ? Undoing.DoneBefore : Undoing.NotMerged, null);
    }

    private enum Undoing
    {
        Done,
        DoneBefore,
        NotMerged,
        TooLate,

        /// <summary>It is a merge within another one, which is undone first.</summary>
        Within,
    }
}
