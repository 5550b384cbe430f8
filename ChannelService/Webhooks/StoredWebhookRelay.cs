using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Publishes what was stored while the broker was away, each person's messages in stored order. One replica at a time
/// (a lock in the database). A crash in between publishes again, which changes nothing: the ids are known.
/// </summary>
internal sealed partial class StoredWebhookRelay(
    NpgsqlDataSource database, IBroker broker, BrokerState state, Signals signals, TimeProvider time, ILogger<StoredWebhookRelay> logger) : BackgroundService
{
    private const long Lock = 0x4173_7369_0001;
    private const int BatchSize = 500;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => signals.Stored.WorkOff(Relay, BatchSize, LogFailed, time, stoppingToken);

    /// <returns>How many went out.</returns>
    internal async Task<int> Relay(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var waiting = await Load(connection, cancellationToken);
        if (waiting.Count == 0) return 0;

        var published = new List<long>();
        await Task.WhenAll(waiting.GroupBy(w => (w.ConnectionId, w.Address)).Select(async person =>
        {
            foreach (var webhook in person)
            {
                try
                {
                    await broker.Publish(webhook.Message.Read(), ChannelTelemetry.Parse(webhook.Trace), cancellationToken);
                }
                catch (BrokerUnavailableException)
                {
                    return;
                }

                lock (published) published.Add(webhook.Sequence);
            }
        }));

        await using var delete = new NpgsqlCommand("DELETE FROM stored_webhooks WHERE sequence = ANY($1)", connection);
        delete.Parameters.Add(Sql.Value(published.ToArray()));
        await delete.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        if (published.Count > 0)
        {
            state.IsBack();
            LogRelayed(published.Count);
        }
        return published.Count;
    }

    private static async Task<List<Stored>> Load(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var load = new NpgsqlCommand(
            """
            SELECT sequence, connection_id, address, type, payload, trace FROM stored_webhooks
            WHERE (SELECT pg_try_advisory_xact_lock($1)) ORDER BY sequence LIMIT $2
            """, connection);
        load.Parameters.Add(Sql.Value(Lock));
        load.Parameters.Add(Sql.Value(BatchSize));
        var waiting = new List<Stored>();
        await using var reader = await load.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            waiting.Add(new Stored(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), new StoredMessage(reader.GetString(3), reader.GetString(4)),
                reader.IsDBNull(5) ? null : reader.GetString(5)));
        }
        return waiting;
    }

    private sealed record Stored(long Sequence, Guid ConnectionId, string Address, StoredMessage Message, string? Trace);

    [LoggerMessage(LogLevel.Information, "Published {Count} stored webhooks")]
    private partial void LogRelayed(int count);

    [LoggerMessage(LogLevel.Warning, "Stored webhooks cannot be published now ({Reason})")]
    private partial void LogFailed(string reason);
}
