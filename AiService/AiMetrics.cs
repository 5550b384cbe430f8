using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Assistify.AiService;

/// <summary>What the service tells about itself: counts and durations, never a text.</summary>
internal sealed class AiMetrics : IDisposable
{
    public const string Name = "Assistify.Ai";

    public static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _replies;
    private readonly Counter<long> _checkFailures;
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _latency;

    public AiMetrics()
    {
        _replies = _meter.CreateCounter<long>("assistify.ai.replies", description: "Answers written");
        _checkFailures = _meter.CreateCounter<long>("assistify.ai.check_failures", description: "Drafts that a check refused");
        _dropped = _meter.CreateCounter<long>("assistify.ai.requests_without_answer", description: "Requests that ended without a new answer");
        _latency = _meter.CreateHistogram<double>("assistify.ai.answer.duration", "s", "From the request to the checked answer");
    }

    public void Answered(string model, TimeSpan latency, bool known)
    {
        _replies.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("known", known));
        _latency.Record(latency.TotalSeconds, new KeyValuePair<string, object?>("model", model));
    }

    public void CheckFailed(string model, string? reason) =>
        _checkFailures.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("reason", reason));

    /// <param name="outcome"><c>busy</c>, <c>repeated</c>, <c>obsolete</c> or <c>failed</c>.</param>
    public void WithoutAnswer(string outcome) => _dropped.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
