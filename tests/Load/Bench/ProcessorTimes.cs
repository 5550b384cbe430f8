using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>Processor time by part of the system, children included; the load generator and the provider's stand-in apart.</summary>
internal sealed class ProcessorTimes
{
    /// <summary>Not part of what is measured.</summary>
    public static readonly string[] Outside = ["sandbox", "load generator"];

    private readonly Dictionary<string, TimeSpan> _times;

    private ProcessorTimes(Dictionary<string, TimeSpan> times) => _times = times;

    public static ProcessorTimes Read(TestedSystem system)
    {
        var parents = ProcFiles.Parents();
        var times = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var instance in system.Running.Resources.Where(instance => instance.ProcessId is not null))
        {
            var family = ProcFiles.Family(instance.ProcessId!.Value, parents);
            times[instance.Resource] = times.GetValueOrDefault(instance.Resource)
                + TimeSpan.FromTicks(family.Sum(pid => ProcFiles.ProcessorTime(pid).Ticks));
        }

        times["apphost"] = ProcFiles.ProcessorTime(system.Running.HostProcessId);
        times["load generator"] = ProcFiles.ProcessorTime(Environment.ProcessId);
        return new ProcessorTimes(times);
    }

    /// <summary>Milliseconds since <paramref name="before"/> for each of so many messages.</summary>
    public IReadOnlyDictionary<string, double> PerMessage(ProcessorTimes before, int messages) => _times.ToDictionary(
        time => time.Key, time => (time.Value - before._times.GetValueOrDefault(time.Key)).TotalMilliseconds / messages, StringComparer.Ordinal);

    /// <summary>Share of one core that was busy with the part.</summary>
    public IReadOnlyDictionary<string, double> Cores(ProcessorTimes before, TimeSpan elapsed) => _times.ToDictionary(
        time => time.Key, time => (time.Value - before._times.GetValueOrDefault(time.Key)) / elapsed, StringComparer.Ordinal);
}
