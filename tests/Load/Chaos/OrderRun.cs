using System.Diagnostics;
using Assistify.Load.Channels;
using Assistify.Load.Systems;

namespace Assistify.Load.Chaos;

/// <param name="OutOfOrder">Messages stored after one that was sent later.</param>
internal sealed record OrderReport(int Conversations, int Messages, int Replicas, int OutOfOrder, TimeSpan Sending, IReadOnlyList<Violation> Violations);

/// <summary>Many customers write at once, each the next message when the one before was answered 200.</summary>
internal sealed class OrderRun(TestedSystem system, IReadOnlyList<TestedChannel> channels, int conversations, int messages)
{
    public async Task<OrderReport> Run(CancellationToken cancellationToken)
    {
        using var writers = new Writers(system);
        var random = new Random();
        var range = random.Next(100, 1000) * 10_000L;
        var planned = (
            from customer in Enumerable.Range(0, conversations)
            from number in Enumerable.Range(1, messages)
            let text = $"Message {number}"
            select new PlannedMessage(
                customer, writers.Message(channels[customer % channels.Count], range + customer, text, random), text,
                Phase: 0, Delay: TimeSpan.Zero, WithoutWaiting: false, AtOnce: 1, Again: 0)).ToList();

        var sending = new Sending(planned, phases: 1);
        sending.Begin(0);
        var began = Stopwatch.GetTimestamp();
        await sending.Run(cancellationToken);
        var duration = Stopwatch.GetElapsedTime(began);

        var evidence = await Settling.Read(system, planned, TimeSpan.FromSeconds(120), cancellationToken);
        var violations = Verifier.Check(evidence);
        return new OrderReport(conversations, messages, system.Options.Replicas, OutOfOrder(evidence, planned), duration, violations);
    }

    private static int OutOfOrder(Evidence evidence, List<PlannedMessage> planned)
    {
        var number = planned.Select((message, index) => (message.Sid, index)).ToDictionary(entry => entry.Sid, entry => entry.index, StringComparer.Ordinal);
        return evidence.Conversations.Values.Sum(conversation =>
        {
            var highest = -1;
            var late = 0;
            foreach (var message in conversation.Where(message => message.ExternalId is not null && number.ContainsKey(message.ExternalId)))
            {
                if (number[message.ExternalId!] < highest) late++;
                else highest = number[message.ExternalId!];
            }

            return late;
        });
    }
}
