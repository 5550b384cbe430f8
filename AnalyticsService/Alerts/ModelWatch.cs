using System.Globalization;
using Assistify.AnalyticsService.Events;
using Assistify.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AnalyticsService.Alerts;

/// <summary>
/// Watches how well customers' messages are understood: of those of the last seven days, how many operators said were taken for something else, against
/// the four weeks before. A drop that chance does not explain is an event of the log, once a day for as long as it lasts, and is told to the
/// workspace's owners and admins.
/// </summary>
internal sealed partial class ModelWatch(NpgsqlDataSource database, EventLog log, IQualityAlerts alerts, TimeProvider time, ILogger<ModelWatch> logger) : BackgroundService
{
    private const string Intents = "intents";
    private const int FewestMessages = 30;
    private const double LeastDrop = 0.05;

    // Of a normal distribution: one in seven hundred.
    private const double Beyond = 3;

    // Where there is little to compare with, one in twenty is taken for usual.
    private const int PriorMessages = 100;
    private const int PriorWrong = 5;

    private static readonly TimeSpan s_poll = TimeSpan.FromMinutes(15);

    private const string Sql =
        $"""
        with measured as (
            select r.workspace_id, r.occurred_at >= $1::timestamptz - interval '7 days' as recent,
                exists (select from events c where c.workspace_id = r.workspace_id and c.message_id = r.message_id and c.type = {EventTypes.Corrected}
                    and c.status = 'wrong' and c.occurred_at >= $1::timestamptz - interval '35 days') as wrong
            from events r
            where r.workspace_id in (select workspace_id from events where type = {EventTypes.Corrected} and occurred_at >= $1::timestamptz - interval '7 days')
                and r.type = {EventTypes.Received} and r.occurred_at >= $1::timestamptz - interval '35 days' and r.occurred_at < $1
                and exists (select from events u where u.message_id = r.message_id and u.type = {EventTypes.Understood} and u.intent is not null))
        select workspace_id, count(*) filter (where recent), count(*) filter (where recent and wrong), count(*) filter (where not recent), count(*) filter (where not recent and wrong)
        from measured m
        where not exists (
            select from events d where d.workspace_id = m.workspace_id and d.type = {EventTypes.QualityDropped} and d.occurred_at > $1::timestamptz - interval '1 day' and d.occurred_at <= $1)
        group by workspace_id
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogMissed(failure.GetType().Name);
            }
        }
    }

    /// <returns>The workspaces where it dropped.</returns>
    internal async Task<IReadOnlyList<Guid>> Look(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dropped = new List<RecordedEvent>();
        var told = new List<QualityDropped>();
        await using (var command = database.CreateCommand(Sql))
        {
            command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, now);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var (workspace, messages, wrong) = (reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2));
                if (!HasDropped(messages, wrong, reader.GetInt64(3), reader.GetInt64(4))) continue;
                var accuracy = 1 - wrong / (double)messages;
                LogDropped(workspace, accuracy, messages);
                told.Add(new QualityDropped(workspace, Intents, accuracy, messages, now));
                // One a day, though two replicas saw it.
                dropped.Add(new RecordedEvent(
                    Identifiers.Derive(string.Create(CultureInfo.InvariantCulture, $"model-quality-dropped/{workspace}/{now.UtcDateTime:yyyy-MM-dd}")), EventTypes.QualityDropped.Trim('\''), workspace, Guid.Empty, Guid.Empty, "", null, now,
                    new EventDetails(Confidence: accuracy, Status: Intents)));
            }
        }
        if (dropped.Count > 0) await log.Append(new EventsRecorded(dropped), cancellationToken);
        foreach (var one in told) await alerts.Tell(one, cancellationToken);
        return [.. dropped.Select(one => one.WorkspaceId)];
    }

    /// <summary>Whether the share of wrong ones has grown by more than chance and by enough to matter.</summary>
    internal static bool HasDropped(long messages, long wrong, long messagesBefore, long wrongBefore)
    {
        if (messages < FewestMessages) return false;
        var (n, m) = ((double)messages, (double)messagesBefore + PriorMessages);
        var (now, before) = (wrong / n, (wrongBefore + PriorWrong) / m);
        var all = (wrong + wrongBefore + PriorWrong) / (n + m);
        return now - before >= LeastDrop && now - before >= Beyond * Math.Sqrt(all * (1 - all) * (1 / n + 1 / m));
    }

    [LoggerMessage(LogLevel.Warning, "Intents are told worse than before in workspace {WorkspaceId}: {Accuracy} of {Messages} messages in seven days")]
    private partial void LogDropped(Guid workspaceId, double accuracy, long messages);

    [LoggerMessage(LogLevel.Warning, "How well messages are understood could not be looked at now ({Reason})")]
    private partial void LogMissed(string reason);
}
