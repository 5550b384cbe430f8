using Npgsql;

namespace Assistify.ChatService.Customers;

/// <summary>
/// Locks customers with their conversations in the order in which a partition's batch takes them: conversations by their ids, then customers. The other
/// way round, a batch that learns something of one of them and whoever changes him would wait for each other.
/// </summary>
internal static class CustomerLocks
{
    /// <returns>Those whom the workspace has, each with the one whom he is part of.</returns>
    public static async Task<Dictionary<Guid, Guid?>> Lock(
        NpgsqlConnection connection, Guid workspaceId, Guid[] customers, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (ReadOnlySpan<string>)
        [
            "select id from conversations where workspace_id = $1 and customer_id = any($2) order by id for update",
            "select id, merged_into from customers where workspace_id = $1 and id = any($2) order by id for update",
        ])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddWithValue(workspaceId);
            command.Parameters.AddWithValue(customers);
            batch.BatchCommands.Add(command);
        }

        var found = new Dictionary<Guid, Guid?>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found[reader.GetGuid(0)] = reader.IsDBNull(1) ? null : reader.GetGuid(1);
        return found;
    }
}
