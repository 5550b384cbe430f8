using System.Text.Json;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Learning;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.IntentModels;

/// <param name="Status"><c>queued</c>, <c>training</c>, <c>ready</c> or <c>failed</c>.</param>
/// <param name="Examples">Of the workspace's own; the starter set is learned by every model.</param>
/// <param name="Scores">On examples that were held back.</param>
/// <param name="ComparedWith">The version that was in use when it was trained.</param>
/// <param name="ComparedScores">That one's, on the same examples.</param>
public sealed record IntentModelView(
    int Version, string Status, bool Active, int Examples, IntentScores? Scores, int? ComparedWith, IntentScores? ComparedScores, DateTimeOffset CreatedAt, DateTimeOffset? TrainedAt);

/// <param name="OfActive">The workspace's own examples that the model in use was trained on.</param>
internal sealed record TrainingJob(
    Guid WorkspaceId, int Version, int ActiveVersion, IReadOnlyList<(Guid Id, string Intent, string Text)> Examples, IReadOnlyList<(string Intent, string Text)> OfActive);

/// <summary>The models of workspaces in the database: versions, jobs with a lease, and which one is in use.</summary>
internal sealed class ModelStore(NpgsqlDataSource database, TimeProvider time)
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    /// <summary>The version that will be trained: the one that waits already, else a new one.</summary>
    public async Task<int> Request(Guid workspaceId, Guid by, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            WITH added AS (
                INSERT INTO intent_models (workspace_id, version, status, requested_by, created_at)
                SELECT $1, coalesce(max(version), 0) + 1, 'queued', $2, $3 FROM intent_models WHERE workspace_id = $1
                ON CONFLICT DO NOTHING RETURNING version)
            SELECT version FROM added
            UNION ALL SELECT version FROM intent_models WHERE workspace_id = $1 AND status IN ('queued', 'training') LIMIT 1
            """, workspaceId, by, time.GetUtcNow());
        // Another request in the same moment is seen only once it is committed: then it is the one that waits.
        return await command.ExecuteScalarAsync(cancellationToken) as int? ?? await Request(workspaceId, by, cancellationToken);
    }

    /// <summary>The oldest job that nobody works on, with what it learns from; null when there is none.</summary>
    public async Task<TrainingJob?> Claim(CancellationToken cancellationToken)
    {
        await using var claim = Command("""
            UPDATE intent_models m SET status = CASE WHEN attempts >= $3 THEN 'failed' ELSE 'training' END, attempts = attempts + 1, lease_until = $1
            WHERE (workspace_id, version) = (
                SELECT workspace_id, version FROM intent_models WHERE status = 'queued' OR status = 'training' AND lease_until < $2
                ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id, version, status, coalesce((SELECT a.version FROM active_intent_models a WHERE a.workspace_id = m.workspace_id), 0)
            """, time.GetUtcNow() + s_lease, time.GetUtcNow(), MostAttempts);
        Guid workspaceId;
        int version, active;
        await using (var reader = await claim.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken) || reader.GetString(2) == "failed") return null;
            (workspaceId, version, active) = (reader.GetGuid(0), reader.GetInt32(1), reader.GetInt32(3));
        }

        await using var examples = Command("""
            SELECT e.id, e.intent, e.text, e.status, e.id = ANY (SELECT unnest(m.example_ids) FROM intent_models m WHERE m.workspace_id = $1 AND m.version = $2)
            FROM intent_examples e WHERE e.workspace_id = $1 AND e.status <> 'proposed' ORDER BY e.created_at, e.id
            """, workspaceId, active);
        var own = new List<(Guid, string, string)>();
        var ofActive = new List<(string, string)>();
        await using var rows = await examples.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.GetString(3) == ExampleStore.Approved) own.Add((rows.GetGuid(0), rows.GetString(1), rows.GetString(2)));
            if (rows.GetBoolean(4)) ofActive.Add((rows.GetString(1), rows.GetString(2)));
        }
        return new TrainingJob(workspaceId, version, active, own, ofActive);
    }

    public async Task Finish(TrainingJob job, TrainedIntents trained, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        trained.Model.Model.Write(bytes);
        await using var command = Command("""
            UPDATE intent_models SET status = 'ready', example_ids = $3, model = $4, temperature = $5, threshold = $6, scores = $7, compared_with = $8, compared_scores = $9,
                trained_at = $10, lease_until = NULL
            WHERE workspace_id = $1 AND version = $2 AND status = 'training'
            """,
            job.WorkspaceId, job.Version, job.Examples.Select(example => example.Id).ToArray(), bytes.ToArray(), trained.Model.Temperature, trained.Model.Threshold,
            Jsonb(trained.Scores), job.ActiveVersion, Jsonb(trained.Compared), time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<IntentModelView>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            SELECT m.version, m.status, coalesce(a.version = m.version, false), cardinality(m.example_ids), m.scores::text, m.compared_with, m.compared_scores::text, m.created_at, m.trained_at
            FROM intent_models m LEFT JOIN active_intent_models a USING (workspace_id)
            WHERE m.workspace_id = $1 ORDER BY m.version DESC LIMIT 100
            """, workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var models = new List<IntentModelView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            models.Add(new IntentModelView(
                reader.GetInt32(0), reader.GetString(1), reader.GetBoolean(2), reader.GetInt32(3), Scores(4), reader.IsDBNull(5) ? null : reader.GetInt32(5), Scores(6),
                reader.GetFieldValue<DateTimeOffset>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8)));
        }
        return models;

        IntentScores? Scores(int column) => reader.IsDBNull(column) ? null : JsonSerializer.Deserialize<IntentScores>(reader.GetString(column), Json.Options);
    }

    /// <param name="version">0 is the starter set's.</param>
    /// <returns>False where there is no such version that is ready.</returns>
    public async Task<bool> Activate(Guid workspaceId, int version, Guid by, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            INSERT INTO active_intent_models AS a (workspace_id, version, previous_version, activated_by, activated_at)
            SELECT $1, $2, 0, $3, $4
            WHERE $2 = 0 OR EXISTS (SELECT FROM intent_models WHERE workspace_id = $1 AND version = $2 AND status = 'ready')
            ON CONFLICT (workspace_id) DO UPDATE
                SET previous_version = CASE WHEN a.version = excluded.version THEN a.previous_version ELSE a.version END,
                    version = excluded.version, activated_by = excluded.activated_by, activated_at = excluded.activated_at
            """, workspaceId, version, by, time.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>The version that was in use before is in use again.</summary>
    /// <returns>False where there was none.</returns>
    public async Task<bool> RollBack(Guid workspaceId, Guid by, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            UPDATE active_intent_models SET version = previous_version, previous_version = version, activated_by = $2, activated_at = $3
            WHERE workspace_id = $1 AND version <> previous_version
            """, workspaceId, by, time.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Which version each workspace uses that does not use the starter set's.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> Active(CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT workspace_id, version FROM active_intent_models WHERE version > 0");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var active = new Dictionary<Guid, int>();
        while (await reader.ReadAsync(cancellationToken)) active.Add(reader.GetGuid(0), reader.GetInt32(1));
        return active;
    }

    public async Task<IntentModel?> Load(Guid workspaceId, int version, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "SELECT model, temperature, threshold FROM intent_models WHERE workspace_id = $1 AND version = $2 AND status = 'ready'", workspaceId, version);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        using var bytes = new MemoryStream(reader.GetFieldValue<byte[]>(0));
        return new IntentModel(TextModel.Read(bytes), Understanding.Intents.Other) { Temperature = reader.GetDouble(1), Threshold = reader.GetDouble(2) };
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    private static NpgsqlParameter Jsonb(IntentScores scores) => new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(scores, Json.Options) };
}
