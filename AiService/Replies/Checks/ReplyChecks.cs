using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies.Checks;

/// <summary>Decides what may be sent: a whole draft, and the pieces of one that somebody watches grow.</summary>
internal sealed class ReplyChecks(MessageReader reader)
{
    /// <summary>Every check up to the first that refuses. What is quoted needs only the facts' check; free words need all of them.</summary>
    public IEnumerable<(string Name, CheckResult Result)> Check(Draft draft, ReplyTask task, bool free)
    {
        yield return ("facts", FactCheck.Check(draft, task.Sources.All));
        if (!free) yield break;
        yield return ("subject", SubjectCheck.Check(draft.Text, task.Sources.All));
        yield return ("promises", ClaimCheck.Check(draft.Text, task.Sources.All));
        yield return ("secrets", LeakCheck.Check(draft.Text, task.Canary, task.Assistant.Secret));
        yield return ("language", Language(draft.Text, task.Plan.Language));
        yield return ("length", Length(draft.Text, task.LongestAnswer));
        yield return ("loop", LoopCheck.Check(draft.Text, task.Before));
    }

    /// <summary>Whether a sentence that is not whole yet can be shown up to here.</summary>
    public static bool MayBegin(string sentence) => !FactCheck.HasFacts(sentence) && !ClaimCheck.HasClaims(sentence);

    /// <param name="before">What was shown already.</param>
    public static bool MayShow(string before, string sentence, ReplyTask task, bool free) =>
        FactCheck.MaySend(sentence, task.Sources.All)
        && (!free || MayBeSaid(before, sentence, task));

    private static bool MayBeSaid(string before, string sentence, ReplyTask task) =>
        SubjectCheck.Check(before + sentence, task.Sources.All).Passed
        && (!ClaimCheck.HasClaims(sentence) || ClaimCheck.Check(before + sentence, task.Sources.All).Passed)
        && LeakCheck.Check(before + sentence, task.Canary, task.Assistant.Secret).Passed;

    private CheckResult Language(string text, string wanted)
    {
        // A few words, or names and figures, are no language.
        if (text.Count(char.IsLetter) < 30) return CheckResult.Good;
        var found = reader.Language(text, wanted);
        return found.Language == wanted || found.Confidence < 0.6 ? CheckResult.Good : CheckResult.Bad("language", found.Language);
    }

    private static CheckResult Length(string text, int longest) =>
        text.Length <= longest ? CheckResult.Good : CheckResult.Bad("length", text.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>So long may an answer be that customers read in one piece.</summary>
internal static class Lengths
{
    public static int Of(string channel) => channel switch
    {
        "instagram" or "wechat" => 600, // 1000 and 2048 bytes, and Greek takes two of them a letter
        "whatsapp" or "facebook" or "telegram" => 1500,
        _ => 3000,
    };
}
