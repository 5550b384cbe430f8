namespace Assistify.Load.Chaos;

/// <param name="Rounds">How often each component is killed.</param>
internal sealed record ChaosOptions(int Messages, int Customers, int Rounds, int Seed)
{
    public double DuplicateRatio { get; init; } = 0.10;

    public double BurstRatio { get; init; } = 0.30;

    /// <summary>How often the next component is killed before the last one is up again.</summary>
    public double OverlapRatio { get; init; } = 0.30;

    /// <summary>How long everything may take to come to rest after the last kill; also the bound of issue 2 for <c>unknown</c>.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(120);

    public static ChaosOptions Short(int seed) => new(300, 30, 1, seed);

    public static ChaosOptions Long(int seed) => new(10_000, 500, 5, seed);
}
