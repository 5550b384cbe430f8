using Assistify.ChannelService.Operations;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChannelService.Deliveries;

/// <summary>
/// The deliveries in the database: who may send what when. Every change is one round trip for many rows, and commits before
/// anything that rests on it happens.
/// </summary>
internal sealed class Ledger
{
    /// <summary>The provider's call may take this long …</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>… and the claim on a row lasts this long; afterwards any replica settles it.</summary>
    public static readonly TimeSpan Lease = CallTimeout + TimeSpan.FromSeconds(5);

    private const string Columns =
        """
        d.delivery_id, d.part, d.parts, d.conversation_id, d.workspace_id, d.connection_id, d.partition, d.address, d.body, d.media_url, d.payload, d.status,
        d.attempt, d.asks, d.attempt_started_at, d.external_id, d.error_code, d.error, d.trace, d.created_at, d.updated_at,
        d.retries, d.window_expires_at
        """;

    // People took over while the row waited: what the assistant wrote for an earlier turn is cancelled instead of sent. The status is
    // written so that no index of queued rows fits: the row is found by its key.
    private const string Claim =
        $"""
        UPDATE deliveries d SET
            status = CASE WHEN head.cancelled THEN 7 ELSE 1 END, unpublished = d.unpublished OR head.cancelled,
            attempt = d.attempt + 1, asks = 0, attempt_started_at = $1, lease_until = $2, updated_at = $1
        FROM head WHERE d.delivery_id = head.delivery_id AND d.part = head.part AND d.status + 0 = 0
        RETURNING {Columns}
        """;

    private const string ClaimHeadsOfAddresses =
        $"""
        WITH pair AS (SELECT DISTINCT connection, address FROM unnest($3, $4) AS p (connection, address)),
        head AS MATERIALIZED (
            SELECT h.delivery_id, h.part, h.by_assistant AND h.version < coalesce(c.below_version, 0) AS cancelled
            FROM pair CROSS JOIN LATERAL (
                SELECT * FROM deliveries q WHERE q.connection_id = pair.connection AND q.address = pair.address AND q.status < 3
                ORDER BY q.sequence LIMIT 1) h
            LEFT JOIN cancellations c ON c.conversation_id = h.conversation_id
            WHERE h.status = 0 AND h.next_attempt_at <= $1)
        {Claim}
        """;

    private const string ClaimOldestHeads =
        $"""
        WITH head AS (
            SELECT q.delivery_id, q.part, q.by_assistant AND q.version < coalesce(
                (SELECT c.below_version FROM cancellations c WHERE c.conversation_id = q.conversation_id), 0) AS cancelled
            FROM deliveries q
            WHERE q.connection_id = $3 AND q.status = 0 AND q.next_attempt_at <= $1 AND NOT EXISTS (
                SELECT FROM deliveries e WHERE e.connection_id = q.connection_id AND e.address = q.address AND e.status < 3 AND e.sequence < q.sequence)
            ORDER BY q.sequence LIMIT $4 FOR UPDATE OF q SKIP LOCKED)
        {Claim}
        """;

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly Batcher<Completion, LedgerResult> _completions;
    private readonly Batcher<ProviderReport, IReadOnlyList<LedgerRow>> _reports;
    private readonly Batcher<LedgerRow, bool> _published;

    public Ledger(NpgsqlDataSource database, TimeProvider time)
    {
        _database = database;
        _time = time;
        _completions = new(Complete, maxItems: 128, maxConcurrent: 2);
        _reports = new(Report, maxItems: 200, maxConcurrent: 2);
        _published = new(MarkPublished, maxItems: 500, pace: TimeSpan.FromMilliseconds(500));
    }

    /// <summary>How an attempt ended; with it, if wanted, the address's next message is claimed.</summary>
    public Task<LedgerResult> Complete(Completion completion, CancellationToken cancellationToken) => _completions.Run(completion, cancellationToken);

    /// <summary>A provider's callback. Moves forward only, also before the call itself was answered.</summary>
    public Task<IReadOnlyList<LedgerRow>> Report(ProviderReport report, CancellationToken cancellationToken) => _reports.Run(report, cancellationToken);

    /// <summary>
    /// ChatService has this state of the row. Nobody waits for it, and most rows move on within the half second that it takes its time:
    /// then nothing is left to write.
    /// </summary>
    public Task MarkPublished(LedgerRow row, CancellationToken cancellationToken) => _published.Run(row, cancellationToken);

    /// <summary>
    /// Writes rows, known ones changing nothing, and claims the oldest row of the named addresses where nothing else is under way.
    /// </summary>
    public Task<LedgerResult> Insert(
        IReadOnlyList<NewRow> rows, IReadOnlyList<(Guid ConnectionId, string Address)> claim, CancellationToken cancellationToken) =>
        Sql.Retry(async () =>
        {
            var now = _time.GetUtcNow();
            await using var batch = _database.CreateBatch();
            var insert = new NpgsqlBatchCommand(
                $"""
                INSERT INTO deliveries AS d (
                    delivery_id, part, parts, conversation_id, workspace_id, connection_id, partition, address, body, media_url, payload, by_assistant, version,
                    status, unpublished, error_code, error, trace, next_attempt_at, created_at, updated_at, window_expires_at, receipts)
                SELECT i.delivery, i.part, i.parts, i.conversation, i.workspace, i.connection, i.partition, i.address, i.body, i.media, i.payload, i.assistant, i.version,
                    CASE WHEN cancelled THEN 7 WHEN i.code IS NOT NULL THEN 6 ELSE 0 END, cancelled OR i.code IS NOT NULL, i.code, i.error, i.trace, $17, $17, $17,
                    i.closes, i.receipts
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $18, $19) WITH ORDINALITY AS i
                    (delivery, part, parts, conversation, workspace, connection, partition, address, body, media, payload, assistant, version, code, error, trace,
                     closes, receipts, place)
                LEFT JOIN cancellations c ON c.conversation_id = i.conversation
                CROSS JOIN LATERAL (SELECT i.assistant AND i.version < coalesce(c.below_version, 0) AS cancelled) x
                ORDER BY i.place
                ON CONFLICT (delivery_id, part) DO NOTHING
                RETURNING {Columns}
                """);
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Uuid, rows, r => r.DeliveryId));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Smallint, rows, r => r.Part));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Smallint, rows, r => r.Parts));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Uuid, rows, r => r.ConversationId));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Uuid, rows, r => r.WorkspaceId));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Uuid, rows, r => r.ConnectionId));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Smallint, rows, r => r.Partition));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Text, rows, r => r.Address));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Text, rows, r => r.Content.Text));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Text, rows, r => r.Content.MediaUrl));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Text, rows, r => r.Content.Payload));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Boolean, rows, r => r.ByAssistant));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Bigint, rows, r => r.Version));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Text, rows, r => r.Refusal?.Code));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Text, rows, r => r.Refusal?.Error));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Text, rows, r => r.Trace));
            insert.Parameters.Add(Sql.Time(now));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.TimestampTz, rows, r => r.WindowExpiresAt));
            insert.Parameters.Add(Sql.Column(NpgsqlDbType.Boolean, rows, r => r.Receipts));
            batch.BatchCommands.Add(insert);
            if (claim.Count > 0) batch.BatchCommands.Add(ClaimHeads(claim, now));

            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            var changes = (await Read(reader, cancellationToken)).Where(row => row.Status.IsFinished()).ToList();
            return await WithClaimed(reader, claim.Count > 0, changes, cancellationToken);
        });

    /// <summary>The oldest rows of addresses that have nothing under way, for a sender with room.</summary>
    public Task<LedgerResult> ClaimDue(Guid connectionId, int limit, CancellationToken cancellationToken) =>
        Sql.Retry(async () =>
        {
            var now = _time.GetUtcNow();
            await using var command = _database.CreateCommand(ClaimOldestHeads);
            command.Parameters.Add(Sql.Time(now));
            command.Parameters.Add(Sql.Time(now + Lease));
            command.Parameters.Add(Sql.Value(connectionId));
            command.Parameters.Add(Sql.Value(limit));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return Split(await Read(reader, cancellationToken), []);
        });

    /// <summary>The connection's messages are taken: what waits for that, and has waited long enough, is due.</summary>
    /// <returns>Whether any row waits for it.</returns>
    public async Task<bool> Hasten(Guid connectionId, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            """
            WITH waits AS MATERIALIZED (SELECT delivery_id, part FROM deliveries WHERE connection_id = $1 AND status = 0 AND sooner_from IS NOT NULL),
            hastened AS (
                UPDATE deliveries d SET next_attempt_at = $2 FROM waits
                WHERE d.delivery_id = waits.delivery_id AND d.part = waits.part AND d.status = 0 AND d.sooner_from <= $2 AND d.next_attempt_at > $2)
            SELECT EXISTS (SELECT FROM waits)
            """);
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Time(_time.GetUtcNow()));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Rows whose sender is gone or got no answer, for a settler; nobody else asks about them meanwhile.</summary>
    public async Task<IReadOnlyList<LedgerRow>> ClaimUnsettled(Guid connectionId, int limit, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        await using var command = _database.CreateCommand(
            $"""
            WITH open AS (
                SELECT q.delivery_id, q.part FROM deliveries q WHERE q.connection_id = $3 AND q.status IN (1, 2) AND q.lease_until <= $1
                ORDER BY q.lease_until LIMIT $4 FOR UPDATE SKIP LOCKED)
            UPDATE deliveries d SET status = 2, lease_until = $2 FROM open
            WHERE d.delivery_id = open.delivery_id AND d.part = open.part RETURNING {Columns}
            """);
        command.Parameters.Add(Sql.Time(now));
        command.Parameters.Add(Sql.Time(now + Lease));
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Value(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await Read(reader, cancellationToken);
    }

    /// <summary>People took over: cancels what is not being sent yet, and what arrives later with a lower version.</summary>
    public Task<IReadOnlyList<LedgerRow>> Cancel(Guid conversationId, Guid workspaceId, long belowVersion, CancellationToken cancellationToken) =>
        Sql.Retry<IReadOnlyList<LedgerRow>>(async () =>
        {
            await using var batch = _database.CreateBatch();
            var remember = new NpgsqlBatchCommand(
                """
                INSERT INTO cancellations AS c VALUES ($1, $2, $3, $4) ON CONFLICT (conversation_id)
                DO UPDATE SET below_version = greatest(c.below_version, excluded.below_version), updated_at = excluded.updated_at
                """);
            remember.Parameters.Add(Sql.Value(conversationId));
            remember.Parameters.Add(Sql.Value(workspaceId));
            remember.Parameters.Add(Sql.Value(belowVersion));
            remember.Parameters.Add(Sql.Time(_time.GetUtcNow()));
            batch.BatchCommands.Add(remember);
            var cancel = new NpgsqlBatchCommand(
                $"""
                UPDATE deliveries d SET status = 7, unpublished = true, updated_at = $3
                WHERE d.conversation_id = $1 AND d.status = 0 AND d.by_assistant AND d.version < $2 RETURNING {Columns}
                """);
            cancel.Parameters.Add(Sql.Value(conversationId));
            cancel.Parameters.Add(Sql.Value(belowVersion));
            cancel.Parameters.Add(Sql.Time(_time.GetUtcNow()));
            batch.BatchCommands.Add(cancel);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            return await Read(reader, cancellationToken);
        });

    /// <summary>Which of these deliveries are in the ledger.</summary>
    public async Task<IReadOnlySet<Guid>> Known(IReadOnlyCollection<Guid> deliveryIds, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("SELECT delivery_id FROM deliveries WHERE delivery_id = ANY($1) AND part = 0");
        command.Parameters.Add(Sql.Value(deliveryIds.ToArray()));
        var known = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) known.Add(reader.GetGuid(0));
        return known;
    }

    /// <summary>Which of the provider's ids belong to other rows already.</summary>
    public async Task<IReadOnlySet<string>> KnownExternal(Guid connectionId, IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("SELECT external_id FROM deliveries WHERE connection_id = $1 AND external_id = ANY($2)");
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Value(externalIds.ToArray()));
        var known = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) known.Add(reader.GetString(0));
        return known;
    }

    /// <summary>A receipt for everything that went to an address up to the provider's time, or for the named messages. Moves forward only.</summary>
    public Task<IReadOnlyList<LedgerRow>> ReportUpTo(
        Guid connectionId, string address, LedgerStatus status, DateTimeOffset? watermark, IReadOnlyList<string> externalIds,
        CancellationToken cancellationToken) =>
        Sql.Retry(async () =>
        {
            await using var command = _database.CreateCommand(
                $"""
                UPDATE deliveries d SET status = $3, unpublished = true, updated_at = $6
                WHERE d.connection_id = $1 AND d.address = $2 AND d.receipts AND d.status IN (3, 4) AND d.status < $3
                    AND (d.external_id = ANY($5) OR d.attempt_started_at <= $4)
                RETURNING {Columns}
                """);
            command.Parameters.Add(Sql.Value(connectionId));
            command.Parameters.Add(Sql.Value(address));
            command.Parameters.Add(Sql.Value((short)status));
            command.Parameters.Add(Sql.Time(watermark ?? DateTimeOffset.MinValue));
            command.Parameters.Add(Sql.Value(externalIds.ToArray()));
            command.Parameters.Add(Sql.Time(_time.GetUtcNow()));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await Read(reader, cancellationToken);
        });

    /// <summary>
    /// The row that a message in our name comes of: the one with its id, else the one under way to that address with the same text,
    /// since an echo may come before the answer to the call.
    /// </summary>
    public async Task<(Guid DeliveryId, int Part)?> FindEchoed(
        Guid connectionId, string externalId, string address, string text, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT delivery_id, part FROM deliveries WHERE connection_id = $1 AND external_id = $2
            UNION ALL
            SELECT delivery_id, part FROM deliveries
            WHERE connection_id = $1 AND address = $3 AND status IN (1, 2, 8) AND external_id IS NULL AND btrim(body) = btrim($4)
            LIMIT 1
            """);
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Value(externalId));
        command.Parameters.Add(Sql.Value(address));
        command.Parameters.Add(Sql.Value(text));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetInt16(1)) : null;
    }

    /// <summary>
    /// A person has it sent again, or sooner: what failed, what nobody knows the fate of, what waits. Parts that were sent stay. An earlier
    /// attempt that turns out to have been accepted after all still counts.
    /// </summary>
    /// <returns>What changed; empty where nothing of it can be sent again.</returns>
    public Task<IReadOnlyList<LedgerRow>> Retry(Guid workspaceId, Guid deliveryId, OperatorAction action, CancellationToken cancellationToken) =>
        Change(
            $"""
            UPDATE deliveries d SET
                retries = d.retries + (d.status <> 0)::int, status = 0, external_id = CASE WHEN d.status = 0 THEN d.external_id END, error_code = NULL,
                error = NULL, lease_until = NULL, next_attempt_at = $3, unpublished = d.unpublished OR d.status <> 0, updated_at = $3
            WHERE d.delivery_id = $1 AND d.workspace_id = $2 AND d.status IN (0, 2, 6, 8)
                AND (d.body <> '' OR d.media_url IS NOT NULL OR d.payload IS NOT NULL)
            RETURNING {Columns}
            """, workspaceId, deliveryId, action, cancellationToken);

    /// <summary>A person gives it up: what is not being sent this moment ends.</summary>
    public Task<IReadOnlyList<LedgerRow>> Drop(Guid workspaceId, Guid deliveryId, OperatorAction action, CancellationToken cancellationToken) =>
        Change(
            $"""
            UPDATE deliveries d SET status = 7, error_code = 'dropped', error = 'An operator gave it up.', lease_until = NULL, unpublished = true, updated_at = $3
            WHERE d.delivery_id = $1 AND d.workspace_id = $2 AND (d.status IN (0, 2, 6, 8) OR (d.status = 1 AND d.lease_until < $3))
            RETURNING {Columns}
            """, workspaceId, deliveryId, action, cancellationToken);

    private Task<IReadOnlyList<LedgerRow>> Change(
        string sql, Guid workspaceId, Guid deliveryId, OperatorAction action, CancellationToken cancellationToken) =>
        Sql.Retry<IReadOnlyList<LedgerRow>>(async () =>
        {
            await using var connection = await _database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            IReadOnlyList<LedgerRow> changed;
            await using (var command = new NpgsqlCommand(sql, connection))
            {
                command.Parameters.Add(Sql.Value(deliveryId));
                command.Parameters.Add(Sql.Value(workspaceId));
                command.Parameters.Add(Sql.Time(action.At));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                changed = await Read(reader, cancellationToken);
            }
            if (changed.Count == 0) return changed;

            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.BatchCommands.Add(action.Insert());
            await batch.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return changed;
        });

    /// <summary>All parts of these deliveries.</summary>
    public async Task<IReadOnlyList<LedgerRow>> Load(IReadOnlyCollection<Guid> deliveryIds, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand($"SELECT {Columns} FROM deliveries d WHERE d.delivery_id = ANY($1) ORDER BY d.delivery_id, d.part");
        command.Parameters.Add(Sql.Value(deliveryIds.ToArray()));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await Read(reader, cancellationToken);
    }

    /// <summary>Changes that were committed and perhaps never published: the process died, or the broker was away.</summary>
    public async Task<IReadOnlyList<LedgerRow>> Unpublished(TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            $"SELECT {Columns} FROM deliveries d WHERE d.unpublished AND d.updated_at <= $1 ORDER BY d.updated_at LIMIT $2");
        command.Parameters.Add(Sql.Time(_time.GetUtcNow() - age));
        command.Parameters.Add(Sql.Value(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await Read(reader, cancellationToken);
    }

    public async Task<long> Backlog(CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("SELECT count(*) FROM deliveries WHERE status < 3");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private Task<IReadOnlyList<LedgerResult>> Complete(IReadOnlyList<Completion> items, CancellationToken cancellationToken) =>
        Sql.Retry<IReadOnlyList<LedgerResult>>(async () =>
        {
            var now = _time.GetUtcNow();
            await using var batch = _database.CreateBatch();

            // A callback may have been quicker, and may have moved the row further: then nothing is left to do here. What was
            // accepted counts even where the row was queued again in the meantime.
            var complete = new NpgsqlBatchCommand(
                $"""
                UPDATE deliveries d SET
                    status = i.status, external_id = coalesce(d.external_id, i.external), error_code = i.code, error = i.error,
                    next_attempt_at = coalesce(i.next, d.next_attempt_at), sooner_from = i.sooner, lease_until = i.lease, asks = d.asks + i.asked::int,
                    unpublished = d.unpublished OR i.publish, updated_at = $11
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12, $13) AS i
                    (delivery, part, attempt, status, external, code, error, next, lease, publish, asked, sooner)
                WHERE d.delivery_id = i.delivery AND d.part = i.part AND d.attempt = i.attempt
                    AND (d.status IN (1, 2) OR (d.status = 0 AND i.status = 3))
                RETURNING {Columns}
                """);
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Uuid, items, i => i.Row.DeliveryId));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Smallint, items, i => i.Row.Part));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Integer, items, i => i.Row.Attempt));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Smallint, items, i => (short)i.Status));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Text, items, i => i.ExternalId));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Text, items, i => i.ErrorCode));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Text, items, i => i.Error));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.TimestampTz, items, i => i.NextAttemptAt));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.TimestampTz, items, i => i.LeaseUntil));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Boolean, items, i => i.Publish));
            complete.Parameters.Add(Sql.Time(now));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.Boolean, items, i => i.Asked));
            complete.Parameters.Add(Sql.Column(NpgsqlDbType.TimestampTz, items, i => i.SoonerFrom));
            batch.BatchCommands.Add(complete);
            var next = items.Where(item => item.ClaimNext).Select(item => (item.Row.ConnectionId, item.Row.Address)).ToList();
            if (next.Count > 0) batch.BatchCommands.Add(ClaimHeads(next, now));

            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            var changed = (await Read(reader, cancellationToken)).ToDictionary(row => (row.DeliveryId, row.Part));
            var result = await WithClaimed(reader, next.Count > 0, [], cancellationToken);
            var claimed = result.Claimed.ToDictionary(row => (row.ConnectionId, row.Address));
            var cancelled = result.Changes;
            return [.. items.Select((item, place) => new LedgerResult(
                [
                    .. item.Publish && changed.TryGetValue((item.Row.DeliveryId, item.Row.Part), out var row) ? [row] : Array.Empty<LedgerRow>(),
                    .. place == 0 ? cancelled : [],
                ],
                item.ClaimNext && claimed.Remove((item.Row.ConnectionId, item.Row.Address), out var own) ? [own] : []))];
        });

    private Task<IReadOnlyList<IReadOnlyList<LedgerRow>>> Report(IReadOnlyList<ProviderReport> reports, CancellationToken cancellationToken) =>
        Sql.Retry<IReadOnlyList<IReadOnlyList<LedgerRow>>>(async () =>
        {
            // One update reads each row once, so of several reports about the same message the one of the highest rank goes in.
            var named = reports.Where(r => r.DeliveryId is not null).GroupBy(r => (r.ConnectionId, r.DeliveryId, r.Part))
                .Select(g => g.MaxBy(r => r.Status)!).OrderBy(r => r.DeliveryId).ThenBy(r => r.Part).ToList();
            var unnamed = reports.Where(r => r.DeliveryId is null).GroupBy(r => (r.ConnectionId, r.ExternalId))
                .Select(g => g.MaxBy(r => r.Status)!).ToList();
            await using var batch = _database.CreateBatch();
            if (named.Count > 0)
            {
                batch.BatchCommands.Add(Update(named,
                    "d.delivery_id = i.delivery AND d.part = i.part AND (d.external_id IS NULL OR d.external_id = i.external)"));
            }
            if (unnamed.Count > 0) batch.BatchCommands.Add(Update(unnamed, "d.external_id = i.external"));

            var changes = new List<LedgerRow>();
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            do changes.AddRange(await Read(reader, cancellationToken));
            while (await reader.NextResultAsync(cancellationToken));
            return [.. reports.Select((_, place) => place == 0 ? changes : (IReadOnlyList<LedgerRow>)[])];
        });

    private NpgsqlBatchCommand Update(IReadOnlyList<ProviderReport> reports, string match) =>
        new(
            $"""
            UPDATE deliveries d SET
                status = i.status, external_id = coalesce(d.external_id, i.external), error_code = i.code, error = i.error,
                lease_until = NULL, unpublished = true, updated_at = $8
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS i (connection, delivery, part, external, status, code, error)
            WHERE d.connection_id = i.connection AND (d.status < i.status OR d.status = 8) AND {match}
            RETURNING {Columns}
            """)
        {
            Parameters =
            {
                Sql.Column(NpgsqlDbType.Uuid, reports, r => r.ConnectionId),
                Sql.Column(NpgsqlDbType.Uuid, reports, r => r.DeliveryId),
                Sql.Column(NpgsqlDbType.Integer, reports, r => r.Part),
                Sql.Column(NpgsqlDbType.Text, reports, r => r.ExternalId),
                Sql.Column(NpgsqlDbType.Smallint, reports, r => (short)r.Status),
                Sql.Column(NpgsqlDbType.Text, reports, r => r.ErrorCode),
                Sql.Column(NpgsqlDbType.Text, reports, r => r.Error),
                Sql.Time(_time.GetUtcNow()),
            },
        };

    private Task<IReadOnlyList<bool>> MarkPublished(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) =>
        Sql.Retry<IReadOnlyList<bool>>(async () =>
        {
            await using var command = _database.CreateCommand(
                """
                UPDATE deliveries d SET unpublished = false FROM unnest($1, $2, $3) AS i (delivery, part, status)
                WHERE d.delivery_id = i.delivery AND d.part = i.part AND d.status = i.status AND d.unpublished
                """);
            command.Parameters.Add(Sql.Column(NpgsqlDbType.Uuid, rows, r => r.DeliveryId));
            command.Parameters.Add(Sql.Column(NpgsqlDbType.Smallint, rows, r => r.Part));
            command.Parameters.Add(Sql.Column(NpgsqlDbType.Smallint, rows, r => (short)r.Status));
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new bool[rows.Count];
        });

    private static NpgsqlBatchCommand ClaimHeads(IReadOnlyList<(Guid ConnectionId, string Address)> addresses, DateTimeOffset now) =>
        new(ClaimHeadsOfAddresses)
        {
            Parameters =
            {
                Sql.Time(now),
                Sql.Time(now + Lease),
                Sql.Column(NpgsqlDbType.Uuid, addresses, a => a.ConnectionId),
                Sql.Column(NpgsqlDbType.Text, addresses, a => a.Address),
            },
        };

    private static async Task<LedgerResult> WithClaimed(
        NpgsqlDataReader reader, bool claims, IReadOnlyList<LedgerRow> changes, CancellationToken cancellationToken)
    {
        if (!claims) return new LedgerResult(changes, []);
        await reader.NextResultAsync(cancellationToken);
        return Split(await Read(reader, cancellationToken), changes);
    }

    private static LedgerResult Split(IReadOnlyList<LedgerRow> claimed, IReadOnlyList<LedgerRow> changes) => new(
        [.. changes, .. claimed.Where(row => row.Status == LedgerStatus.Cancelled)],
        [.. claimed.Where(row => row.Status == LedgerStatus.Sending)]);

    private static async Task<IReadOnlyList<LedgerRow>> Read(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<LedgerRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new LedgerRow(
                reader.GetGuid(0), reader.GetInt16(1), reader.GetInt16(2), reader.GetGuid(3), reader.GetGuid(4), reader.GetGuid(5), reader.GetInt16(6),
                reader.GetString(7), reader.GetString(8), Text(9), Text(10), (LedgerStatus)reader.GetInt16(11), reader.GetInt32(12), reader.GetInt32(13),
                reader.IsDBNull(14) ? null : reader.GetFieldValue<DateTimeOffset>(14), Text(15), Text(16), Text(17), Text(18),
                reader.GetFieldValue<DateTimeOffset>(19), reader.GetFieldValue<DateTimeOffset>(20), reader.GetInt32(21),
                reader.IsDBNull(22) ? null : reader.GetFieldValue<DateTimeOffset>(22)));
        }
        return rows;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
