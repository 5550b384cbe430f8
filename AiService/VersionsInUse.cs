namespace Assistify.AiService;

/// <summary>
/// Keeps in memory which versions workspaces use: those of now before the service answers anything, told of a change at once, and looking by itself in case
/// nobody told.
/// </summary>
internal abstract partial class VersionsInUse(TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task Refresh(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await Load(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Try(Refresh, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Only one at a time.</summary>
    protected abstract Task Load(CancellationToken cancellationToken);

    /// <summary>What is to be done after each look.</summary>
    protected virtual Task Looked(CancellationToken stoppingToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Try(Refresh, stoppingToken);
            await Looked(stoppingToken);
        }
    }

    protected async Task Try(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // What is in memory goes on being used.
            LogMissed(GetType().Name, failure.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Service} could not look now ({Reason})")]
    private partial void LogMissed(string service, string reason);
}
