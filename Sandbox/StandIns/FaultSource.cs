namespace Assistify.Sandbox.StandIns;

/// <summary>The faults in force, and the dice.</summary>
internal sealed class FaultSource
{
    private readonly Lock _gate = new();
    private readonly Faults _defaults;
    private readonly TimeProvider _time;
    private Faults _current;
    private Random _dice;
    private long _second;
    private int _calls;

    public FaultSource(Faults defaults, TimeProvider time)
    {
        (_defaults, _time, _current) = (defaults, time, defaults);
        _dice = Dice(defaults.Seed);
    }

    public Faults Current => _current;

    /// <summary>When the tokens handed out before were declared expired; null while they are good.</summary>
    public DateTimeOffset? ExpiredAt { get; private set; }

    public Faults Set(Faults faults)
    {
        faults = faults with { StatusSteps = faults.StatusSteps ?? _defaults.StatusSteps, StatusErrorCode = faults.StatusErrorCode ?? _defaults.StatusErrorCode };
        lock (_gate)
        {
            ExpiredAt = !faults.TokenExpired ? null : ExpiredAt ?? _time.GetUtcNow();
            _current = faults;
            _dice = Dice(faults.Seed);
        }

        return faults;
    }

    public bool Hit(double probability)
    {
        if (probability <= 0) return false;
        lock (_gate) return _dice.NextDouble() < probability;
    }

    public int Next(int below)
    {
        lock (_gate) return _dice.Next(below);
    }

    /// <summary>Counts a call of the API; false where it is one too many in this second.</summary>
    public bool Admit()
    {
        var limit = _current.CallsPerSecond;
        if (limit <= 0) return true;

        lock (_gate)
        {
            var second = _time.GetUtcNow().ToUnixTimeSeconds();
            if (second != _second) (_second, _calls) = (second, 0);
            return ++_calls <= limit;
        }
    }

    public Task Delay(CancellationToken cancellationToken)
    {
        var faults = _current;
        if (faults.DelayMs == 0 && faults.DelayJitterMs == 0) return Task.CompletedTask;
        return Task.Delay(TimeSpan.FromMilliseconds(faults.DelayMs + Next(faults.DelayJitterMs + 1)), _time, cancellationToken);
    }

#pragma warning disable CA5394 // The dice must fall the same way for the same seed; nothing is secret here.
    private static Random Dice(int seed) => new(seed);
#pragma warning restore CA5394
}
