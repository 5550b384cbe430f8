using System.Text.Json;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Inspiration;

/// <param name="AskerId">The customer or operator who asked.</param>
/// <param name="ConversationId">A web customer's.</param>
/// <param name="Context">JSON.</param>
internal sealed record InspirationJob(
    Guid Id, Guid WorkspaceId, Guid AskerId, Guid? ConversationId, string Status, string Context, Ideas? Ideas, long KnowledgeVersion = 0);

/// <summary>Jobs in the database. A claim is a lease: a job whose replica dies is taken by another one after it.</summary>
internal sealed class InspirationStore(NpgsqlDataSource database, TimeProvider time)
{
    public const int MostAttempts = 3;
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);

    public async Task Add(InspirationJob job, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO inspirations (id, workspace_id, asker_id, conversation_id, status, context, created_at) VALUES ($1, $2, $3, $4, 'queued', $5, $6)");
        command.Parameters.AddWithValue(job.Id);
        command.Parameters.AddWithValue(job.WorkspaceId);
        command.Parameters.AddWithValue(job.AskerId);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)job.ConversationId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(job.Context);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The oldest job that nobody works on; null when there is none.</summary>
    public async Task<InspirationJob?> Claim(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE inspirations i SET status = 'running', attempts = attempts + 1, lease_until = $1
            WHERE id = (
                SELECT id FROM inspirations WHERE status = 'queued' OR status = 'running' AND lease_until < $2
                ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, workspace_id, asker_id, conversation_id, CASE WHEN attempts > $3 THEN 'failed' ELSE status END, context, NULL,
                coalesce((SELECT version FROM knowledge_versions k WHERE k.workspace_id = i.workspace_id), 0)
            """);
        command.Parameters.AddWithValue(time.GetUtcNow() + s_lease);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(MostAttempts);
        return await Read(command, cancellationToken);
    }

    /// <param name="ideas">Null where it failed for good.</param>
    public async Task Finish(Guid id, Ideas? ideas, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "UPDATE inspirations SET status = $2, ideas = $3, language = $4, lease_until = NULL WHERE id = $1");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(ideas is null ? "failed" : "succeeded");
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = ideas is null ? DBNull.Value : JsonSerializer.Serialize(ideas.Items, Json.Options), NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)ideas?.Language ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A job of this workspace; a customer finds only his own.</summary>
    public async Task<InspirationJob?> Find(Guid id, Guid workspaceId, Guid? onlyOf, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT id, workspace_id, asker_id, conversation_id, status, context, jsonb_build_object('language', language, 'items', ideas)::text, 0::bigint
            FROM inspirations WHERE id = $1 AND workspace_id = $2 AND ($3 IS NULL OR asker_id = $3)
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)onlyOf ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await Read(command, cancellationToken);
    }

    private static async Task<InspirationJob?> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var status = reader.GetString(4);
        return new InspirationJob(
            reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.IsDBNull(3) ? null : reader.GetGuid(3), status, reader.GetString(5),
            status == "succeeded" ? JsonSerializer.Deserialize<Ideas>(reader.GetString(6), Json.Options) : null, reader.GetInt64(7));
    }
}
