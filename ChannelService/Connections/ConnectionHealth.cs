using Npgsql;

namespace Assistify.ChannelService.Connections;

/// <summary>How a connection does.</summary>
/// <param name="LastInboundAt">When the latest authentic webhook with something in it came.</param>
/// <param name="LastOutboundAt">When the latest message began that the provider accepted.</param>
/// <param name="Sent">Messages of the last hour that the provider took or refused.</param>
/// <param name="Failed">How many of them it refused.</param>
/// <param name="ErrorRate">0 to 1; absent where nothing was sent.</param>
/// <param name="Silent">Nothing has come for much longer than it ever took in two weeks.</param>
/// <param name="Alarms">Why somebody should look, the oldest first.</param>
internal sealed record HealthView(
    DateTimeOffset? LastInboundAt, DateTimeOffset? LastOutboundAt, long Sent, long Failed, double? ErrorRate, bool Silent, IReadOnlyList<AlarmView> Alarms);

/// <summary>Reads connections' health from the webhook log and the ledger.</summary>
internal sealed class ConnectionHealth(NpgsqlDataSource database, ConnectionAlarms alarms, TimeProvider time)
{
    private const int StepsToKnowARhythm = 12;
    private static readonly TimeSpan s_recent = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_rhythm = TimeSpan.FromDays(14);

    // The longest pause of two weeks, nights and weekends in it, found in steps of an hour: each is one look into the index,
    // however many webhooks came in between.
    private const string Query =
        """
        SELECT c.id, i.last_at, o.attempt_started_at, h.sent, h.failed, r.steps, r.longest
        FROM unnest($1) AS c (id)
        CROSS JOIN LATERAL (
            SELECT max(w.received_at) AS last_at FROM webhook_logs w WHERE w.connection_id = c.id AND w.outcome = 'accepted') i
        LEFT JOIN LATERAL (
            SELECT d.attempt_started_at FROM deliveries d WHERE d.connection_id = c.id AND d.status IN (3, 4, 5) ORDER BY d.created_at DESC LIMIT 1) o ON true
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE d.status BETWEEN 3 AND 6) AS sent, count(*) FILTER (WHERE d.status = 6) AS failed
            FROM deliveries d WHERE d.connection_id = c.id AND d.created_at >= $2) h
        CROSS JOIN LATERAL (
            WITH RECURSIVE step (at) AS (
                (SELECT w.received_at FROM webhook_logs w WHERE w.connection_id = c.id AND w.outcome = 'accepted' AND w.received_at >= i.last_at - $3
                ORDER BY w.received_at LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT w.received_at FROM webhook_logs w
                    WHERE w.connection_id = c.id AND w.outcome = 'accepted' AND w.received_at >= step.at + interval '1 hour' ORDER BY w.received_at LIMIT 1)
                FROM step WHERE step.at IS NOT NULL)
            SELECT count(*) AS steps, max(g.gap) AS longest
            FROM (SELECT lead(step.at) OVER (ORDER BY step.at) - step.at AS gap FROM step WHERE step.at IS NOT NULL) g) r
        """;

    public async Task<IReadOnlyDictionary<Guid, HealthView>> Read(IReadOnlyCollection<Guid> connectionIds, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var raised = await alarms.Of(connectionIds, cancellationToken);
        await using var command = database.CreateCommand(Query);
        command.Parameters.Add(Sql.Value(connectionIds.ToArray()));
        command.Parameters.Add(Sql.Time(now - s_recent));
        command.Parameters.Add(Sql.Value(s_rhythm));
        var found = new Dictionary<Guid, HealthView>(connectionIds.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            DateTimeOffset? lastInbound = reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1);
            var (sent, failed) = (reader.GetInt64(3), reader.GetInt64(4));
            var silent = lastInbound is { } last && reader.GetInt64(5) >= StepsToKnowARhythm
                && IsUnusual(now - last, reader.GetFieldValue<TimeSpan>(6));
            found[reader.GetGuid(0)] = new HealthView(
                lastInbound, reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2), sent, failed,
                sent == 0 ? null : Math.Round((double)failed / sent, 3), silent, [.. raised[reader.GetGuid(0)]]);
        }
        return found;
    }

    internal static bool IsUnusual(TimeSpan silence, TimeSpan longest) => silence > longest * 1.5 + TimeSpan.FromHours(1);
}
