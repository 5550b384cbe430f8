namespace Assistify.Sandbox.Twilio;

/// <summary>The faults in force, and the dice.</summary>
internal sealed class FaultSource(TimeProvider time)
{
    private readonly Lock _gate = new();
    private Faults _current = new();
    private Random _dice = Dice(1);

    public Faults Current => _current;

    public void Set(Faults faults)
    {
        lock (_gate)
        {
            _current = faults;
            _dice = Dice(faults.Seed);
        }
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

    public Task Delay(CancellationToken cancellationToken)
    {
        var faults = _current;
        if (faults.DelayMs == 0 && faults.DelayJitterMs == 0) return Task.CompletedTask;
        return Task.Delay(TimeSpan.FromMilliseconds(faults.DelayMs + Next(faults.DelayJitterMs + 1)), time, cancellationToken);
    }

#pragma warning disable CA5394 // The dice must fall the same way for the same seed; nothing is secret here.
    private static Random Dice(int seed) => new(seed);
#pragma warning restore CA5394
}
