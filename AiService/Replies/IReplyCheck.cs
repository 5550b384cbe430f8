namespace Assistify.AiService.Replies;

/// <summary>Decides whether an answer may be sent.</summary>
public interface IReplyCheck
{
    /// <param name="sources">Everything that was gathered for this answer.</param>
    CheckResult Check(Draft draft, IReadOnlyList<Source> sources);

    /// <summary>Whether a piece of an answer has facts in it that must be checked before anybody sees it.</summary>
    bool HasFacts(string text);

    /// <summary>Checks a piece of an answer whose citations are not known yet.</summary>
    bool MaySend(string text, IReadOnlyList<Source> sources);
}

/// <param name="Reason">For the trace, where it did not pass.</param>
public sealed record CheckResult(bool Passed, string? Reason = null);
