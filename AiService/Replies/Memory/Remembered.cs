using Assistify.Contracts;

namespace Assistify.AiService.Replies.Memory;

/// <summary>What was said in a conversation before its latest messages, in short.</summary>
/// <param name="Until">The last message that it covers.</param>
/// <param name="Messages">How many it covers.</param>
/// <param name="WrittenBy">A model's name, or <c>offline</c>.</param>
internal sealed record Remembered(string Summary, Guid Until, int Messages, string WrittenBy)
{
    /// <summary>What is older is no context any more, though it stays in the conversation.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Of the messages at hand those that the summary does not cover.</summary>
    public static IReadOnlyList<HistoryMessage> Rest(Remembered? remembered, IReadOnlyList<HistoryMessage> messages)
    {
        if (remembered is null) return messages;
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Id == remembered.Until) return [.. messages.Skip(i + 1)];
        }
        return messages;
    }
}
