using System.Text.Json;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Tools;

/// <summary>What a workspace defines for its assistant under a name of its own.</summary>
internal interface IDefinition
{
    Guid Id { get; }

    string Name { get; }

    DateTimeOffset UpdatedAt { get; }
}

/// <summary>A table of definitions, each with the header that it is called with, which is encrypted and never shown.</summary>
/// <param name="table">With the columns id, workspace_id, name, definition, credential, updated_at.</param>
/// <param name="purpose">What the credentials are encrypted for.</param>
/// <param name="most">That a workspace may have.</param>
internal abstract class DefinitionStore<T>(NpgsqlDataSource database, Secrets secrets, string table, string purpose, int most)
    where T : IDefinition
{
    public async Task<IReadOnlyList<T>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT definition::text FROM {table} WHERE workspace_id = $1 ORDER BY name");
        command.Parameters.AddWithValue(workspaceId);
        var definitions = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) definitions.Add(Read(reader.GetString(0)));
        return definitions;
    }

    public async Task<T?> Find(Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT definition::text FROM {table} WHERE id = $1 AND workspace_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        return await command.ExecuteScalarAsync(cancellationToken) is string definition ? Read(definition) : default;
    }

    /// <param name="authorization">Of the header; null keeps what is there.</param>
    /// <returns>False where another one has the name, or the workspace has the most it may have.</returns>
    public async Task<bool> Save(Guid workspaceId, T definition, string? authorization, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            INSERT INTO {table} AS t (id, workspace_id, name, definition, credential, updated_at)
            SELECT $1, $2, $3, $4, $5, $6
            WHERE NOT EXISTS (SELECT FROM {table} WHERE workspace_id = $2 AND name = $3 AND id <> $1)
                AND (EXISTS (SELECT FROM {table} WHERE id = $1) OR (SELECT count(*) FROM {table} WHERE workspace_id = $2) < $7)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, definition = excluded.definition, credential = coalesce(excluded.credential, t.credential),
                updated_at = excluded.updated_at WHERE t.workspace_id = $2
            """);
        command.Parameters.AddWithValue(definition.Id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(definition.Name);
        command.Parameters.AddWithValue(NpgsqlDbType.Json, JsonSerializer.Serialize(definition, Json.Options));
        command.Parameters.Add(new NpgsqlParameter { Value = authorization is null ? DBNull.Value : secrets.Protect(authorization, PurposeOf(definition.Id)), NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, definition.UpdatedAt);
        command.Parameters.AddWithValue(most);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        catch (PostgresException race) when (race.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    public async Task<bool> Delete(Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"DELETE FROM {table} WHERE id = $1 AND workspace_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The value of the header with which it is called.</summary>
    public async Task<string?> Authorization(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT credential FROM {table} WHERE id = $1");
        command.Parameters.AddWithValue(id);
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] credential ? secrets.UnprotectText(credential, PurposeOf(id)) : null;
    }

    private string PurposeOf(Guid id) => $"{purpose}/{id}/authorization";

    private static T Read(string definition) => JsonSerializer.Deserialize<T>(definition, Json.Options)!;
}
