using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Twilio;

/// <summary>Tells how accepted messages fare: moves their status and calls their <c>StatusCallback</c>, a bounded number at once.</summary>
internal sealed class StatusCallbacks(
    TwilioAccount account, TwilioMessages messages, WebhookSender sender, FaultSource faults, LiveEvents live, TimeProvider time, IOptions<SandboxOptions> options)
    : BackgroundService
{
    private static readonly string[] s_read = ["read"];
    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>();

    private sealed record Work(TwilioMessage Message, IReadOnlyList<string> Steps, int? ErrorCode);

    public void Follow(TwilioMessage message)
    {
        var now = faults.Current;
        if (now.EnforceWindow && !messages.WindowIsOpen(message.To, message.CreatedAt))
        {
            _queue.Writer.TryWrite(new Work(message, ["failed"], 63016));
            return;
        }

        var steps = now.StatusSteps;
        if (steps.Count > 1 && faults.Hit(now.StatusReorder)) steps = steps.Reverse().ToArray();
        if (steps.Count > 0 && faults.Hit(now.StatusDuplicate)) steps = [.. steps, steps[faults.Next(steps.Count)]];
        if (steps.Count > 0) _queue.Writer.TryWrite(new Work(message, steps, now.StatusErrorCode));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.StatusWorkers).Select(_ => Run(stoppingToken)));

    private async Task Run(CancellationToken stoppingToken)
    {
        await foreach (var work in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var status in work.Steps)
            {
                if (faults.Current.StatusDelayMs is > 0 and var delay) await Task.Delay(TimeSpan.FromMilliseconds(delay), time, stoppingToken);
                await Report(work.Message, status, status is "failed" or "undelivered" ? work.ErrorCode : null, stoppingToken);
            }

            // Somebody looks at the phone, so the message is read.
            if (work.Steps[^1] == "delivered" && live.AnybodyWatching) _ = ReadLater(work.Message, stoppingToken);
        }
    }

    private async Task Report(TwilioMessage message, string status, int? errorCode, CancellationToken stoppingToken)
    {
        messages.Advance(message, status, errorCode, time.GetUtcNow());
        live.Publish("status", (message, status), static e => new { sid = e.message.Sid, to = e.message.To, status = e.status });
        if (message.StatusCallback is not null)
            await sender.Post(message.StatusCallback, Form(message, status, errorCode, account.Options.AccountSid), stoppingToken);
    }

    private async Task ReadLater(TwilioMessage message, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(2), time, stoppingToken);
            _queue.Writer.TryWrite(new Work(message, s_read, null));
        }
        catch (OperationCanceledException)
        {
            // The sandbox stops.
        }
    }

    internal static List<KeyValuePair<string, string>> Form(TwilioMessage message, string status, int? errorCode, string accountSid)
    {
        var form = new List<KeyValuePair<string, string>>(16)
        {
            new("SmsSid", message.Sid),
            new("SmsStatus", status),
            new("MessageStatus", status),
            new("MessageSid", message.Sid),
            new("AccountSid", accountSid),
            new("From", message.From),
            new("To", message.To),
            new("ApiVersion", "2010-04-01"),
            new("ChannelPrefix", "whatsapp"),
            new("ChannelToAddress", message.To["whatsapp:".Length..]),
            new("ChannelInstallSid", "XE" + accountSid[2..]),
            new("StructuredMessage", "false"),
        };
        if (status is "delivered" or "read") form.Add(new("EventType", status.ToUpperInvariant()));
        if (errorCode is { } code)
        {
            form.Add(new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)));
            form.Add(new("ErrorMessage", code == 63016 ? "Failed to send freeform message because you are outside the allowed window" : "The message was not delivered"));
        }

        return form;
    }
}
