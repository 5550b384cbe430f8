using System.Text.Json;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Tools.Http;

/// <summary>The table <c>http_tools</c>.</summary>
internal sealed class HttpToolStore(NpgsqlDataSource database, Secrets secrets)
{
    public const int Most = 30;

    public async Task<IReadOnlyList<HttpTool>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT definition::text FROM http_tools WHERE workspace_id = $1 ORDER BY name");
        command.Parameters.AddWithValue(workspaceId);
        var tools = new List<HttpTool>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) tools.Add(Read(reader.GetString(0)));
        return tools;
    }

    public async Task<HttpTool?> Find(Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT definition::text FROM http_tools WHERE id = $1 AND workspace_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        return await command.ExecuteScalarAsync(cancellationToken) is string definition ? Read(definition) : null;
    }

    /// <param name="authorization">Of the header; null keeps what is there.</param>
    /// <returns>False where another tool has the name, or the workspace has the most it may have.</returns>
    public async Task<bool> Save(Guid workspaceId, HttpTool tool, string? authorization, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO http_tools AS t (id, workspace_id, name, definition, credential, updated_at)
            SELECT $1, $2, $3, $4, $5, $6
            WHERE NOT EXISTS (SELECT FROM http_tools WHERE workspace_id = $2 AND name = $3 AND id <> $1)
                AND (EXISTS (SELECT FROM http_tools WHERE id = $1) OR (SELECT count(*) FROM http_tools WHERE workspace_id = $2) < $7)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, definition = excluded.definition, credential = coalesce(excluded.credential, t.credential),
                updated_at = excluded.updated_at WHERE t.workspace_id = $2
            """);
        command.Parameters.AddWithValue(tool.Id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(tool.Name);
        command.Parameters.AddWithValue(NpgsqlDbType.Json, JsonSerializer.Serialize(tool, Json.Options));
        command.Parameters.Add(new NpgsqlParameter { Value = authorization is null ? DBNull.Value : secrets.Protect(authorization, Purpose(tool.Id)), NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, tool.UpdatedAt);
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
        await using var command = database.CreateCommand("DELETE FROM http_tools WHERE id = $1 AND workspace_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The value of the header with which the tool is called.</summary>
    public async Task<string?> Authorization(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT credential FROM http_tools WHERE id = $1");
        command.Parameters.AddWithValue(id);
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] credential ? secrets.UnprotectText(credential, Purpose(id)) : null;
    }

    private static string Purpose(Guid id) => $"http-tool/{id}/authorization";

    private static HttpTool Read(string definition) => JsonSerializer.Deserialize<HttpTool>(definition, Json.Options)!;
}
