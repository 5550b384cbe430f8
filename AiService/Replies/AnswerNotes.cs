using Assistify.AiService.Providers;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>What happens while an answer is made, noted for its trace. Of one answer only, and of one thread at a time.</summary>
internal sealed class AnswerNotes(TimeProvider time)
{
    public const string Seeing = "see";

    private readonly List<TracedStage> _stages = [];
    private readonly List<TracedTool> _tools = [];
    private readonly List<TracedCheck> _checks = [];
    private readonly List<WriterNotes> _writers = [];
    private readonly long _started = time.GetTimestamp();
    private long _stageStarted = time.GetTimestamp();
    private TimeSpan _checking;

    public IReadOnlyList<TracedTool> Tools => _tools;

    public IReadOnlyList<TracedCheck> Checks => _checks;

    public IReadOnlyList<WriterNotes> Writers => _writers;

    /// <summary>A tool passed the conversation to people.</summary>
    public bool HandOver { get; set; }

    /// <summary>What a seller is asked with this answer.</summary>
    public SellerEnquiry? Enquiry { get; set; }

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Since there was everything to write from: pictures take the time of their own.</summary>
    public TimeSpan ElapsedSinceSeeing => Elapsed - TimeSpan.FromMilliseconds(_stages.Where(stage => stage.Name == Seeing).Sum(stage => stage.Ms));

    public IReadOnlyList<TracedStage> Stages => [.. _stages, new TracedStage("check", Milliseconds(_checking))];

    public void Stage(string name)
    {
        var took = time.GetElapsedTime(_stageStarted);
        _stageStarted = time.GetTimestamp();
        _stages.Add(new TracedStage(name, Milliseconds(name == "write" ? took - _checking : took)));
    }

    public WriterNotes Writer(string provider, string model)
    {
        var notes = new WriterNotes(provider, model, time);
        _writers.Add(notes);
        return notes;
    }

    public void Tool(TracedTool tool) => _tools.Add(tool);

    public void Check(TracedCheck check) => _checks.Add(check);

    public void Checked(TimeSpan took) => _checking += took;

    internal static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 2);
}

/// <summary>What became of one writer.</summary>
internal sealed class WriterNotes(string provider, string model, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private TimeSpan? _took;
    private TimeSpan? _firstToken;
    private decimal? _cost;

    public string Provider => provider;

    public string Model => model;

    public int Calls { get; set; }

    public TokenUse Tokens { get; private set; } = TokenUse.None;

    /// <summary>In US dollars; null where no price is known.</summary>
    public decimal? Cost => _cost;

    public string? Outcome { get; private set; }

    public string? Reason { get; private set; }

    public string? Detail { get; private set; }

    public void FirstToken(TimeSpan after) => _firstToken ??= after;

    public void Used(TokenUse tokens, ModelPrice? price)
    {
        Tokens += tokens;
        if (price is not null) _cost = (_cost ?? 0) + price.Cost(tokens);
    }

    /// <param name="outcome"><c>answered</c>, <c>described</c>, <c>failed</c>, <c>refused</c>, <c>skipped</c> or <c>declined</c>.</param>
    public void End(string outcome, string? reason = null, string? detail = null)
    {
        (Outcome, Reason, Detail) = (outcome, reason, detail);
        _took = time.GetElapsedTime(_started);
    }

    public TracedWriter Trace() => new(
        provider, model, Outcome ?? "declined", Reason, Detail, Calls, AnswerNotes.Milliseconds(_took ?? time.GetElapsedTime(_started)),
        _firstToken is { } first ? AnswerNotes.Milliseconds(first) : null,
        Calls > 0 ? TracedTokens.Of(Tokens) : null, TracedCost.Of(_cost));
}
