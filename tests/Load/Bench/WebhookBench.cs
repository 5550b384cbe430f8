using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>How fast a webhook is accepted, durable, at 200/s.</summary>
internal static class WebhookBench
{
    private const int PerSecond = 200;

    public static async Task<Figures> Run(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        using var twilio = system.Twilio();
        var phones = Customers.New(1000);
        await OpenLoop.Run(twilio, OpenLoop.Prepare(twilio.Account, PerSecond * 5, phones), PerSecond, cancellationToken);
        var sent = await OpenLoop.Run(twilio, OpenLoop.Prepare(twilio.Account, PerSecond * options.Seconds, phones), PerSecond, cancellationToken);

        var figures = new Figures("webhook");
        var times = sent.Where(webhook => webhook.Status == 200).Select(webhook => webhook.Milliseconds).ToList();
        figures.Add("webhooks sent at 200/s", sent.Count, "");
        figures.AtMost("not answered 200", sent.Count - times.Count, "", 0);
        figures.Add("acknowledged, p50", times.At(0.50), "ms");
        figures.AtMost("acknowledged, p99", times.At(0.99), "ms", 50);
        figures.Add("acknowledged, slowest", times.At(1), "ms");
        return figures;
    }
}
