using System.Diagnostics;
using Assistify.Load.Systems;
using Assistify.Load.WhatsApp;

namespace Assistify.Load.Bench;

/// <summary>From webhook to reply sent: the highest rate whose backlog does not grow, and where the processor time goes.</summary>
internal static class PathBench
{
    // Enough that a customer has his answer before it is his turn again, so that each message has an answer of its own.
    private const int CustomerCount = 4000;
    private static readonly double[] s_rates = [50, 100, 200, 300, 400, 500, 600, 800, 1000, 1200, 1400, 1600];

    private sealed record Step(
        double Rate, int Sent, int Refused, int Missing, int BacklogAtEnd, double P50, double P99, double Slowest, IReadOnlyDictionary<string, double> Processor,
        IReadOnlyDictionary<string, double> Cores)
    {
        /// <summary>Backlog of less than a second, everything accepted and answered.</summary>
        public bool IsSustained => Refused == 0 && Missing == 0 && BacklogAtEnd < Math.Max(20, Rate);
    }

    public static async Task<Figures> Run(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        using var twilio = system.Twilio();
        var phones = Customers.New(CustomerCount);
        var steps = new List<Step>();
        // Everything is compiled and every customer is known before anything counts.
        Print(await One(system, twilio, phones, 50, 20, cancellationToken), "warm-up");
        Print(await One(system, twilio, phones, 100, 20, cancellationToken), "warm-up");
        double[] rates = options.Rate is { } one ? [one] : s_rates;
        foreach (var rate in rates)
        {
            var step = await One(system, twilio, phones, rate, options.Seconds, cancellationToken);
            steps.Add(step);
            Print(step, step.IsSustained ? "sustained" : "not sustained");
            if (!step.IsSustained) break;
        }

        if (steps.Count > 1 && !steps[^1].IsSustained)
        {
            var step = await One(system, twilio, phones, (steps[^1].Rate + steps[^2].Rate) / 2, options.Seconds, cancellationToken);
            Print(step, step.IsSustained ? "sustained" : "not sustained");
            steps.Add(step);
        }

        return Report(steps);
    }

    private static void Print(Step step, string verdict) => Console.WriteLine(
        $"  {step.Rate,6:0}/s: p50 {step.P50:0} ms, p99 {step.P99:0} ms, slowest {step.Slowest:0} ms, backlog {step.BacklogAtEnd}, refused {step.Refused}, missing {step.Missing}, "
        + $"{step.Processor.Where(part => !ProcessorTimes.Outside.Contains(part.Key)).Sum(part => part.Value):0.00} ms CPU/message ({verdict})");

    private static Figures Report(List<Step> steps)
    {
        var figures = new Figures("path");
        foreach (var step in steps.OrderBy(step => step.Rate))
        {
            figures.Add($"at {step.Rate:0}/s: reply sent, p50", step.P50, "ms");
            figures.Add($"at {step.Rate:0}/s: reply sent, p99", step.P99, "ms");
            figures.Add($"at {step.Rate:0}/s: backlog at the end", step.BacklogAtEnd, "messages");
        }

        var best = steps.Where(step => step.IsSustained && step.P99 < 1000).MaxBy(step => step.Rate);
        figures.AtLeast("highest sustained rate with p99 under 1 s", best?.Rate ?? 0, "messages/s", 400);
        if ((best ?? steps.Where(step => step.IsSustained).MaxBy(step => step.Rate) ?? steps.MinBy(step => step.Rate)) is { } shown)
        {
            foreach (var (part, time) in shown.Processor.OrderByDescending(part => part.Value))
                figures.Add($"processor time at {shown.Rate:0}/s: {part}{(ProcessorTimes.Outside.Contains(part) ? " (apart)" : "")}", time, "ms/message");
            figures.AtMost($"processor time at {shown.Rate:0}/s: the system", shown.Processor.Where(part => !ProcessorTimes.Outside.Contains(part.Key)).Sum(part => part.Value), "ms/message", 5);
            figures.Add($"cores busy at {shown.Rate:0}/s: the system", shown.Cores.Where(part => !ProcessorTimes.Outside.Contains(part.Key)).Sum(part => part.Value), "cores");
            figures.Add($"cores busy at {shown.Rate:0}/s: sandbox and load generator", shown.Cores.Where(part => ProcessorTimes.Outside.Contains(part.Key)).Sum(part => part.Value), "cores");
        }

        return figures;
    }

    private static async Task<Step> One(
        TestedSystem system, TwilioWebhooks twilio, List<string> phones, double rate, int seconds, CancellationToken cancellationToken)
    {
        var webhooks = OpenLoop.Prepare(twilio.Account, (int)(rate * seconds), phones, Random.Shared.Next(phones.Count));
        var before = await system.Outbox.ReadAll(0, cancellationToken);
        var last = before.Count == 0 ? 0 : before[^1].Ordinal;
        var times = ProcessorTimes.Read(system);
        var began = Stopwatch.GetTimestamp();

        var sent = await OpenLoop.Run(twilio, webhooks, rate, cancellationToken);

        var replies = await system.Outbox.ReadAll(last, cancellationToken);
        var backlog = sent.Count - replies.Count;
        for (var waited = Stopwatch.GetTimestamp(); replies.Count < sent.Count && Stopwatch.GetElapsedTime(waited) < TimeSpan.FromSeconds(30);)
        {
            await Task.Delay(100, cancellationToken);
            replies.AddRange(await system.Outbox.ReadAll(replies.Count == 0 ? last : replies[^1].Ordinal, cancellationToken));
        }

        var after = ProcessorTimes.Read(system);
        var latencies = Latencies(sent, replies);
        return new Step(
            rate, sent.Count, sent.Count(webhook => webhook.Status != 200), sent.Count - latencies.Count, backlog,
            latencies.At(0.50), latencies.At(0.99), latencies.At(1),
            after.PerMessage(times, sent.Count), after.Cores(times, Stopwatch.GetElapsedTime(began)));
    }

    /// <summary>A customer's first message goes with his first answer, and so on.</summary>
    private static List<double> Latencies(List<SentWebhook> sent, List<OutboxItem> replies)
    {
        var answers = replies.GroupBy(reply => reply.To, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Queue<OutboxItem>(group.OrderBy(item => item.Ordinal)), StringComparer.Ordinal);
        var latencies = new List<double>(sent.Count);
        foreach (var webhook in sent.Where(webhook => webhook.Status == 200).OrderBy(webhook => webhook.DueAt))
        {
            if (answers.TryGetValue("whatsapp:" + webhook.Phone, out var queue) && queue.TryDequeue(out var reply))
                latencies.Add((reply.CreatedAt - webhook.DueAt).TotalMilliseconds);
        }

        return latencies;
    }
}
