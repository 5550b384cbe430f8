using System.Collections.Concurrent;
using System.Diagnostics;
using Assistify.Load.WhatsApp;

namespace Assistify.Load.Bench;

/// <summary>A webhook that was sent when it was due, however slow the answers before it were.</summary>
/// <param name="DueAt">When it should have left; latencies count from there.</param>
/// <param name="Milliseconds">Until it was answered.</param>
internal sealed record SentWebhook(string Phone, DateTimeOffset DueAt, double Milliseconds, int Status);

/// <summary>Sends at a rate that does not wait for anybody.</summary>
internal static class OpenLoop
{
    private static readonly string[] s_texts =
    [
        "When are you open?", "Do you ship to Cyprus?", "How do I return something?", "I am looking for a blue vase under 50 EUR", "Are you open on Sunday?",
    ];

    /// <summary>Signs so many messages beforehand: of each customer in turn.</summary>
    public static List<(string Phone, SignedWebhook Webhook)> Prepare(TwilioAccount account, int count, IReadOnlyList<string> phones, int offset = 0) =>
    [
        .. Enumerable.Range(offset, count).Select(i =>
            (phones[i % phones.Count], SignedWebhook.Message(account, TwilioAccount.NewSid(), phones[i % phones.Count], s_texts[i % s_texts.Length]))),
    ];

    public static async Task<List<SentWebhook>> Run(
        TwilioWebhooks twilio, IReadOnlyList<(string Phone, SignedWebhook Webhook)> webhooks, double perSecond, CancellationToken cancellationToken)
    {
        var answered = new ConcurrentBag<SentWebhook>();
        var underWay = new List<Task>(webhooks.Count);
        var began = TimeProvider.System.GetUtcNow();
        var start = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        for (var next = 0; next < webhooks.Count;)
        {
            var due = Math.Min(webhooks.Count, (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond) + 1);
            for (; next < due; next++) underWay.Add(Send(webhooks[next], TimeSpan.FromSeconds(next / perSecond)));
            await tick.WaitForNextTickAsync(cancellationToken);
        }

        await Task.WhenAll(underWay);
        return [.. answered];

        async Task Send((string Phone, SignedWebhook Webhook) item, TimeSpan dueAfter)
        {
            var status = await twilio.Post(item.Webhook, cancellationToken);
            answered.Add(new SentWebhook(item.Phone, began + dueAfter, (Stopwatch.GetElapsedTime(start) - dueAfter).TotalMilliseconds, status));
        }
    }
}
