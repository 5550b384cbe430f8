using Npgsql;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Asks providers for customers' messages that they could not bring: after a start, after a time in which webhooks were not
/// taken, and now and then. What is unknown goes the same way as a webhook. One replica at a time.
/// </summary>
internal sealed partial class MissedMessages(
    NpgsqlDataSource database, ChannelAdapters adapters, PersonIntake intake, Signals signals, ChannelTelemetry telemetry, TimeProvider time,
    ILogger<MissedMessages> logger) : BackgroundService
{
    private const long Lock = 0x4173_7369_0002;
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(3);

    // A provider may take this long to bring a message by itself; it is asked about only afterwards.
    private static readonly TimeSpan s_inFlight = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = s_every;
            foreach (var adapter in adapters.All)
            {
                try
                {
                    await Fetch(adapter, stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    LogFailed(adapter.Connection.Channel, adapter.Connection.Id, exception.GetType().Name);
                    wait = s_retry;
                }
            }

            await signals.Refused.Wait(wait, stoppingToken);

            // While nothing can be stored, each refusal wakes this: once a second is enough.
            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
        }
    }

    /// <returns>How many messages were unknown.</returns>
    internal async Task<int> Fetch(IChannelAdapter adapter, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await Begin(connection, adapter.Connection.Id, now, cancellationToken) is not { } until) return 0;

        var since = until - s_overlap;
        if (now - since > s_longest) since = now - s_longest;
        var missed = 0;
        await foreach (var item in adapter.ListInbound(since, cancellationToken))
        {
            if (await intake.Accept(adapter.Connection, item, null, null, time.GetUtcNow(), logDuplicate: false, cancellationToken) == WebhookOutcome.Accepted)
                missed++;
        }

        await using var mark = new NpgsqlCommand("UPDATE fetch_marks SET fetched_until = $2 WHERE connection_id = $1", connection);
        mark.Parameters.Add(Sql.Value(adapter.Connection.Id));
        mark.Parameters.Add(Sql.Time(now - s_inFlight));
        await mark.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        if (missed > 0)
        {
            telemetry.Fetched(adapter.Connection.Channel, missed);
            LogFetched(missed, adapter.Connection.Channel, adapter.Connection.Id);
        }
        return missed;
    }

    /// <returns>Up to when it was asked before; null while another replica asks.</returns>
    private static async Task<DateTimeOffset?> Begin(NpgsqlConnection connection, Guid connectionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO fetch_marks AS m (connection_id, fetched_until) SELECT $1, $2 WHERE (SELECT pg_try_advisory_xact_lock($3))
            ON CONFLICT (connection_id) DO UPDATE SET fetched_until = m.fetched_until RETURNING fetched_until
            """, connection);
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Time(now));
        command.Parameters.Add(Sql.Value(Lock));
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime until ? new DateTimeOffset(until, TimeSpan.Zero) : null;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} messages of {Channel} {ConnectionId} were fetched that its webhooks did not bring")]
    private partial void LogFetched(int count, string channel, Guid connectionId);

    [LoggerMessage(LogLevel.Warning, "{Channel} {ConnectionId} cannot be asked for missed messages now ({Reason})")]
    private partial void LogFailed(string channel, Guid connectionId, string reason);
}
