using System.Text.Json;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Assistants;

public sealed record AssistantVersion(int Version, bool Active, AssistantSettings Settings, string? Note, Guid? CreatedBy, DateTimeOffset? CreatedAt);

/// <summary>The versions of workspaces' settings in the database, and which one is in use. A version never changes.</summary>
internal sealed class AssistantStore(NpgsqlDataSource database, TimeProvider time)
{
    private const int MostListed = 200;

    public async Task<int> Add(Guid workspaceId, AssistantSettings settings, string? note, Guid by, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var command = Command("""
                INSERT INTO assistant_versions (workspace_id, version, settings, note, created_by, created_at)
                SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM assistant_versions WHERE workspace_id = $1
                ON CONFLICT DO NOTHING RETURNING version
                """,
                workspaceId, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(settings, Json.Options) },
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)note ?? DBNull.Value }, by, time.GetUtcNow());
            // Somebody else took the number in this very moment: the next one is free.
            if (await command.ExecuteScalarAsync(cancellationToken) is int version) return version;
        }
    }

    /// <summary>The latest first; the built-in one is not among them.</summary>
    public async Task<IReadOnlyList<AssistantVersion>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            SELECT v.version, coalesce(a.version = v.version, false), v.settings::text, v.note, v.created_by, v.created_at
            FROM assistant_versions v LEFT JOIN active_assistants a USING (workspace_id)
            WHERE v.workspace_id = $1 ORDER BY v.version DESC LIMIT $2
            """, workspaceId, MostListed);
        return await Read(command, cancellationToken);
    }

    /// <param name="version">0 is the built-in one.</param>
    /// <returns>Null where there is none.</returns>
    public async Task<AssistantVersion?> Find(Guid workspaceId, int version, CancellationToken cancellationToken)
    {
        if (version == 0) return new AssistantVersion(0, await ActiveVersion(workspaceId, cancellationToken) == 0, AssistantSettings.BuiltIn, null, null, null);
        await using var command = Command("""
            SELECT v.version, coalesce(a.version = v.version, false), v.settings::text, v.note, v.created_by, v.created_at
            FROM assistant_versions v LEFT JOIN active_assistants a USING (workspace_id)
            WHERE v.workspace_id = $1 AND v.version = $2
            """, workspaceId, version);
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    public async Task<int> ActiveVersion(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT version FROM active_assistants WHERE workspace_id = $1", workspaceId);
        return await command.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
    }

    /// <summary>Uses a version from now on; a canary beside the one before ends with it.</summary>
    /// <returns>False where there is no such version.</returns>
    public async Task<bool> Activate(Guid workspaceId, int version, Guid by, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            WITH activated AS (
                INSERT INTO active_assistants AS a (workspace_id, version, previous_version, activated_by, activated_at)
                SELECT $1, $2, 0, $3, $4
                WHERE $2 = 0 OR EXISTS (SELECT FROM assistant_versions WHERE workspace_id = $1 AND version = $2)
                ON CONFLICT (workspace_id) DO UPDATE
                    SET previous_version = CASE WHEN a.version = excluded.version THEN a.previous_version ELSE a.version END,
                        version = excluded.version, activated_by = excluded.activated_by, activated_at = excluded.activated_at
                RETURNING workspace_id
            ), ended AS (
                UPDATE assistant_canaries c SET status = 'ended', reason = 'another version was activated', ended_at = $4
                FROM activated WHERE c.workspace_id = activated.workspace_id AND c.status = 'running'
            )
            SELECT count(*) FROM activated
            """, workspaceId, version, by, time.GetUtcNow());
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
    }

    /// <summary>The version that was in use before is in use again.</summary>
    /// <returns>Its number; null where there was none.</returns>
    public async Task<int?> RollBack(Guid workspaceId, Guid by, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            WITH back AS (
                UPDATE active_assistants SET version = previous_version, previous_version = version, activated_by = $2, activated_at = $3
                WHERE workspace_id = $1 AND version <> previous_version RETURNING workspace_id, version
            ), ended AS (
                UPDATE assistant_canaries c SET status = 'ended', reason = 'rolled back', ended_at = $3
                FROM back WHERE c.workspace_id = back.workspace_id AND c.status = 'running'
            )
            SELECT version FROM back
            """, workspaceId, by, time.GetUtcNow());
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    /// <summary>What every workspace uses that does not simply use the built-in settings.</summary>
    public async Task<IReadOnlyDictionary<Guid, WorkspaceAssistant>> InUse(CancellationToken cancellationToken)
    {
        await using var command = Command("""
            SELECT w.workspace_id, coalesce(a.version, 0), v.settings::text, c.id, c.percent, c.version, cv.settings::text
            FROM (SELECT workspace_id FROM active_assistants WHERE version > 0 UNION SELECT workspace_id FROM assistant_canaries WHERE status = 'running') w
            LEFT JOIN active_assistants a USING (workspace_id)
            LEFT JOIN assistant_versions v ON v.workspace_id = w.workspace_id AND v.version = a.version
            LEFT JOIN assistant_canaries c ON c.workspace_id = w.workspace_id AND c.status = 'running'
            LEFT JOIN assistant_versions cv ON cv.workspace_id = w.workspace_id AND cv.version = c.version
            """);
        var used = new Dictionary<Guid, WorkspaceAssistant>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var active = new UsedAssistant(reader.GetInt32(1), Settings(reader, 2));
            var canary = reader.IsDBNull(3) ? null : new RunningCanary(
                reader.GetGuid(3), new UsedAssistant(reader.GetInt32(5), Settings(reader, 6), new CanarySide(reader.GetGuid(3), CanarySide.Canary)), reader.GetInt32(4));
            used.Add(reader.GetGuid(0), new WorkspaceAssistant(active, canary));
        }
        return used;
    }

    private static async Task<IReadOnlyList<AssistantVersion>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var versions = new List<AssistantVersion>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(new AssistantVersion(
                reader.GetInt32(0), reader.GetBoolean(1), Settings(reader, 2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetGuid(4),
                reader.GetFieldValue<DateTimeOffset>(5)));
        }
        return versions;
    }

    private static AssistantSettings Settings(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? AssistantSettings.BuiltIn : JsonSerializer.Deserialize<AssistantSettings>(reader.GetString(column), Json.Options)!;

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }
}
