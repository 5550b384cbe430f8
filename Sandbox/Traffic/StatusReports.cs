using System.Threading.Channels;
using Assistify.Sandbox.StandIns;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Traffic;

/// <summary>Tells how accepted messages fare: moves their status and reports it as the provider does, a bounded number at once.</summary>
internal sealed class StatusReports(WebhookSender sender, LiveEvents live, TimeProvider time, IOptions<SandboxOptions> options) : BackgroundService
{
    private static readonly string[] s_read = ["read"];
    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>();

    private sealed record Work(StandIn StandIn, Message Message, IReadOnlyList<string> Steps, int? ErrorCode);

    /// <summary>What usually follows, with the faults in force.</summary>
    public void Follow(StandIn standIn, Message message)
    {
        var faults = standIn.Faults;
        var now = faults.Current;
        var steps = now.StatusSteps ?? [];
        if (steps.Count > 1 && faults.Hit(now.StatusReorder)) steps = [.. steps.Reverse()];
        if (steps.Count > 0 && faults.Hit(now.StatusDuplicate)) steps = [.. steps, steps[faults.Next(steps.Count)]];
        if (message.FailsWith is not null) steps = ["failed"];
        if (steps.Count > 0) _queue.Writer.TryWrite(new Work(standIn, message, steps, message.FailsWith ?? now.StatusErrorCode));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.StatusWorkers).Select(_ => Run(stoppingToken)));

    private async Task Run(CancellationToken stoppingToken)
    {
        await foreach (var work in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var step in work.Steps)
            {
                if (work.StandIn.Faults.Current.StatusDelayMs is > 0 and var delay) await Task.Delay(TimeSpan.FromMilliseconds(delay), time, stoppingToken);
                await Report(work, step, step is "failed" or "undelivered" ? work.ErrorCode : null, stoppingToken);
            }

            // Somebody looks at the phone, so the message is read.
            if (work.Steps[^1] is "delivered" or "echo" && work.StandIn.KnownSteps.Contains("read", StringComparer.Ordinal) && live.AnybodyWatching) _ = ReadLater(work, stoppingToken);
        }
    }

    private async Task Report(Work work, string step, int? errorCode, CancellationToken stoppingToken)
    {
        work.StandIn.Messages.Advance(work.Message, step, errorCode, time.GetUtcNow());
        live.Publish("status", (work, step), static e => new { channel = e.work.StandIn.Channel, sid = e.work.Message.Sid, to = e.work.Message.To, status = e.step });
        if (work.StandIn.Report(work.Message, step, errorCode) is { } webhook) await sender.Post(webhook, stoppingToken);
    }

    private async Task ReadLater(Work work, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(2), time, stoppingToken);
            _queue.Writer.TryWrite(work with { Steps = s_read });
        }
        catch (OperationCanceledException)
        {
            // The sandbox stops.
        }
    }
}
