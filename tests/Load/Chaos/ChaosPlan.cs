using Assistify.Load.Channels;

namespace Assistify.Load.Chaos;

/// <param name="Delay">After the phase's messages began.</param>
/// <param name="Overlap">The next phase begins before this component is up again.</param>
internal sealed record PlannedKill(string Component, TimeSpan Delay, bool Overlap);

/// <summary>Everything that is left to chance, drawn from one seed: who writes what and when, and what is killed when.</summary>
internal sealed record ChaosPlan(IReadOnlyList<PlannedMessage> Messages, IReadOnlyList<PlannedKill> Kills)
{
    /// <summary>The sandbox is the provider and stays.</summary>
    public static readonly string[] Components = ["chat", "channels", "ai", "analytics", "gateway", "messaging", "postgres", "cache"];

    // None asks for a person, so every turn stays with the assistant.
    private static readonly string[] s_texts =
    [
        "When are you open?",
        "Are you open on Sunday?",
        "Do you ship to Cyprus?",
        "How long does shipping take?",
        "How do I return something?",
        "I am looking for a blue vase under 50 EUR",
        "Do you have a vase?",
        "What are your opening hours? 🌷",
        "How much is shipping to Cyprus, please",
        "Can I send it back within a week?",
    ];

    public static ChaosPlan Make(ChaosOptions options, Writers writers)
    {
        var random = new Random(options.Seed);
        var kills = DrawKills(options, random);
        // An own range of numbers for each seed and run, so that runs on one data folder do not meet.
        var range = random.Next(100, 1000) * 10_000L;

        var messages = new List<PlannedMessage>(options.Messages);
        for (var i = 0; i < options.Messages; i++)
        {
            var customer = random.Next(options.Customers);
            var text = s_texts[random.Next(s_texts.Length)];
            messages.Add(new PlannedMessage(
                customer, writers.Message(options.Channels[customer % options.Channels.Count], range + customer, text, random), text,
                Phase: (int)((long)i * kills.Count / options.Messages),
                Delay: TimeSpan.FromMilliseconds(random.Next(2500)),
                WithoutWaiting: random.NextDouble() < options.BurstRatio,
                AtOnce: random.NextDouble() < options.DuplicateRatio / 2 ? 2 : 1,
                Again: random.NextDouble() < options.DuplicateRatio ? random.Next(1, 3) : 0));
        }

        return new ChaosPlan(messages, kills);
    }

    private static List<PlannedKill> DrawKills(ChaosOptions options, Random random)
    {
        var kills = new List<PlannedKill>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var order = Components.ToArray();
            random.Shuffle(order);
            kills.AddRange(order.Select(component => new PlannedKill(
                component, TimeSpan.FromMilliseconds(random.Next(2500)), random.NextDouble() < options.OverlapRatio)));
        }

        return kills;
    }
}
