using Assistify.Load.Chaos;
using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>The long forms of what `./test` does in short: nothing lost, doubled or out of order.</summary>
internal static class CorrectnessBench
{
    public static async Task<Figures> Chaos(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        var plan = ChaosOptions.Long(options.Seed ?? Random.Shared.Next());
        plan = plan with { Channels = options.Channels };
        if (options.Messages is { } messages) plan = plan with { Messages = messages, Customers = Math.Max(10, messages / 20), Rounds = Math.Max(1, messages / 2000) };
        Console.WriteLine($"  seed {plan.Seed}");
        var report = await new ChaosRun(system, plan, Console.Out).Run(cancellationToken);
        Console.WriteLine(report.Text());
        if (report.Violations.Count > 0) KeepLogs(system, plan.Seed);

        var name = options.Channels.Count > 1 ? "chaos-channels" : "chaos";
        var figures = new Figures(system.Options.Replicas > 1 ? $"{name}-{system.Options.Replicas}-replicas" : name);
        figures.Add("seed", plan.Seed, "");
        figures.Add("messages", plan.Messages, "");
        figures.Add("processes killed", report.Kills.Count, "");
        figures.AtMost("violations", report.Violations.Count, "", 0);
        figures.Add("time with kills", report.Duration.TotalSeconds, "s");
        figures.Add("time to rest afterwards", report.Settled.TotalSeconds, "s");
        figures.Add("longest until a webhook was answered 200", report.LongestAcknowledgement.TotalSeconds, "s");
        foreach (var component in report.Kills.GroupBy(kill => kill.Component).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            figures.Add($"{component.Key}: killed", component.Count(), "times");
            figures.Add($"{component.Key}: up again, average", component.Average(kill => kill.Recovery?.TotalSeconds ?? double.NaN), "s");
        }

        return figures;
    }

    public static async Task<Figures> Order(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        var report = await new OrderRun(system, options.Channels, 200, 50).Run(cancellationToken);
        foreach (var violation in report.Violations.Take(50)) Console.WriteLine($"  ✗ {violation}");

        var figures = new Figures(options.Channels.Count > 1 ? "order-channels" : "order");
        figures.Add("conversations", report.Conversations, "");
        figures.Add("messages in each", report.Messages, "");
        figures.Add("replicas of every service", report.Replicas, "");
        figures.AtMost("out of order", report.OutOfOrder, "", 0);
        figures.AtMost("other violations", report.Violations.Count, "", 0);
        figures.Add("accepted", report.Conversations * report.Messages / report.Sending.TotalSeconds, "messages/s");
        return figures;
    }

    /// <summary>What the services said is what explains a violation.</summary>
    private static void KeepLogs(TestedSystem system, int seed)
    {
        var target = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, $"chaos-{seed}")).FullName;
        foreach (var log in Directory.EnumerateFiles(Path.Combine(system.Running.DataFolder, "logs")))
            File.Copy(log, Path.Combine(target, Path.GetFileName(log)), overwrite: true);
        Console.WriteLine($"  logs kept in {Path.GetRelativePath(Repository.Root, target)}");
    }
}
