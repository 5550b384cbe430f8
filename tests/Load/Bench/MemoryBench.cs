using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>Resident memory of every process, shared pages divided: at rest and under load.</summary>
internal static class MemoryBench
{
    private const double MiB = 1024 * 1024;
    private const int PerSecond = 200;

    public static async Task<Figures> Run(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        // The collectors and the dashboard come to rest a while after the start.
        await Task.Delay(TimeSpan.FromSeconds(20), cancellationToken);
        var idle = Read(system);

        using var twilio = system.Twilio();
        var load = OpenLoop.Run(twilio, OpenLoop.Prepare(twilio.Account, PerSecond * options.Seconds, Customers.New(1000)), PerSecond, cancellationToken);
        await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(options.Seconds * 0.9), cancellationToken));
        var loaded = Read(system);
        await load;

        var figures = new Figures("memory");
        foreach (var (part, bytes) in idle.OrderByDescending(part => part.Value))
        {
            figures.Add($"{part}, idle", bytes / MiB, "MiB");
            figures.Add($"{part}, at {PerSecond}/s", loaded.GetValueOrDefault(part) / MiB, "MiB");
        }

        figures.AtMost("everything, idle (the sandbox apart)", Sum(idle), "MiB", 1536);
        figures.Add($"everything, at {PerSecond}/s (the sandbox apart)", Sum(loaded), "MiB");
        return figures;
    }

    private static double Sum(Dictionary<string, long> parts) => parts.Where(part => part.Key != "sandbox").Sum(part => part.Value) / MiB;

    private static Dictionary<string, long> Read(TestedSystem system)
    {
        var parents = ProcFiles.Parents();
        var memory = new Dictionary<string, long>(StringComparer.Ordinal) { ["apphost"] = ProcFiles.ProportionalMemory(system.Running.HostProcessId) };
        foreach (var instance in system.Running.Resources.Where(instance => instance.ProcessId is not null))
            memory[instance.Name] = ProcFiles.Family(instance.ProcessId!.Value, parents).Sum(ProcFiles.ProportionalMemory);
        return memory;
    }
}
