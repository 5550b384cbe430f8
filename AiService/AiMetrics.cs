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
    private readonly Counter<long> _writers;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Histogram<double> _stages;
    private readonly Counter<long> _cached;
    private readonly Counter<long> _embedded;
    private readonly Counter<long> _embeddedQuestions;
    private readonly Histogram<double> _embedding;

    public AiMetrics()
    {
        _replies = _meter.CreateCounter<long>("assistify.ai.replies", description: "Answers written");
        _checkFailures = _meter.CreateCounter<long>("assistify.ai.check_failures", description: "Drafts that a check refused");
        _dropped = _meter.CreateCounter<long>("assistify.ai.requests_without_answer", description: "Requests that ended without a new answer");
        _latency = _meter.CreateHistogram<double>("assistify.ai.answer.duration", "s", "From the request to the checked answer");
        _writers = _meter.CreateCounter<long>("assistify.ai.writers", description: "What became of those who could write an answer");
        _tokens = _meter.CreateCounter<long>("assistify.ai.tokens", description: "Tokens that models read and wrote");
        _cost = _meter.CreateCounter<double>("assistify.ai.cost", "USD", "What models cost, where their price is known");
        _cached = _meter.CreateCounter<long>("assistify.ai.answer_cache", description: "Questions looked up among earlier answers; the hit rate is hit / (hit + miss)");
        _embedded = _meter.CreateCounter<long>("assistify.ai.embeddings", description: "Calls that were to embed texts");
        _embedding = _meter.CreateHistogram<double>("assistify.ai.embedding.duration", "s", "Of a call that embeds texts");
        _embeddedQuestions = _meter.CreateCounter<long>("assistify.ai.embedding_cache", description: "Questions looked up among those embedded before; the hit rate is hit / (hit + miss)");
        _stages = _meter.CreateHistogram<double>("assistify.ai.stage.duration", "s", "By the stages of an answer");
    }

    public void Answered(string model, TimeSpan latency, bool known)
    {
        _replies.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("known", known));
        _latency.Record(latency.TotalSeconds, new KeyValuePair<string, object?>("model", model));
    }

    public void Wrote(Replies.WriterNotes writer)
    {
        var model = new KeyValuePair<string, object?>("model", writer.Model);
        _writers.Add(1, model, new("outcome", writer.Outcome), new("reason", writer.Reason));
        if (writer.Calls == 0) return;
        _tokens.Add(writer.Tokens.Input, model, new("kind", "input"));
        _tokens.Add(writer.Tokens.Output, model, new("kind", "output"));
        if (writer.Cost is { } cost) _cost.Add((double)cost, model);
    }

    public void Took(IReadOnlyList<Replies.TracedStage> stages)
    {
        foreach (var stage in stages) _stages.Record(stage.Ms / 1000, new KeyValuePair<string, object?>("stage", stage.Name));
    }

    public void CheckFailed(string model, string? reason) =>
        _checkFailures.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("reason", reason));

    /// <param name="outcome"><c>hit</c>, <c>miss</c>, or <c>unsuited</c> where the answer must be made for one customer.</param>
    public void LookedUp(string outcome) => _cached.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <param name="outcome"><c>done</c>, <c>refused</c> by a budget or an open circuit, or <c>failed</c>.</param>
    /// <param name="took">Null where nobody was asked.</param>
    public void Embedded(string model, string outcome, TimeSpan? took)
    {
        _embedded.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("outcome", outcome));
        if (took is { } time) _embedding.Record(time.TotalSeconds, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("outcome", outcome));
    }

    /// <param name="known">Embedded for an earlier customer.</param>
    public void EmbeddedQuestion(bool known) => _embeddedQuestions.Add(1, new KeyValuePair<string, object?>("outcome", known ? "hit" : "miss"));

    /// <param name="outcome"><c>busy</c>, <c>repeated</c>, <c>obsolete</c> or <c>failed</c>.</param>
    public void WithoutAnswer(string outcome) => _dropped.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
