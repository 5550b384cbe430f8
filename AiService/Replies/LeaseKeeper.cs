namespace Assistify.AiService.Replies;

/// <summary>Renews the leases of the answers that this replica works on, and removes replies and traces that are too old.</summary>
internal sealed partial class LeaseKeeper(ReplyStore store, RunningReplies running, TimeProvider time, ILogger<LeaseKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_renewal = ReplyStore.Lease / 3;
    private static readonly TimeSpan s_purge = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var purgeAt = time.GetUtcNow() + s_renewal;
        using var timer = new PeriodicTimer(s_renewal, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (running.All() is { Count: > 0 } claims) await store.Renew(claims, stoppingToken);
                if (time.GetUtcNow() < purgeAt) continue;
                await store.Purge(s_kept, stoppingToken);
                purgeAt = time.GetUtcNow() + s_purge;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The lease outlives two missed renewals; after that another replica may answer, and ChatService takes one answer.
                LogMissed(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Leases were not renewed: {Failure}")]
    private partial void LogMissed(string failure);
}
