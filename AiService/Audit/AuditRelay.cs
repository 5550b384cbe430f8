namespace Assistify.AiService.Audit;

/// <summary>Tells the audit log what was noted while the broker was away.</summary>
internal sealed partial class AuditRelay(AuditTrail trail, TimeProvider time, ILogger<AuditRelay> logger) : BackgroundService
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
                if (!await trail.TellRest(s_age, stoppingToken)) LogUntold("the broker is away");
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogUntold(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was done could not be told to the audit log now ({Reason}); it is noted and will be")]
    private partial void LogUntold(string reason);
}
