using Assistify.ChatService.Customers;
using Npgsql;

namespace Assistify.ChatService;

/// <summary>
/// Commands are remembered for a repeat of them, and nobody repeats one after days. A change that came before its message has seen it
/// come by then, or never will. A mention of months ago is history, so is an enquiry that nobody answered in its time, and a merge that
/// can no longer be undone.
/// </summary>
internal sealed partial class Housekeeping(NpgsqlDataSource database, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    private static readonly (string Sql, TimeSpan Age)[] s_old =
    [
        ("delete from operator_commands where created_at < $1", TimeSpan.FromDays(7)),
        ("delete from early_changes where at < $1", TimeSpan.FromDays(7)),
        ("delete from notifications where created_at < $1", TimeSpan.FromDays(90)),
        ("delete from enquiries where expires_at < $1", TimeSpan.Zero),
        ("delete from customer_merges where merged_at < $1", UnmergeCustomerEndpoint.Undoable),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Clean(stoppingToken);
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
    }

    /// <summary>Removes what is old now.</summary>
    internal async Task Clean(CancellationToken cancellationToken)
    {
        foreach (var (sql, age) in s_old)
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.AddWithValue(time.GetUtcNow() - age);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Old rows could not be removed ({Reason}); tried again in an hour")]
    private partial void LogFailed(string reason);
}
