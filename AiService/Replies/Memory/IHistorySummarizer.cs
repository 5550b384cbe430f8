using Assistify.Contracts;

namespace Assistify.AiService.Replies.Memory;

/// <summary>Puts what was said into few words. Several can be registered: the first that has some wins, and the extractive one comes last.</summary>
internal interface IHistorySummarizer
{
    /// <summary>Named with what it wrote.</summary>
    string Name { get; }

    /// <param name="earlier">The summary so far, which the new one replaces.</param>
    /// <returns>Null where it has none and the next one is to be asked.</returns>
    Task<string?> Summarize(ReplyRequested request, string? earlier, IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken);
}
