using Npgsql;

namespace Assistify.AiService.Assistants;

/// <param name="Status"><c>running</c>, <c>stopped</c> (by its figures) or <c>ended</c> (by somebody).</param>
/// <param name="Looks">How often its figures were tested.</param>
public sealed record Canary(
    Guid Id, int Version, int ActiveVersion, int Percent, string Status, string? Reason, int Looks, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>What happened in the conversations of one side; each counts once in each figure.</summary>
/// <param name="Refused">In which a check refused a draft.</param>
/// <param name="FellBack">In which a model failed or was refused, so that the next one or the offline writer answered.</param>
/// <param name="HandedOver">That went to people.</param>
/// <param name="Unhappy">In which the customer wrote something negative after an answer.</param>
/// <param name="Rated">That their customers gave a score to.</param>
/// <param name="RatedPoorly">Those of them with a score of 1 or 2.</param>
public sealed record CanaryFigures(int Conversations, int Refused, int FellBack, int HandedOver, int Unhappy, int Rated = 0, int RatedPoorly = 0)
{
    public static readonly CanaryFigures None = new(0, 0, 0, 0, 0);
}

/// <summary>Canaries in the database. Their figures are counted from the traces of the answers, so they are told by nobody and can be counted again.</summary>
internal sealed class CanaryStore(NpgsqlDataSource database, TimeProvider time)
{
    public const string Running = "running";
    public const string Stopped = "stopped";
    public const string Ended = "ended";

    private const string Columns = "id, version, active_version, percent, status, reason, looks, started_at, ended_at";

    /// <returns>Null where one is running already, there is no such version, or it is the one in use.</returns>
    public async Task<Canary?> Start(Guid workspaceId, int version, int percent, Guid by, CancellationToken cancellationToken)
    {
        await using var command = Command($"""
            INSERT INTO assistant_canaries (id, workspace_id, version, active_version, percent, status, started_by, started_at)
            SELECT $1, $2, $3, u.version, $4, 'running', $5, $6
            FROM (SELECT coalesce((SELECT version FROM active_assistants WHERE workspace_id = $2), 0) AS version) u
            WHERE u.version <> $3 AND ($3 = 0 OR EXISTS (SELECT FROM assistant_versions WHERE workspace_id = $2 AND version = $3))
            ON CONFLICT (workspace_id) WHERE status = 'running' DO NOTHING
            RETURNING {Columns}
            """, Guid.CreateVersion7(time.GetUtcNow()), workspaceId, version, percent, by, time.GetUtcNow());
        return await ReadOne(command, cancellationToken);
    }

    /// <summary>The running one, else the last.</summary>
    public async Task<Canary?> Latest(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"SELECT {Columns} FROM assistant_canaries WHERE workspace_id = $1 ORDER BY status = 'running' DESC, started_at DESC LIMIT 1", workspaceId);
        return await ReadOne(command, cancellationToken);
    }

    /// <param name="status"><see cref="Stopped"/> or <see cref="Ended"/>.</param>
    /// <returns>Null where none is running.</returns>
    public async Task<Canary?> Stop(Guid workspaceId, string status, string reason, CancellationToken cancellationToken)
    {
        await using var command = Command($"""
            UPDATE assistant_canaries SET status = $2, reason = $3, ended_at = $4 WHERE workspace_id = $1 AND status = 'running' RETURNING {Columns}
            """, workspaceId, status, reason, time.GetUtcNow());
        return await ReadOne(command, cancellationToken);
    }

    /// <summary>Marks the next look as taken.</summary>
    /// <returns>False where another replica took it.</returns>
    public async Task<bool> TakeLook(Guid id, int looks, CancellationToken cancellationToken)
    {
        await using var command = Command("UPDATE assistant_canaries SET looks = looks + 1 WHERE id = $1 AND looks = $2 AND status = 'running'", id, looks);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>How many conversations each side has had: cheap enough to ask often.</summary>
    public async Task<(int Canary, int Active)> Count(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            SELECT trace -> 'canary' ->> 'arm', count(DISTINCT conversation_id)::integer FROM traces
            WHERE trace ? 'canary' AND trace -> 'canary' ->> 'id' = $1 GROUP BY 1
            """, id.ToString());
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) counts[reader.GetString(0)] = reader.GetInt32(1);
        return (counts.GetValueOrDefault(CanarySide.Canary), counts.GetValueOrDefault(CanarySide.Active));
    }

    public async Task<(CanaryFigures Canary, CanaryFigures Active)> Figures(Guid id, CancellationToken cancellationToken)
    {
        // What the customer feels in his first message is not what he was answered.
        await using var command = Command("""
            WITH answers AS (
                SELECT conversation_id, workspace_id, trace -> 'canary' ->> 'arm' AS arm,
                    trace @? '$.checks[*] ? (@.passed == false)' AS refused,
                    trace @? '$.writers[*] ? (@.outcome == "failed" || @.outcome == "refused")' AS fell_back,
                    coalesce((trace ->> 'handOver')::boolean, false) AS handed_over,
                    row_number() OVER (PARTITION BY conversation_id ORDER BY version) > 1 AND trace @? '$.understanding[*] ? (@.sentiment == "negative")' AS unhappy
                FROM traces WHERE trace ? 'canary' AND trace -> 'canary' ->> 'id' = $1
            ), conversations AS (
                SELECT conversation_id, workspace_id, arm, bool_or(refused) AS refused, bool_or(fell_back) AS fell_back, bool_or(handed_over) AS handed_over, bool_or(unhappy) AS unhappy
                FROM answers GROUP BY conversation_id, workspace_id, arm
            )
            SELECT arm, count(*)::integer, (count(*) FILTER (WHERE refused))::integer, (count(*) FILTER (WHERE fell_back))::integer,
                (count(*) FILTER (WHERE handed_over))::integer, (count(*) FILTER (WHERE unhappy))::integer,
                count(r.score)::integer, (count(*) FILTER (WHERE r.score <= 2))::integer
            FROM conversations LEFT JOIN conversation_ratings r USING (conversation_id, workspace_id) GROUP BY arm
            """, id.ToString());
        var figures = new Dictionary<string, CanaryFigures>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            figures[reader.GetString(0)] = new CanaryFigures(
                reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6), reader.GetInt32(7));
        }
        return (figures.GetValueOrDefault(CanarySide.Canary, CanaryFigures.None), figures.GetValueOrDefault(CanarySide.Active, CanaryFigures.None));
    }

    private static async Task<Canary?> ReadOne(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new Canary(
            reader.GetGuid(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetInt32(6),
            reader.GetFieldValue<DateTimeOffset>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8));
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
