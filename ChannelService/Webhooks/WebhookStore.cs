using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChannelService.Webhooks;

/// <summary>A row for <c>webhook_logs</c>, with what must be true once it is there.</summary>
/// <param name="AcceptId">Makes the row a <c>duplicate</c> where this id was accepted before.</param>
/// <param name="Raw">The body, kept for 30 days with the customer's address; left out of duplicates.</param>
/// <param name="Stored">The message itself, where the broker did not take it.</param>
internal sealed record WebhookRow(
    Guid Id,
    ChannelConnection? Connection,
    string Channel,
    WebhookOutcome Outcome,
    DateTimeOffset ReceivedAt,
    string? Reason = null,
    string? ExternalId = null,
    Guid? MessageId = null,
    Guid? AcceptId = null,
    string? Address = null,
    byte[]? Raw = null,
    StoredMessage? Stored = null,
    string? Trace = null);

/// <param name="Seen">Accepted before.</param>
/// <param name="Waiting">Earlier messages of the same person wait for the broker.</param>
internal readonly record struct KnownState(bool Seen, bool Waiting);

/// <summary>The database of the inbound path. Concurrent webhooks share round trips and commits.</summary>
internal sealed class WebhookStore
{
    // A provider waits for both round trips.
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(5);

    private readonly NpgsqlDataSource _database;
    private readonly Batcher<(Guid MessageId, Guid ConnectionId, string Address), KnownState> _lookups;
    private readonly Batcher<WebhookRow, bool> _rows;

    public WebhookStore(NpgsqlDataSource database)
    {
        _database = database;
        _lookups = new(LookUp, maxItems: 500, maxConcurrent: 2, pace: s_pace);
        _rows = new(Insert, maxItems: 500, maxConcurrent: 2, pace: s_pace);
    }

    public Task<KnownState> LookUp(Guid messageId, Guid connectionId, string address, CancellationToken cancellationToken) =>
        _lookups.Run((messageId, connectionId, address), cancellationToken);

    /// <returns>False where the row's <see cref="WebhookRow.AcceptId"/> was accepted before: it is logged as a duplicate.</returns>
    public Task<bool> Add(WebhookRow row, CancellationToken cancellationToken) => _rows.Run(row, cancellationToken);

    /// <summary>The message of a channel whose webhooks have other ids than the messages in them; null where there is none.</summary>
    public async Task<Guid?> FindNamed(Guid connectionId, string messageExternalId, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT message_id FROM webhook_logs
            WHERE connection_id = $1 AND external_id = $2 AND channel IN ('slack', 'custom') AND message_id IS NOT NULL ORDER BY received_at LIMIT 1
            """);
        command.CommandTimeout = 4;
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Value(messageExternalId));
        return (Guid?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Drops the body that brought a message: its sender took the message back.</summary>
    public async Task Erase(Guid connectionId, Guid messageId, CancellationToken cancellationToken)
    {
        // When it was accepted leads to its rows; the body is with the first of those that came at once.
        await using var command = _database.CreateCommand(
            """
            UPDATE webhook_logs l SET raw = NULL FROM accepted_items a
            WHERE a.id = $1 AND l.received_at = a.accepted_at AND l.connection_id = $2 AND l.raw IS NOT NULL
            """);
        command.CommandTimeout = 4;
        command.Parameters.Add(Sql.Value(messageId));
        command.Parameters.Add(Sql.Value(connectionId));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<KnownState>> LookUp(
        IReadOnlyList<(Guid MessageId, Guid ConnectionId, string Address)> items, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT a.id IS NOT NULL, s.stored IS NOT NULL
            FROM unnest($1, $2, $3) WITH ORDINALITY AS i (id, connection, address, place)
            LEFT JOIN accepted_items a ON a.id = i.id
            LEFT JOIN LATERAL (
                SELECT true AS stored FROM stored_webhooks s WHERE s.connection_id = i.connection AND s.address = i.address LIMIT 1) s ON true
            ORDER BY i.place
            """);
        command.CommandTimeout = 4;
        command.Parameters.Add(Sql.Column(NpgsqlDbType.Uuid, items, i => i.MessageId));
        command.Parameters.Add(Sql.Column(NpgsqlDbType.Uuid, items, i => i.ConnectionId));
        command.Parameters.Add(Sql.Column(NpgsqlDbType.Text, items, i => i.Address));
        var states = new List<KnownState>(items.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) states.Add(new KnownState(reader.GetBoolean(0), reader.GetBoolean(1)));
        return states;
    }

    private async Task<IReadOnlyList<bool>> Insert(IReadOnlyList<WebhookRow> rows, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            """
            WITH item AS (
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY AS i
                    (id, workspace, connection, channel, outcome, reason, external, message, accept, address, raw, type, payload, trace, received, place)),
            fresh AS (
                INSERT INTO accepted_items (id, accepted_at)
                SELECT accept, min(received) FROM item WHERE accept IS NOT NULL GROUP BY accept ORDER BY accept
                ON CONFLICT DO NOTHING RETURNING id),
            first AS (
                SELECT min(place) AS place FROM item JOIN fresh ON fresh.id = item.accept GROUP BY item.accept),
            stored AS (
                INSERT INTO stored_webhooks (connection_id, address, type, payload, trace, stored_at)
                SELECT connection, address, type, payload, trace, received FROM item JOIN first USING (place)
                WHERE payload IS NOT NULL ORDER BY place),
            logged AS (
                INSERT INTO webhook_logs
                    (id, workspace_id, connection_id, channel, outcome, reason, external_id, message_id, address, raw, received_at)
                SELECT id, workspace, connection, channel,
                       CASE WHEN accept IS NULL OR first.place IS NOT NULL THEN outcome ELSE 'duplicate' END,
                       reason, external, message, address,
                       CASE WHEN accept IS NULL OR first.place IS NOT NULL THEN raw END, received
                FROM item LEFT JOIN first USING (place))
            SELECT item.accept IS NULL OR first.place IS NOT NULL FROM item LEFT JOIN first USING (place) ORDER BY item.place
            """);
        command.CommandTimeout = 4;
        command.Parameters.AddRange(new[]
        {
            Sql.Column(NpgsqlDbType.Uuid, rows, r => r.Id),
            Sql.Column(NpgsqlDbType.Uuid, rows, r => r.Connection?.WorkspaceId),
            Sql.Column(NpgsqlDbType.Uuid, rows, r => r.Connection?.Id),
            Sql.Column(NpgsqlDbType.Text, rows, r => r.Channel),
            Sql.Column(NpgsqlDbType.Text, rows, r => NameOf(r.Outcome)),
            Sql.Column(NpgsqlDbType.Text, rows, r => r.Reason),
            Sql.Column(NpgsqlDbType.Text, rows, r => r.ExternalId),
            Sql.Column(NpgsqlDbType.Uuid, rows, r => r.MessageId),
            Sql.Column(NpgsqlDbType.Uuid, rows, r => r.AcceptId),
            Sql.Column(NpgsqlDbType.Text, rows, r => r.Address),
            Sql.Column(NpgsqlDbType.Bytea, rows, r => r.Raw),
            Sql.Column(NpgsqlDbType.Text, rows, r => r.Stored?.Type),
            Sql.Column(NpgsqlDbType.Text, rows, r => r.Stored?.Payload),
            Sql.Column(NpgsqlDbType.Text, rows, r => r.Trace),
            Sql.Column(NpgsqlDbType.TimestampTz, rows, r => r.ReceivedAt),
        });
        var fresh = new List<bool>(rows.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) fresh.Add(reader.GetBoolean(0));
        return fresh;
    }

    public static string NameOf(WebhookOutcome outcome) => outcome switch
    {
        WebhookOutcome.Accepted => "accepted",
        WebhookOutcome.Duplicate => "duplicate",
        WebhookOutcome.Ignored => "ignored",
        WebhookOutcome.Rejected => "rejected",
        WebhookOutcome.Malformed => "malformed",
        WebhookOutcome.Foreign => "foreign",
        _ => "unknown",
    };
}
