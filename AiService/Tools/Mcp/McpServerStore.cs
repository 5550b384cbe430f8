using System.Text.Json;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Tools.Mcp;

/// <summary>The table <c>mcp_servers</c>.</summary>
internal sealed class McpServerStore(NpgsqlDataSource database, Secrets secrets)
{
    public const int Most = 5;

    public async Task<IReadOnlyList<McpServer>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT definition::text FROM mcp_servers WHERE workspace_id = $1 ORDER BY name");
        command.Parameters.AddWithValue(workspaceId);
        var servers = new List<McpServer>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) servers.Add(Read(reader.GetString(0)));
        return servers;
    }

    public async Task<McpServer?> Find(Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT definition::text FROM mcp_servers WHERE id = $1 AND workspace_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        return await command.ExecuteScalarAsync(cancellationToken) is string definition ? Read(definition) : null;
    }

    /// <param name="authorization">Of the header; null keeps what is there.</param>
    /// <returns>False where another server has the name, or the workspace has the most it may have.</returns>
    public async Task<bool> Save(Guid workspaceId, McpServer server, string? authorization, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO mcp_servers AS s (id, workspace_id, name, definition, credential, updated_at)
            SELECT $1, $2, $3, $4, $5, $6
            WHERE NOT EXISTS (SELECT FROM mcp_servers WHERE workspace_id = $2 AND name = $3 AND id <> $1)
                AND (EXISTS (SELECT FROM mcp_servers WHERE id = $1) OR (SELECT count(*) FROM mcp_servers WHERE workspace_id = $2) < $7)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, definition = excluded.definition, credential = coalesce(excluded.credential, s.credential),
                updated_at = excluded.updated_at WHERE s.workspace_id = $2
            """);
        command.Parameters.AddWithValue(server.Id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(server.Name);
        command.Parameters.AddWithValue(NpgsqlDbType.Json, JsonSerializer.Serialize(server, Json.Options));
        command.Parameters.Add(new NpgsqlParameter { Value = authorization is null ? DBNull.Value : secrets.Protect(authorization, Purpose(server.Id)), NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, server.UpdatedAt);
        command.Parameters.AddWithValue(Most);
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
        await using var command = database.CreateCommand("DELETE FROM mcp_servers WHERE id = $1 AND workspace_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The value of the header with which the server is called.</summary>
    public async Task<string?> Authorization(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT credential FROM mcp_servers WHERE id = $1");
        command.Parameters.AddWithValue(id);
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] credential ? secrets.UnprotectText(credential, Purpose(id)) : null;
    }

    private static string Purpose(Guid id) => $"mcp-server/{id}/authorization";

    private static McpServer Read(string definition) => JsonSerializer.Deserialize<McpServer>(definition, Json.Options)!;
}
