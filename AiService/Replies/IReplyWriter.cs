using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>Writes answers. Several can be registered: the first that gives one which passes the checks wins, and the offline writer comes last.</summary>
public interface IReplyWriter
{
    /// <summary>Named in the answer as its <c>model</c>.</summary>
    string Model { get; }

    /// <param name="stream">Takes the answer while it grows; what it holds back for its check is not the writer's concern.</param>
    /// <returns>Null where this writer has no answer and the next one is to be asked.</returns>
    Task<Draft?> Write(ReplyTask task, IAnswerStream stream, CancellationToken cancellationToken);
}

/// <summary>Where an answer goes while it is being written.</summary>
public interface IAnswerStream
{
    void Append(string text);
}

/// <summary>Everything an answer can be written from.</summary>
/// <param name="Before">What was said before the messages that are to be answered, oldest first.</param>
/// <param name="Unanswered">The customer's messages that are to be answered, oldest first.</param>
public sealed record ReplyTask(
    ReplyRequested Request,
    Plan Plan,
    IReadOnlyList<Findings> Findings,
    IReadOnlyList<HistoryMessage> Before,
    IReadOnlyList<HistoryMessage> Unanswered,
    IReadOnlyList<Contracts.Understanding> Understandings);

/// <summary>An answer that is not checked yet.</summary>
public sealed record Draft(
    string Text,
    IReadOnlyList<Card> Cards,
    IReadOnlyList<Citation> Citations,
    IReadOnlyList<Recommendation> Recommendations,
    string? PromptVersion = null,
    Money? Cost = null);
