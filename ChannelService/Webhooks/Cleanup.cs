using Npgsql;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Raw webhooks, and what was written to customers, live here for 30 days. The ledger keeps its rows without text: later
/// deliveries of a conversation are ordered behind them.
/// </summary>
internal sealed partial class Cleanup(NpgsqlDataSource database, TimeProvider time, ILogger<Cleanup> logger) : BackgroundService
{
    private const int BatchSize = 5_000;
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    private static readonly string[] s_statements =
    [
        "DELETE FROM webhook_logs WHERE id IN (SELECT id FROM webhook_logs WHERE received_at < $1 ORDER BY received_at LIMIT $2)",
        """
        UPDATE deliveries SET body = '', media_url = NULL, payload = NULL WHERE (delivery_id, part) IN (
            SELECT delivery_id, part FROM deliveries WHERE created_at < $1 AND body <> '' AND status >= 3 ORDER BY created_at LIMIT $2)
        """,
        """
        DELETE FROM media_jobs WHERE (message_id, attachment_id) IN (
            SELECT message_id, attachment_id FROM media_jobs WHERE created_at < $1 AND failed ORDER BY created_at LIMIT $2)
        """,
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(s_every, time, stoppingToken);
            try
            {
                await Run(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                LogFailed(exception.GetType().Name);
            }
        }
    }

    internal async Task Run(CancellationToken cancellationToken)
    {
        foreach (var statement in s_statements)
        {
            int affected;
            do
            {
                await using var command = database.CreateCommand(statement);
                command.Parameters.Add(Sql.Time(time.GetUtcNow() - s_kept));
                command.Parameters.Add(Sql.Value(BatchSize));
                affected = await command.ExecuteNonQueryAsync(cancellationToken);
            }
            while (affected == BatchSize);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Old webhooks cannot be removed now ({Reason})")]
    private partial void LogFailed(string reason);
}
