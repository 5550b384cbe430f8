using System.Net;
using Npgsql;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Asks providers for what their webhooks did not bring, customers' messages and shops' records: after a start, after a time in which
/// webhooks were not taken, and now and then; once a day for the whole day, since a provider may show something later than it made it.
/// What is unknown goes the same way as a webhook. One replica at a time.
/// </summary>
internal sealed partial class MissedMessages(
    NpgsqlDataSource database, ChannelAdapters adapters, PersonIntake intake, RecordIntake records, Signals signals, ChannelTelemetry telemetry, TimeProvider time,
    ILogger<MissedMessages> logger) : BackgroundService
{
    private const long Lock = 0x4173_7369_0002;
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(3);

    // A provider may take this long to bring a message by itself; it is asked about only afterwards.
    private static readonly TimeSpan s_inFlight = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_wholeDay = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(25);

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

                    // Credentials that are refused now are refused in three seconds too, and who asks too much asks later.
                    if (exception is not HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests })
                        wait = s_retry;
                }
            }

            await signals.Refused.Wait(wait, stoppingToken);

            // While nothing can be stored, each refusal wakes this: once a second is enough.
            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
        }
    }

    /// <returns>How much was unknown.</returns>
    internal async Task<int> Fetch(IChannelAdapter adapter, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await Begin(connection, adapter.Connection.Id, now, cancellationToken) is not (var fetched, var reconciled)) return 0;

        var isWholeDay = now - reconciled >= s_wholeDay;
        if (!isWholeDay && now - fetched < adapter.ListsEvery)
        {
            // The mark stays, if it is a new one: from now on it is asked for everything.
            await transaction.CommitAsync(cancellationToken);
            return 0;
        }

        var since = (isWholeDay ? reconciled : fetched) - s_overlap;
        if (now - since > s_longest) since = now - s_longest;
        var missed = 0;
        await foreach (var item in adapter.ListSince(since, id => intake.Knows(adapter.Connection, id, cancellationToken), cancellationToken))
        {
            if (await Take(adapter.Connection, item, now, cancellationToken) == WebhookOutcome.Accepted) missed++;
        }

        await using var mark = new NpgsqlCommand(
            "UPDATE fetch_marks SET fetched_until = $2, reconciled_at = CASE WHEN $3 THEN $2 ELSE reconciled_at END WHERE connection_id = $1", connection);
        mark.Parameters.Add(Sql.Value(adapter.Connection.Id));
        mark.Parameters.Add(Sql.Time(now - s_inFlight));
        mark.Parameters.Add(Sql.Value(isWholeDay));
        await mark.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        if (missed > 0)
        {
            telemetry.Fetched(adapter.Connection.Channel, missed);
            LogFetched(missed, adapter.Connection.Channel, adapter.Connection.Id);
        }
        return missed;
    }

    private async Task<WebhookOutcome> Take(ChannelConnection connection, WebhookItem item, DateTimeOffset now, CancellationToken cancellationToken) => item switch
    {
        PersonItem person => await intake.Accept(connection, person, null, null, time.GetUtcNow(), logDuplicate: false, cancellationToken),

        // The webhook may be on its way still; the next time this is asked for again.
        CommerceItem { UpdatedAt: { } at } when at > now - s_inFlight => WebhookOutcome.Duplicate,
        CommerceItem record => await records.Complete(connection, record, time.GetUtcNow(), cancellationToken),
        _ => throw new InvalidOperationException($"{item.GetType().Name} is brought by webhooks alone."),
    };

    /// <returns>Up to when it was asked before, now and then and for whole days; null while another replica asks.</returns>
    private static async Task<(DateTimeOffset Fetched, DateTimeOffset Reconciled)?> Begin(
        NpgsqlConnection connection, Guid connectionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO fetch_marks AS m (connection_id, fetched_until, reconciled_at) SELECT $1, $2, $2 WHERE (SELECT pg_try_advisory_xact_lock($3))
            ON CONFLICT (connection_id) DO UPDATE SET fetched_until = m.fetched_until RETURNING fetched_until, reconciled_at
            """, connection);
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Time(now));
        command.Parameters.Add(Sql.Value(Lock));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} items of {Channel} {ConnectionId} were fetched that its webhooks did not bring")]
    private partial void LogFetched(int count, string channel, Guid connectionId);

    [LoggerMessage(LogLevel.Warning, "{Channel} {ConnectionId} cannot be asked now for what its webhooks did not bring ({Reason})")]
    private partial void LogFailed(string channel, Guid connectionId, string reason);
}
