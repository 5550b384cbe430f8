using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Assistify.ChannelService;

/// <summary>What this service measures and traces, under the name <c>Assistify.Channels</c>.</summary>
internal sealed class ChannelTelemetry : IDisposable
{
    public const string Name = "Assistify.Channels";

    public static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter;
    private readonly Counter<long> _webhooks;
    private readonly Histogram<double> _acknowledgement;
    private readonly Counter<long> _sends;
    private readonly Histogram<double> _sendDuration;
    private readonly Counter<long> _fetched;
    private long _backlog;

    public ChannelTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _webhooks = _meter.CreateCounter<long>("assistify.channels.webhooks", "{webhook}", "Webhooks by channel and outcome");
        _acknowledgement = _meter.CreateHistogram<double>("assistify.channels.acknowledgement", "s", "Until a webhook was answered");
        _sends = _meter.CreateCounter<long>("assistify.channels.sends", "{message}", "Calls to providers by result");
        _sendDuration = _meter.CreateHistogram<double>("assistify.channels.send.duration", "s", "Until a provider answered");
        _fetched = _meter.CreateCounter<long>("assistify.channels.fetched", "{message}", "Messages that the provider could not bring and was asked for");
        _meter.CreateObservableGauge("assistify.channels.backlog", () => Interlocked.Read(ref _backlog), "{message}", "Unfinished rows of the ledger");
    }

    public void Webhook(string channel, string outcome, TimeSpan elapsed)
    {
        var tags = new TagList { { "channel", channel }, { "outcome", outcome } };
        _webhooks.Add(1, tags);
        _acknowledgement.Record(elapsed.TotalSeconds, tags);
    }

    public void Sent(string channel, string result, TimeSpan elapsed)
    {
        var tags = new TagList { { "channel", channel }, { "result", result } };
        _sends.Add(1, tags);
        _sendDuration.Record(elapsed.TotalSeconds, tags);
    }

    public void Fetched(string channel, int count) => _fetched.Add(count, new TagList { { "channel", channel } });

    public void Backlog(long rows) => Interlocked.Exchange(ref _backlog, rows);

    public static ActivityContext Parse(string? trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : default;

    public void Dispose() => _meter.Dispose();
}
