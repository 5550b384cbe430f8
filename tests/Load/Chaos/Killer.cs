using System.Diagnostics;
using Assistify.Load.Systems;
using Assistify.Testing;

namespace Assistify.Load.Chaos;

/// <summary>A kill that happened.</summary>
/// <param name="Recovery">Until the instance ran again and was healthy; null where it never was.</param>
internal sealed record Kill(string Component, string Instance, int ProcessId, TimeSpan? Recovery);

/// <summary>Ends processes with SIGKILL and sees them come back.</summary>
internal sealed class Killer(TestedSystem system, Random random)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    /// <summary>Kills one instance of the component as soon as all of them are up.</summary>
    /// <returns>Completes with the kill; its inner task when the instance is up again.</returns>
    public async Task<Task<Kill>> KillOne(string component, CancellationToken cancellationToken)
    {
        var victim = await Up(component, cancellationToken);
        var pid = victim.ProcessId!.Value;
        if (!system.Running.Kill(victim.Name)) throw new InvalidOperationException($"{victim.Name} ended before it was killed.");
        var at = Stopwatch.GetTimestamp();
        for (; ProcFiles.Lives(pid); await Task.Delay(5, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(at) > s_patience) throw new InvalidOperationException($"{victim.Name} ({pid}) survived SIGKILL.");
        }

        return Recovered(component, victim, at, cancellationToken);
    }

    private async Task<RunningResource> Up(string component, CancellationToken cancellationToken)
    {
        for (var from = Stopwatch.GetTimestamp(); ; await Task.Delay(50, cancellationToken))
        {
            var instances = Instances(component);
            if (instances.Count > 0 && instances.All(IsUp)) return instances[random.Next(instances.Count)];
            if (Stopwatch.GetElapsedTime(from) > s_patience)
                throw new InvalidOperationException($"{component} is not up: {string.Join(", ", instances.Select(instance => $"{instance.Name} {instance.State} healthy={instance.Healthy}"))}.");
        }
    }

    private async Task<Kill> Recovered(string component, RunningResource victim, long killedAt, CancellationToken cancellationToken)
    {
        while (Stopwatch.GetElapsedTime(killedAt) < s_patience)
        {
            var now = Instances(component).FirstOrDefault(instance => instance.Name == victim.Name);
            if (now is not null && now.Starts > victim.Starts && IsUp(now))
                return new Kill(component, victim.Name, victim.ProcessId!.Value, Stopwatch.GetElapsedTime(killedAt));
            await Task.Delay(20, cancellationToken);
        }

        return new Kill(component, victim.Name, victim.ProcessId!.Value, null);
    }

    // By the resource alone: "chat" is not "chatdb".
    private List<RunningResource> Instances(string component) => [.. system.Running.Resources.Where(instance => instance.Resource == component)];

    private static bool IsUp(RunningResource instance) => instance is { Healthy: true, State: "Running", ProcessId: not null };
}
