namespace Assistify.AiService.Audit;

/// <summary>Tells others what was changed while the broker was away.</summary>
internal sealed partial class OutboxRelay(Outbox outbox, TimeProvider time, ILogger<OutboxRelay> logger) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!await outbox.TellRest(s_age, stoppingToken)) LogUntold("the broker is away");
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogUntold(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was changed could not be told to others now ({Reason}); it is kept and will be")]
    private partial void LogUntold(string reason);
}
