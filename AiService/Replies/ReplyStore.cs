using System.Text.Json;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies.Memory;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Replies;

/// <summary>
/// Claims, replies and traces in the database. A claim is a lease on (conversation, version): of all replicas one works on an
/// answer, and when it dies another may after the lease. Claims and results of many requests share a round trip.
/// </summary>
internal sealed class ReplyStore
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private const string ClaimSql = """
        WITH asked AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5) AS a(n, conversation_id, version, workspace_id, customer_id)
        ), claimed AS (
            INSERT INTO replies (conversation_id, version, workspace_id, customer_id, status, owner, lease_until)
            SELECT conversation_id, version, workspace_id, customer_id, 'claimed', $6, now() + $7 FROM asked ORDER BY conversation_id, version
            ON CONFLICT (conversation_id, version) DO UPDATE
                SET owner = $6, lease_until = now() + $7,
                    attempts = replies.attempts + CASE WHEN replies.owner = $6 THEN 0 ELSE 1 END
                WHERE replies.status = 'claimed' AND (replies.lease_until < now() OR replies.owner = $6)
            RETURNING conversation_id, version, attempts
        )
        SELECT a.n, c.attempts, r.status, r.reply, coalesce(k.version, 0), m.summary, m.until_message, m.messages, m.written_by
        FROM asked a
        LEFT JOIN claimed c USING (conversation_id, version)
        LEFT JOIN replies r ON c.version IS NULL AND r.conversation_id = a.conversation_id AND r.version = a.version
        LEFT JOIN knowledge_versions k ON k.workspace_id = a.workspace_id
        LEFT JOIN conversation_memory m ON m.conversation_id = a.conversation_id AND m.workspace_id = a.workspace_id AND m.updated_at > now() - $8
        """;

    private const string FinishSql = """
        WITH done AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5::jsonb[], $6::jsonb[], $7) AS d(n, conversation_id, version, status, reply, trace, reply_id)
        ), finished AS (
            UPDATE replies r SET status = d.status, reply = d.reply
            FROM (SELECT * FROM done ORDER BY conversation_id, version) d
            WHERE r.conversation_id = d.conversation_id AND r.version = d.version AND r.status = 'claimed' AND r.owner = $8
            RETURNING d.n, r.conversation_id, r.version, r.workspace_id, r.customer_id, d.reply_id, d.trace
        ), traced AS (
            INSERT INTO traces (reply_id, conversation_id, version, workspace_id, customer_id, trace)
            SELECT reply_id, conversation_id, version, workspace_id, customer_id, trace FROM finished
            ON CONFLICT (reply_id) DO NOTHING
        )
        SELECT n FROM finished
        """;

    private readonly Guid _owner;
    private readonly NpgsqlDataSource _database;
    private readonly Batcher<ReplyRequested, Claim> _claims;
    private readonly Batcher<FinishedReply, bool> _results;

    public ReplyStore(NpgsqlDataSource database, TimeProvider time)
    {
        _database = database;
        _owner = Guid.CreateVersion7(time.GetUtcNow());
        _claims = new Batcher<ReplyRequested, Claim>(ClaimAll, maxItems: 128);
        _results = new Batcher<FinishedReply, bool>(FinishAll, maxItems: 128);
    }

    public Task<Claim> Claim(ReplyRequested request, CancellationToken cancellationToken) => _claims.Run(request, cancellationToken);

    /// <returns>False when the lease was lost: another replica answers.</returns>
    public Task<bool> Finish(FinishedReply reply, CancellationToken cancellationToken) => _results.Run(reply, cancellationToken);

    /// <summary>Null where this workspace has no such answer, or its trace is gone.</summary>
    public async Task<TraceView?> FindTrace(Guid messageId, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("SELECT conversation_id, version, created_at, trace FROM traces WHERE reply_id = $1 AND workspace_id = $2");
        command.Parameters.AddWithValue(messageId);
        command.Parameters.AddWithValue(workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var trace = JsonSerializer.Deserialize<Trace>(reader.GetString(3), Json.Options)!;
        return TraceView.Of(messageId, reader.GetGuid(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), trace);
    }

    /// <summary>What a claim reads along, without any claim: nothing is answered.</summary>
    public async Task<(long KnowledgeVersion, Remembered? Remembered)> Known(Guid conversationId, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("""
            SELECT coalesce((SELECT version FROM knowledge_versions WHERE workspace_id = a.workspace_id), 0), m.summary, m.until_message, m.messages, m.written_by
            FROM (VALUES ($1, $2)) a (conversation_id, workspace_id)
            LEFT JOIN conversation_memory m ON m.conversation_id = a.conversation_id AND m.workspace_id = a.workspace_id AND m.updated_at > now() - $3
            """);
        command.Parameters.AddWithValue(conversationId);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(Remembered.Lifetime);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), ReadRemembered(reader, 1));
    }

    public async Task Renew(IReadOnlyList<(Guid Conversation, long Version)> claims, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("""
            UPDATE replies r SET lease_until = now() + $3
            FROM (SELECT * FROM unnest($1, $2) AS a(conversation_id, version) ORDER BY 1, 2) a
            WHERE r.conversation_id = a.conversation_id AND r.version = a.version AND r.owner = $4 AND r.status = 'claimed'
            """);
        command.Parameters.AddWithValue(claims.Select(claim => claim.Conversation).ToArray());
        command.Parameters.AddWithValue(claims.Select(claim => claim.Version).ToArray());
        command.Parameters.AddWithValue(Lease);
        command.Parameters.AddWithValue(_owner);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Removes what is older than it may be kept; a piece at a time, so that nothing waits for it.</summary>
    /// <param name="age">Of what has no shorter time of its own.</param>
    public async Task Purge(TimeSpan age, CancellationToken cancellationToken)
    {
        (string Table, string Column, TimeSpan Age)[] all =
        [
            ("replies", "created_at", age), ("traces", "created_at", age), ("inspirations", "created_at", age), ("tool_runs", "created_at", age), ("spending", "updated_at", age),
            ("settled_questions", "created_at", age), ("tool_proposals", "created_at", age), ("picture_facts", "created_at", age), ("conversation_memory", "updated_at", Remembered.Lifetime), ("cached_answers", "created_at", AnswerCache.Lifetime), ("embeddings", "used_at", age), ("conversation_ratings", "rated_at", age),
        ];
        foreach (var (table, column, kept) in all) await Purge(table, $"{column} < now() - $1", kept, cancellationToken);
        await Purge("knowledge_history", $"replaced_at < now() - $1 AND {KnowledgeHistory.Unneeded}", age, cancellationToken);
    }

    private async Task Purge(string table, string old, TimeSpan age, CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            await using var command = _database.CreateCommand($"DELETE FROM {table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {old} LIMIT 5000))");
            command.Parameters.AddWithValue(age);
            removed = await command.ExecuteNonQueryAsync(cancellationToken);
        }
        while (removed > 0);
    }

    private async Task<IReadOnlyList<Claim>> ClaimAll(IReadOnlyList<ReplyRequested> requests, CancellationToken cancellationToken)
    {
        // The same turn twice in one batch: the first works on it, for the second it is taken.
        var first = new Dictionary<(Guid, long), int>();
        for (var i = 0; i < requests.Count; i++) first.TryAdd((requests[i].ConversationId, requests[i].Version), i);
        var indexes = first.Values.ToArray();

        await using var command = _database.CreateCommand(ClaimSql);
        command.Parameters.AddWithValue(indexes);
        command.Parameters.AddWithValue(Array.ConvertAll(indexes, i => requests[i].ConversationId));
        command.Parameters.AddWithValue(Array.ConvertAll(indexes, i => requests[i].Version));
        command.Parameters.AddWithValue(Array.ConvertAll(indexes, i => requests[i].WorkspaceId));
        command.Parameters.AddWithValue(Array.ConvertAll(indexes, i => requests[i].CustomerId));
        command.Parameters.AddWithValue(_owner);
        command.Parameters.AddWithValue(Lease);
        command.Parameters.AddWithValue(Remembered.Lifetime);

        var claims = new Claim[requests.Count];
        Array.Fill(claims, Replies.Claim.Busy);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claims[reader.GetInt32(0)] = reader.IsDBNull(1)
                ? reader.IsDBNull(2) ? Replies.Claim.Busy : Stored(reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3))
                : new Claim(ClaimState.Mine, reader.GetInt32(1), reader.GetInt64(4))
                {
                    Remembered = ReadRemembered(reader, 5),
                };
        }
        return claims;
    }

    private static Remembered? ReadRemembered(NpgsqlDataReader reader, int at) =>
        reader.IsDBNull(at) ? null : new Remembered(reader.GetString(at), reader.GetGuid(at + 1), reader.GetInt32(at + 2), reader.GetString(at + 3));

    private static Claim Stored(string status, string? reply) => status switch
    {
        "finished" when reply is not null => new Claim(ClaimState.Finished, Reply: JsonSerializer.Deserialize<ReplyGenerated>(reply, Json.Options)),
        "obsolete" => new Claim(ClaimState.Obsolete),
        "failed" => new Claim(ClaimState.Failed),
        _ => Replies.Claim.Busy,
    };

    private async Task<IReadOnlyList<bool>> FinishAll(IReadOnlyList<FinishedReply> replies, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(FinishSql);
        command.Parameters.AddWithValue(Enumerable.Range(0, replies.Count).ToArray());
        command.Parameters.AddWithValue(replies.Select(reply => reply.ConversationId).ToArray());
        command.Parameters.AddWithValue(replies.Select(reply => reply.Version).ToArray());
        command.Parameters.AddWithValue(replies.Select(reply => reply.Status).ToArray());
        command.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            Value = replies.Select(reply => reply.Reply is null ? null : JsonSerializer.Serialize(reply.Reply, Json.Options)).ToArray(),
        });
        command.Parameters.AddWithValue(replies.Select(reply => JsonSerializer.Serialize(reply.Trace, Json.Options)).ToArray());
        command.Parameters.AddWithValue(replies.Select(reply => Identifiers.Reply(reply.ConversationId, reply.Version)).ToArray());
        command.Parameters.AddWithValue(_owner);

        var finished = new bool[replies.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) finished[reader.GetInt32(0)] = true;
        return finished;
    }
}

internal enum ClaimState
{
    Mine,
    Busy,
    Finished,
    Obsolete,
    Failed,
}

/// <param name="Attempts">How many replicas began with it; more than one means that some died.</param>
/// <param name="KnowledgeVersion">Of the workspace, read along.</param>
internal sealed record Claim(ClaimState State, int Attempts = 0, long KnowledgeVersion = 0, ReplyGenerated? Reply = null)
{
    /// <summary>Of the conversation, read along.</summary>
    public Remembered? Remembered { get; init; }

    public static readonly Claim Busy = new(ClaimState.Busy);
}

/// <param name="Status"><c>finished</c>, <c>obsolete</c> or <c>failed</c>.</param>
internal sealed record FinishedReply(Guid ConversationId, long Version, string Status, ReplyGenerated? Reply, Trace Trace);
