using Assistify.AiService.Assistants;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Replies.Memory;
using Assistify.AiService.Vision;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>Writes answers. Several can be registered: the first that gives one which passes the checks wins, and the offline writer comes last.</summary>
internal interface IReplyWriter
{
    /// <summary>Whose model it is; <c>offline</c> where there is none.</summary>
    string Provider => Model;

    /// <summary>Named in the answer as its <c>model</c>.</summary>
    string Model { get; }

    /// <summary>Whether its words are its own, so that more must be checked than with what is quoted.</summary>
    bool WritesFreely => true;

    /// <param name="stream">Takes the answer while it grows; what it holds back for its check is not the writer's concern.</param>
    /// <returns>Null where this writer has no answer and the next one is to be asked.</returns>
    Task<Draft?> Write(ReplyTask task, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken);

    /// <summary>Another draft in place of one that a check refused; asked once.</summary>
    Task<Draft?> Repair(ReplyTask task, Draft refused, CheckResult why, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken) =>
        Task.FromResult<Draft?>(null);

    /// <summary>What it wrote passed the checks and is the answer.</summary>
    Task Accepted(ReplyTask task, Draft draft, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Where an answer goes while it is being written.</summary>
internal interface IAnswerStream
{
    void Append(string text);

    /// <summary>Withdraws what was shown.</summary>
    void Reset();
}

/// <summary>Everything an answer can be written from.</summary>
/// <param name="Before">What was said before the messages that are to be answered, oldest first.</param>
/// <param name="Unanswered">The customer's messages that are to be answered, oldest first.</param>
/// <param name="Sources">What it may rest on; tools add to it.</param>
internal sealed record ReplyTask(
    ReplyRequested Request,
    Plan Plan,
    IReadOnlyList<Findings> Findings,
    IReadOnlyList<HistoryMessage> Before,
    IReadOnlyList<HistoryMessage> Unanswered,
    IReadOnlyList<Contracts.Understanding> Understandings,
    Sources Sources,
    AnswerNotes Notes,
    long KnowledgeVersion)
{
    /// <summary>What was said before <see cref="Before"/>, where that is much.</summary>
    public Remembered? Remembered { get; init; }

    /// <summary>The customer's pictures, as far as the messages at hand go.</summary>
    public IReadOnlyList<SeenPicture> Seen { get; init; } = [];

    /// <summary>A person is to read and send it: nothing may come of it, and nobody needs to be offered one.</summary>
    public bool IsSuggestion { get; init; }

    /// <summary>Stands in the instructions that a model is given for this answer, and nowhere else: where it is written, instructions leaked.</summary>
    public string Canary { get; } = $"ref-{Guid.NewGuid():N}"[..16];

    /// <summary>The workspace's settings that it is written with.</summary>
    public UsedAssistant Assistant { get; init; } = UsedAssistant.BuiltIn;

    public int LongestAnswer => Math.Min(Lengths.Of(Request.Channel), Assistant.Settings.LongestAnswer ?? int.MaxValue);
}

/// <summary>An answer that is not checked yet.</summary>
public sealed record Draft(
    string Text,
    IReadOnlyList<Card> Cards,
    IReadOnlyList<Citation> Citations,
    IReadOnlyList<Recommendation> Recommendations,
    string? PromptVersion = null,
    Money? Cost = null);
