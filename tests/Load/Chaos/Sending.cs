using System.Collections.Concurrent;
using System.Diagnostics;

namespace Assistify.Load.Chaos;

/// <summary>Sends what customers write as their providers do, and repeats it until it is answered 200.</summary>
internal sealed class Sending(IReadOnlyList<PlannedMessage> messages, int phases)
{
    private readonly TaskCompletionSource[] _phases = [.. Enumerable.Range(0, phases).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
    private readonly ConcurrentDictionary<int, int> _answers = new();

    /// <summary>How often each status was answered; 0 is no answer.</summary>
    public IReadOnlyDictionary<int, int> Answers => _answers;

    /// <summary>Lets the messages of a phase go.</summary>
    public void Begin(int phase) => _phases[phase].TrySetResult();

    /// <summary>Completes when every message was answered 200, or <paramref name="cancellationToken"/> ends it.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(messages.GroupBy(message => message.Customer).Select(customer => Write([.. customer], cancellationToken)));
        }
        catch (OperationCanceledException)
        {
            // What was not answered shows in the evidence.
        }
    }

    private async Task Write(List<PlannedMessage> script, CancellationToken cancellationToken)
    {
        var underWay = new List<Task>();
        foreach (var message in script)
        {
            var phase = _phases[message.Phase].Task;
            if (!phase.IsCompleted)
            {
                await phase.WaitAsync(cancellationToken);
                await Task.Delay(message.Delay, cancellationToken);
            }

            if (!message.WithoutWaiting)
            {
                await Task.WhenAll(underWay);
                underWay.Clear();
            }

            underWay.Add(Deliver(message, cancellationToken));
        }

        await Task.WhenAll(underWay);
    }

    private async Task Deliver(PlannedMessage message, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, message.AtOnce).Select(_ => UntilAccepted(message, cancellationToken)));
        for (var again = 0; again < message.Again; again++) await Post(message, cancellationToken);
    }

    private async Task UntilAccepted(PlannedMessage message, CancellationToken cancellationToken)
    {
        for (var pause = 50; await Post(message, cancellationToken) != 200; pause = Math.Min(pause * 2, 1000))
            await Task.Delay(pause, cancellationToken);
    }

    private async Task<int> Post(PlannedMessage message, CancellationToken cancellationToken)
    {
        message.Sent(Stopwatch.GetTimestamp());
        var status = await message.Message.Post(cancellationToken);
        if (status == 200) message.Acknowledge(Stopwatch.GetTimestamp());
        _answers.AddOrUpdate(status, 1, static (_, count) => count + 1);
        return status;
    }
}
