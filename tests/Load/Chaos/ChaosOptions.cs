using Assistify.Load.Channels;

namespace Assistify.Load.Chaos;

/// <param name="Rounds">How often each component is killed.</param>
internal sealed record ChaosOptions(int Messages, int Customers, int Rounds, int Seed)
{
    /// <summary>Customers are spread over them; beyond Twilio alone the providers make mistakes too.</summary>
    public IReadOnlyList<TestedChannel> Channels { get; init; } = [TestedChannel.Twilio];

    public double DuplicateRatio { get; init; } = 0.10;

    public double BurstRatio { get; init; } = 0.30;

    /// <summary>How often the next component is killed before the last one is up again.</summary>
    public double OverlapRatio { get; init; } = 0.30;

    /// <summary>
    /// How long everything may take to come to rest after the last kill; also the bound for <c>unknown</c>. Where a provider tells nothing of a
    /// lost attempt, what waits behind it goes on after two minutes.
    /// </summary>
    public TimeSpan Settle => TimeSpan.FromSeconds(Channels.All(channel => channel.SettlesAbsent) ? 120 : 180);

    public static ChaosOptions Short(int seed) => new(300, 30, 1, seed);

    public static ChaosOptions Long(int seed) => new(10_000, 500, 5, seed);
}
