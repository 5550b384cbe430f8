using System.Diagnostics;
using Assistify.Load.Channels;
using Assistify.Load.Systems;

namespace Assistify.Load.Chaos;

/// <summary>Customers write while everything is killed; afterwards nothing may be lost, doubled or out of order.</summary>
internal sealed class ChaosRun(TestedSystem system, ChaosOptions options, TextWriter progress)
{
    public async Task<ChaosReport> Run(CancellationToken cancellationToken)
    {
        using var writers = new Writers(system);
        var plan = ChaosPlan.Make(options, writers);
        var sending = new Sending(plan.Messages, plan.Kills.Count);
        await SetFaults(writers, cancellationToken);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var began = Stopwatch.GetTimestamp();

        var sender = sending.Run(giveUp.Token);
        var kills = await KillAll(plan, sending, cancellationToken);
        giveUp.CancelAfter(options.Settle);
        await sender;
        var duration = Stopwatch.GetElapsedTime(began);
        foreach (var channel in options.Channels) await writers.Sandbox.SetFaults(channel, new { }, cancellationToken);
        await progress.WriteLineAsync($"All sent after {duration.TotalSeconds:0.0} s; waiting for rest …");

        var settling = Stopwatch.GetTimestamp();
        var evidence = await Settling.Read(system, plan.Messages, options.Settle, cancellationToken);
        var settled = Stopwatch.GetElapsedTime(settling);

        return new ChaosReport(
            options, system.Options.Replicas,
            [.. Verifier.Check(evidence), .. Kills(kills)],
            kills, sending.Answers,
            evidence.Conversations.Values.Sum(messages => messages.Count),
            evidence.Outbox.Count, duration, settled,
            plan.Messages.Where(message => message.IsAcknowledged)
                .Select(message => Stopwatch.GetElapsedTime(message.FirstSent, message.Acknowledged)).DefaultIfEmpty().Max());
    }

    private async Task SetFaults(Writers writers, CancellationToken cancellationToken)
    {
        if (options.Channels.All(channel => channel == TestedChannel.Twilio)) return;
        foreach (var channel in options.Channels)
        {
            await writers.Sandbox.SetFaults(
                channel,
                new
                {
                    options.Seed, DuplicateInbound = 0.05, ReorderInbound = 0.05, DelayJitterMs = 50, SendStatus429 = 0.03, StatusDuplicate = 0.1, StatusReorder = 0.1,
                    TimeoutAfterAccept = channel.SettlesLost ? 0.03 : 0,
                },
                cancellationToken);
        }
    }

    private async Task<List<Kill>> KillAll(ChaosPlan plan, Sending sending, CancellationToken cancellationToken)
    {
        var killer = new Killer(system, new Random(options.Seed + 1));
        var recoveries = new List<Task<Kill>>();
        for (var phase = 0; phase < plan.Kills.Count; phase++)
        {
            var planned = plan.Kills[phase];
            sending.Begin(phase);
            await Task.Delay(planned.Delay, cancellationToken);
            var recovery = await killer.KillOne(planned.Component, cancellationToken);
            recoveries.Add(recovery);
            if (planned.Overlap) continue;

            var kill = await recovery;
            await progress.WriteLineAsync($"{phase + 1}/{plan.Kills.Count} {kill.Instance} killed, up again after {kill.Recovery?.TotalSeconds:0.0} s");
        }

        return [.. await Task.WhenAll(recoveries)];
    }

    private static IEnumerable<Violation> Kills(List<Kill> kills)
    {
        foreach (var component in ChaosPlan.Components.Except(kills.Select(kill => kill.Component)))
            yield return new Violation("Every component is really killed", component);
        foreach (var kill in kills.Where(kill => kill.Recovery is null))
            yield return new Violation("What is killed comes back by itself", kill.Instance);
    }
}
