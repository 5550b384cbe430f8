using System.Globalization;
using Assistify.Load.Channels;
using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>What the command line says: <c>--seconds 20 --replicas 2 --seed 7 --messages 10000 --rate 400 --channels all</c>.</summary>
internal sealed record BenchOptions(int Seconds, int Replicas, int? Seed, int? Messages, double? Rate, IReadOnlyList<TestedChannel> Channels)
{
    public static BenchOptions Parse(string[] args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
                throw new ArgumentException($"'{args[i]}' is no option with a value.");
            values[args[i][2..]] = args[i + 1];
        }

        var options = new BenchOptions(Number("seconds") ?? 15, Number("replicas") ?? 1, Number("seed"), Number("messages"), Number("rate"), ChannelsNamed());
        return values.Count == 0 ? options : throw new ArgumentException($"There is no option --{values.Keys.First()}.");

        IReadOnlyList<TestedChannel> ChannelsNamed() => !values.Remove("channels", out var name)
            ? [TestedChannel.Twilio]
            : TestedChannel.Named(name) ?? throw new ArgumentException($"--channels is all or one of {string.Join(", ", TestedChannel.All.Select(channel => channel.Name))}.");

        int? Number(string name) => values.Remove(name, out var text)
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new ArgumentException($"--{name} is a number above 0.")
            : null;
    }

    /// <summary>As the budgets have it: limits raised, few traces, no waiting for further messages.</summary>
    public SystemOptions System() => new SystemOptions { Replicas = Replicas }
        .With(SystemOptions.RaisedLimits)
        .With(SystemOptions.BurstWait(0))
        .With(("Telemetry__TraceRatio", "0.01"));
}
