using Assistify.Contracts;

namespace Assistify.AiService.Replies.Checks;

/// <summary>Two machines that talk to each other, or a model that has nothing new to say: the same answer is not given a third time.</summary>
internal static class LoopCheck
{
    private const int Most = 2;

    public static CheckResult Check(string text, IReadOnlyList<HistoryMessage> before)
    {
        var same = before.Reverse().TakeWhile(message => message.Author is not Author.Agent)
            .Where(message => message.Author is Author.Assistant).Take(Most).Count(message => message.Text == text);
        return same < Most ? CheckResult.Good : CheckResult.Bad("loop");
    }
}
