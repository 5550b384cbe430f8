namespace Assistify.Gateway.Limits;

/// <summary>So many per period, of which all may come at once.</summary>
internal readonly record struct Rate(int Count, TimeSpan Period)
{
    public static Rate PerSecond(int count) => new(count, TimeSpan.FromSeconds(1));

    public static Rate PerMinute(int count) => new(count, TimeSpan.FromMinutes(1));

    /// <summary>Time that one takes, in microseconds.</summary>
    public long Interval => Math.Max(1, (long)(Period.TotalMicroseconds / Count));
}

/// <summary>
/// One principal's or address's allowance. The truth is in Redis; this instance takes a few permits at a time (a lease) so that it need
/// not ask for each request: one after a pause, twice as many when the last ones were used up quickly, at most a tenth of the rate.
/// </summary>
internal sealed class Allowance(string key, Rate rate, RateLimiter limiter) : IDisposable
{
    private static readonly TimeSpan s_leaseLasts = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_quickly = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _leasing = new(1);
    private readonly int _largestLease = Math.Max(1, rate.Count / 10);
    private int _permits;
    private int _lease = 1;
    private long _leasedAt;
    private long _deniedUntil;

    public string Key => key;

    public Rate Rate => rate;

    /// <summary>Takes one from the lease; the fast path, which never waits.</summary>
    public bool TryTake()
    {
        if (limiter.IsOpen) return true;
        lock (_lock)
        {
            if (_permits == 0) return false;
            if (limiter.Since(_leasedAt) >= s_leaseLasts)
            {
                _permits = 0;
                return false;
            }

            _permits--;
            return true;
        }
    }

    /// <returns>Null: go on. Otherwise when to come back.</returns>
    public async ValueTask<TimeSpan?> Take(CancellationToken cancellationToken)
    {
        if (TryTake()) return null;

        await _leasing.WaitAsync(cancellationToken);
        try
        {
            if (TryTake()) return null;
            if (Denied() is { } known) return known;

            _lease = limiter.Since(_leasedAt) < s_quickly ? Math.Min(_lease * 2, _largestLease) : 1;
            var (granted, wait) = await limiter.Lease(this, _lease, cancellationToken);
            lock (_lock)
            {
                _leasedAt = limiter.Now;
                _permits = Math.Max(0, granted - 1);
            }

            if (granted > 0) return null;
            // Redis need not be asked again before a permit can have grown.
            _deniedUntil = limiter.Now + limiter.Ticks(wait);
            return wait;
        }
        finally
        {
            _leasing.Release();
        }
    }

    public void Dispose() => _leasing.Dispose();

    private TimeSpan? Denied() => _deniedUntil - limiter.Now is > 0 and var left ? limiter.Span(left) : null;
}
