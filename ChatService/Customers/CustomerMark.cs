using Assistify.ServiceDefaults.Tokens;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Customers;

/// <summary>What people say of a customer once: since when it is so.</summary>
internal sealed class CustomerMark(NpgsqlDataSource database, CustomerChanges changes, TimeProvider time)
{
    /// <param name="column">Of the customer's row; a name of ours, never one that came from outside.</param>
    /// <param name="isSo">False takes it back; said again, it is so since the first time.</param>
    public async Task<IResult> Set(string column, Guid id, bool isSo, HttpContext http, CancellationToken cancellationToken)
    {
        var workspaceId = http.User.WorkspaceId();
        var now = time.GetStoredNow();
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var sql in (ReadOnlySpan<string>)
            [
                // Locked in the order in which a partition's batch locks them, and before the customer.
                "select id from conversations where workspace_id = $1 and customer_id = $2 and status <> 2 order by id for update",
                $"update customers set {column} = case when $3 then coalesce({column}, $4) end where id = $2 and workspace_id = $1 and merged_into is null",
                "update conversations set revision = revision + 1, changed_at = $4 where workspace_id = $1 and customer_id = $2 and status <> 2",
            ])
            {
                var command = new NpgsqlBatchCommand(sql);
                command.Parameters.AddWithValue(workspaceId);
                command.Parameters.AddWithValue(id);
                command.Parameters.AddWithValue(isSo);
                command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, now);
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return await changes.Answer(workspaceId, [id], now, cancellationToken);
    }
}
