using System.Globalization;

namespace Assistify.ServiceDefaults.Http;

public enum CircuitState
{
    Closed,
    HalfOpen,
    Open,
}

/// <summary>The circuit is open: nothing was sent.</summary>
public sealed class CircuitOpenException(string name, TimeSpan retryAfter)
    : HttpRequestException($"Calls to {name} are suspended after repeated failures.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>
/// Opens after five failures in a row and stays open for 60 s, on every instance: who opens it writes so to Redis, and the others
/// look there once a second. Without Redis each instance decides by itself. After the 60 s one call tries; the others wait for
/// what becomes of it.
/// </summary>
public sealed class Circuit(string name, TimeProvider time, Cache? cache)
{
    internal const int Failures = 5;
    internal static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lookAgainWithoutCache = TimeSpan.FromSeconds(5);

    // A trial whose caller vanished without telling must not suspend the circuit for ever.
    private static readonly TimeSpan s_trialLasts = TimeSpan.FromSeconds(150);

    private readonly Lock _lock = new();
    private int _failures;
    private bool _tripped;
    private DateTimeOffset _openUntil;
    private DateTimeOffset _trialUntil;
    private DateTimeOffset _nextLook;

    public string Name => name;

    public CircuitState State
    {
        get
        {
            lock (_lock)
            {
                if (!_tripped) return CircuitState.Closed;
                return time.GetUtcNow() < _openUntil ? CircuitState.Open : CircuitState.HalfOpen;
            }
        }
    }

    private string Key => $"circuit:{name}";

    /// <summary>Call before each attempt.</summary>
    /// <exception cref="CircuitOpenException">It must not be made.</exception>
    public async ValueTask Enter(CancellationToken cancellationToken)
    {
        if (cache is not null && time.GetUtcNow() >= _nextLook) await Look(cache, cancellationToken);

        lock (_lock)
        {
            if (!_tripped) return;
            var now = time.GetUtcNow();
            if (now < _openUntil) throw new CircuitOpenException(name, _openUntil - now);
            if (now < _trialUntil) throw new CircuitOpenException(name, TimeSpan.FromSeconds(1));
            _trialUntil = now + s_trialLasts;
        }
    }

    /// <summary>Call when an attempt succeeded.</summary>
    public async ValueTask Succeeded(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _failures = 0;
            if (!_tripped || time.GetUtcNow() < _openUntil) return;
            _tripped = false;
            _trialUntil = default;
        }

        await Share(remote => remote.Delete(Key, cancellationToken));
    }

    /// <summary>Call when an attempt failed for a reason that is the other side's.</summary>
    public async ValueTask Failed(CancellationToken cancellationToken)
    {
        DateTimeOffset until;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _failures++;
            var trialFailed = _tripped && now >= _openUntil;
            if (!trialFailed && (_tripped || _failures < Failures)) return;
            until = Open(now + OpenFor);
        }

        await Share(remote => remote.Set(
            Key, until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), OpenFor, cancellationToken));
    }

    /// <summary>Call when an attempt ended without telling anything about the other side (the caller gave up).</summary>
    public void Abandoned()
    {
        lock (_lock) _trialUntil = default;
    }

    private DateTimeOffset Open(DateTimeOffset until)
    {
        _tripped = true;
        _failures = 0;
        _trialUntil = default;
        return _openUntil = until;
    }

    private async Task Look(Cache remote, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Others go on while one looks.
            if (time.GetUtcNow() < _nextLook) return;
            _nextLook = time.GetUtcNow() + s_lookEvery;
        }

        try
        {
            var shared = await remote.Get(Key, cancellationToken);
            if (!long.TryParse(shared, CultureInfo.InvariantCulture, out var milliseconds)) return;
            var until = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            lock (_lock)
            {
                if (until > time.GetUtcNow() && until > _openUntil) Open(until);
            }
        }
        catch (CacheUnavailableException)
        {
            lock (_lock) _nextLook = time.GetUtcNow() + s_lookAgainWithoutCache;
        }
    }

    private async Task Share(Func<Cache, Task> change)
    {
        if (cache is null) return;
        try
        {
            await change(cache);
        }
        catch (Exception exception) when (exception is CacheUnavailableException or OperationCanceledException)
        {
            // The others find out by themselves.
        }
    }
}
