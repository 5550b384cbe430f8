using Npgsql;

namespace Assistify.ChatService;

/// <summary>Commands are remembered for a repeat of them, and nobody repeats one after days.</summary>
internal sealed partial class Housekeeping(NpgsqlDataSource database, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_commandsLive = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var command = database.CreateCommand("delete from operator_commands where created_at < $1");
                command.Parameters.AddWithValue(time.GetUtcNow() - s_commandsLive);
                await command.ExecuteNonQueryAsync(stoppingToken);
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Old commands could not be removed ({Reason}); tried again in an hour")]
    private partial void LogFailed(string reason);
}
