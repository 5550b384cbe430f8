namespace Assistify.ChannelService;

/// <summary>Wake-ups within this process. What other replicas did is found by polling.</summary>
internal sealed class Signals : IDisposable
{
    /// <summary>A webhook was stored for the relay.</summary>
    public Signal Stored { get; } = new();

    /// <summary>Something may be ready to be sent.</summary>
    public Signal Queued { get; } = new();

    /// <summary>The fate of a call is open.</summary>
    public Signal Unsettled { get; } = new();

    /// <summary>A webhook was not taken: the provider may not bring it again.</summary>
    public Signal Refused { get; } = new();

    /// <summary>A message came whose media are with the provider.</summary>
    public Signal Media { get; } = new();

    public void Dispose()
    {
        foreach (var signal in (Signal[])[Stored, Queued, Unsettled, Refused, Media]) signal.Dispose();
    }
}

/// <summary>Remembers being set until somebody waits; one waiter.</summary>
internal sealed class Signal : IDisposable
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _set = new(0, 1);

    public void Set()
    {
        try
        {
            if (_set.CurrentCount == 0) _set.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else set it in between, which is as good.
        }
    }

    /// <summary>Returns when it is set, or after <paramref name="longest"/>.</summary>
    public async Task Wait(TimeSpan longest, CancellationToken cancellationToken) => await _set.WaitAsync(longest, cancellationToken);

    /// <summary>Works off what is due until it is stopped: goes on at once where as much was found as is taken, else when it is set or after a moment.</summary>
    /// <param name="work">Gives how many were due.</param>
    /// <param name="atOnce">How many it takes.</param>
    /// <param name="failed">Told of what went wrong; it is tried again after a moment.</param>
    public async Task WorkOff(
        Func<CancellationToken, Task<int>> work, int atOnce, Action<string> failed, TimeProvider time, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await work(stoppingToken) < atOnce) await Wait(s_poll, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                failed(exception.GetType().Name);
                await Task.Delay(s_poll, time, stoppingToken);
            }
        }
    }

    public void Dispose() => _set.Dispose();
}
