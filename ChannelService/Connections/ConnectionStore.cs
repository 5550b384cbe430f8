using Assistify.ChannelService.Operations;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChannelService.Connections;

internal enum Stored
{
    Done,
    NotFound,

    /// <summary>The provider's account is connected already, in this workspace or another.</summary>
    Taken,
}

/// <summary>The table <c>connections</c>. What changes it moves <c>connections_version</c> and is an operator's action, in one transaction.</summary>
internal sealed class ConnectionStore(NpgsqlDataSource database)
{
    private const string Columns =
        "id, workspace_id, provider, account, name, settings::text, secrets, secret_names, observe_until, revision, created_at, updated_at";

    private const string Move = "UPDATE connections_version SET version = version + 1";
    private const string Now = "(SELECT version FROM connections_version)";

    public async Task<long> Version(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT version FROM connections_version");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<IReadOnlyList<StoredConnection>> All(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT {Columns} FROM connections ORDER BY created_at, id");
        return await Read(command, cancellationToken);
    }

    public async Task<IReadOnlyList<StoredConnection>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT {Columns} FROM connections WHERE workspace_id = $1 ORDER BY created_at, id");
        command.Parameters.Add(Sql.Value(workspaceId));
        return await Read(command, cancellationToken);
    }

    public async Task<StoredConnection?> Find(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT {Columns} FROM connections WHERE workspace_id = $1 AND id = $2");
        command.Parameters.Add(Sql.Value(workspaceId));
        command.Parameters.Add(Sql.Value(id));
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    public Task<Stored> Add(StoredConnection added, OperatorAction action, CancellationToken cancellationToken) =>
        Write(
            Row(
                $"""
                INSERT INTO connections (id, workspace_id, provider, account, name, settings, secrets, secret_names, observe_until, revision, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, {Now}, $10, $10)
                """, added),
            added.Id, action, cancellationToken);

    /// <returns><see cref="Stored.NotFound"/> also where somebody else changed it since it was read.</returns>
    public Task<Stored> Change(StoredConnection changed, OperatorAction action, CancellationToken cancellationToken)
    {
        var update = Row(
            $"""
            UPDATE connections SET provider = $3, account = $4, name = $5, settings = $6, secrets = $7, secret_names = $8, observe_until = $9, revision = {Now}, updated_at = $10,
                renewed_at = NULL, credentials_end_at = NULL
            WHERE id = $1 AND workspace_id = $2 AND revision = $11
            """, changed);
        update.Parameters.Add(Sql.Value(changed.Revision));
        return Write(update, changed.Id, action, cancellationToken);
    }

    /// <summary>When credentials were fetched for those that were given, and when these end; null where nobody knows.</summary>
    public async Task<(DateTimeOffset? RenewedAt, DateTimeOffset? EndsAt)> Renewal(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT renewed_at, credentials_end_at FROM connections WHERE id = $1");
        command.Parameters.Add(Sql.Value(id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (Time(0), Time(1)) : (null, null);

        DateTimeOffset? Time(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }

    /// <summary>Puts renewed credentials in the place of those that end; nobody did that, so it is no operator's action.</summary>
    /// <returns><see cref="Stored.NotFound"/> also where somebody changed it since it was read.</returns>
    public Task<Stored> Renew(StoredConnection changed, DateTimeOffset? endsAt, CancellationToken cancellationToken) =>
        Write(
            new NpgsqlBatchCommand(
                $"""
                UPDATE connections SET secrets = $3, renewed_at = $4, credentials_end_at = $5, revision = {Now}, updated_at = $4
                WHERE id = $1 AND workspace_id = $2 AND revision = $6
                """)
            {
                Parameters =
                {
                    Sql.Value(changed.Id), Sql.Value(changed.WorkspaceId), Sql.Value(changed.Secrets), Sql.Time(changed.UpdatedAt), Sql.Time(endsAt), Sql.Value(changed.Revision),
                },
            },
            changed.Id, action: null, cancellationToken);

    /// <summary>What it still had to send can be sent by nobody: that fails, visibly.</summary>
    public Task<Stored> Delete(Guid workspaceId, Guid id, OperatorAction action, CancellationToken cancellationToken) =>
        Write(
            new NpgsqlBatchCommand(
                """
                WITH gone AS (DELETE FROM connections WHERE id = $1 AND workspace_id = $2 RETURNING id),
                unsent AS (
                    UPDATE deliveries SET status = 6, error_code = 'no_connection', error = 'The connection was removed.', unpublished = true, updated_at = $3
                    WHERE connection_id IN (SELECT id FROM gone) AND status = 0)
                SELECT id FROM gone
                """)
            {
                Parameters = { Sql.Value(id), Sql.Value(workspaceId), Sql.Time(action.At) },
            },
            id, action, cancellationToken);

    /// <summary>What was wrong with the connection before may be right now.</summary>
    private async Task<Stored> Write(NpgsqlBatchCommand write, Guid id, OperatorAction? action, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Move));
        batch.BatchCommands.Add(write);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("DELETE FROM connection_alarms WHERE connection_id = $1") { Parameters = { Sql.Value(id) } });
        if (action is not null) batch.BatchCommands.Add(action.Insert());
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Stored.Taken;
        }

        if (write.Rows == 0) return Stored.NotFound;
        await transaction.CommitAsync(cancellationToken);
        return Stored.Done;
    }

    private static NpgsqlBatchCommand Row(string sql, StoredConnection connection) => new(sql)
    {
        Parameters =
        {
            Sql.Value(connection.Id),
            Sql.Value(connection.WorkspaceId),
            Sql.Value(connection.Provider),
            Sql.Value(connection.Account),
            Sql.Text(connection.Name),
            new() { Value = connection.Settings, NpgsqlDbType = NpgsqlDbType.Jsonb },
            Sql.Value(connection.Secrets),
            Sql.Value(connection.SecretNames.ToArray()),
            Sql.Time(connection.ObserveUntil),
            Sql.Time(connection.UpdatedAt),
        },
    };

    private static async Task<IReadOnlyList<StoredConnection>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var found = new List<StoredConnection>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new StoredConnection(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetString(5), reader.GetFieldValue<byte[]>(6), reader.GetFieldValue<string[]>(7),
                reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8), reader.GetInt64(9), reader.GetFieldValue<DateTimeOffset>(10),
                reader.GetFieldValue<DateTimeOffset>(11)));
        }
        return found;
    }
}
