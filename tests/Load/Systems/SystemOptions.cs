using Assistify.Load.Channels;

namespace Assistify.Load.Systems;

/// <summary>How a system under test is started.</summary>
internal sealed record SystemOptions
{
    /// <summary>An existing data folder to go on with; a new temporary one where it is null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Of every service, the gateway included.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Further configuration, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A harness sends from one address and as one operator what many would send in life.</summary>
    public static IReadOnlyDictionary<string, string> RaisedLimits { get; } = new Dictionary<string, string>
    {
        ["Limits__OperatorPerSecond"] = "1000000",
        ["Limits__CustomerPerSecond"] = "1000000",
        ["Limits__SessionsPerMinutePerAddress"] = "1000000",
        ["Limits__LoginsPerMinutePerAddress"] = "1000000",
        ["Limits__BadSignaturesPerMinutePerAddress"] = "1000000",
    };

    /// <summary>How long every channel waits for further messages of a burst.</summary>
    public static IReadOnlyDictionary<string, string> BurstWait(int milliseconds) =>
        TestedChannel.All.ToDictionary(channel => $"Channels__{channel.Section}__BurstWaitMs", _ => $"{milliseconds}");

    public SystemOptions With(params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>(Environment, StringComparer.Ordinal);
        foreach (var (name, value) in variables) all[name] = value;
        return this with { Environment = all };
    }

    public SystemOptions With(IReadOnlyDictionary<string, string> variables) =>
        With([.. variables.Select(variable => (variable.Key, variable.Value))]);

    /// <summary>All of it as AppHost takes it.</summary>
    public Dictionary<string, string> Variables()
    {
        var all = new Dictionary<string, string>(Environment, StringComparer.Ordinal);
        if (Replicas > 1)
        {
            foreach (var service in new[] { "CHANNEL", "CHAT", "AI", "ANALYTICS", "GATEWAY" })
                all[$"ASSISTIFY_REPLICAS__{service}"] = $"{Replicas}";
        }

        return all;
    }
}
