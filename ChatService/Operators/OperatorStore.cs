using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Operators;

internal enum Change
{
    Done,
    NotFound,

    /// <summary>It would have left the workspace without an owner who can sign in.</summary>
    LastOwner,
}

/// <summary>The table <c>users</c>. E-mails are kept in lower case.</summary>
internal sealed class OperatorStore(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns = "id, workspace_id, email, name, role, password_hash, disabled_at, created_at";

    public static string Normalize(string email) => email.Trim().ToLowerInvariant();

    public async Task<Operator?> FindByEmail(string email, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from users where lower(email) = $1");
        command.Parameters.AddWithValue(Normalize(email));
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    public async Task<Operator?> Find(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from users where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<Operator>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from users where workspace_id = $1 order by created_at, id limit 1000");
        command.Parameters.AddWithValue(workspaceId);
        return await Read(command, cancellationToken);
    }

    /// <returns>False where the e-mail is taken.</returns>
    public async Task<bool> Add(Operator added, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into users (id, workspace_id, email, name, role, password_hash, created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (lower(email)) do nothing
            """);
        command.Parameters.AddWithValue(added.Id);
        command.Parameters.AddWithValue(added.WorkspaceId);
        command.Parameters.AddWithValue(added.Email);
        command.Parameters.AddWithValue(added.Name);
        command.Parameters.AddWithValue(added.Role);
        command.Parameters.AddWithValue(added.PasswordHash);
        command.Parameters.AddWithValue(added.CreatedAt);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Changes what is not null. Logins end where the person must not go on as before.</summary>
    public async Task<Change> Update(
        Guid workspaceId, Guid id, string? name, string? role, string? passwordHash, bool? disabled, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if ((role is not null && role != Roles.Owner) || disabled == true)
        {
            if (await IsLastOwner(connection, workspaceId, id, cancellationToken)) return Change.LastOwner;
        }

        await using var update = new NpgsqlCommand(
            """
            update users set name = coalesce($3, name), role = coalesce($4, role), password_hash = coalesce($5, password_hash),
                disabled_at = case when $6 is null then disabled_at when $6 then coalesce(disabled_at, $7) end, updated_at = $7
            where workspace_id = $1 and id = $2
            """,
            connection);
        update.Parameters.AddWithValue(workspaceId);
        update.Parameters.AddWithValue(id);
        Optional(update, name);
        Optional(update, role);
        Optional(update, passwordHash);
        update.Parameters.Add(new NpgsqlParameter { Value = (object?)disabled ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean });
        update.Parameters.AddWithValue(time.GetUtcNow());
        if (await update.ExecuteNonQueryAsync(cancellationToken) == 0) return Change.NotFound;

        if (role is not null || passwordHash is not null || disabled == true)
        {
            await using var end = new NpgsqlCommand(
                "update logins set ended_at = $2, end_reason = 'changed' where user_id = $1 and ended_at is null", connection);
            end.Parameters.AddWithValue(id);
            end.Parameters.AddWithValue(time.GetUtcNow());
            await end.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return Change.Done;
    }

    /// <summary>His logins and API keys go with him.</summary>
    public async Task<Change> Delete(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await IsLastOwner(connection, workspaceId, id, cancellationToken)) return Change.LastOwner;
        await using var delete = new NpgsqlCommand("delete from users where workspace_id = $1 and id = $2", connection);
        delete.Parameters.AddWithValue(workspaceId);
        delete.Parameters.AddWithValue(id);
        if (await delete.ExecuteNonQueryAsync(cancellationToken) == 0) return Change.NotFound;
        await transaction.CommitAsync(cancellationToken);
        return Change.Done;
    }

    // The owners' rows are locked, so that two owners cannot remove each other at the same moment.
    private static async Task<bool> IsLastOwner(NpgsqlConnection connection, Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select id from users where workspace_id = $1 and role = 'owner' and disabled_at is null order by id for update", connection);
        command.Parameters.AddWithValue(workspaceId);
        var owners = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) owners.Add(reader.GetGuid(0));
        return owners.Count == 1 && owners[0] == id;
    }

    private static void Optional(NpgsqlCommand command, string? value) =>
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });

    private static async Task<List<Operator>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var found = new List<Operator>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new Operator(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return found;
    }
}
