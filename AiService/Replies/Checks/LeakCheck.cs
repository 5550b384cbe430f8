using System.Text.RegularExpressions;
using Assistify.AiService.Providers;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies.Checks;

/// <summary>Nothing of the instructions and nothing that looks like a credential leaves the house.</summary>
internal static partial class LeakCheck
{
    // So many words in a row in common with the instructions are no accident.
    private const int Common = 7;

    private static readonly HashSet<string> s_instructions = [.. Runs(Instructions.Rules)];

    /// <param name="secret">More runs of words that are not to be said, by <see cref="RunsOf"/>.</param>
    public static CheckResult Check(string text, string canary, IReadOnlySet<string> secret)
    {
        if (text.Contains(canary, StringComparison.OrdinalIgnoreCase)) return CheckResult.Bad("instructions");
        if (Credential().Match(text) is { Success: true }) return CheckResult.Bad("credential");
        return Runs(text).Any(run => s_instructions.Contains(run) || secret.Contains(run)) ? CheckResult.Bad("instructions") : CheckResult.Good;
    }

    /// <summary>What an answer must not have in common with a text.</summary>
    public static IReadOnlySet<string> RunsOf(string text) => Runs(text).ToHashSet();

    private static IEnumerable<string> Runs(string text)
    {
        var words = Words.Split(Words.Fold(text));
        for (var i = 0; i + Common <= words.Count; i++) yield return string.Join(' ', words.GetRange(i, Common));
    }

    [GeneratedRegex("""
        \b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{6,}|\bxox[abp]-[A-Za-z0-9-]{6,}|\bAKIA[0-9A-Z]{12,}|\bAIza[0-9A-Za-z_-]{20,}|\bgh[pousr]_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/=]{8,}|-----BEGIN|\beyJ[A-Za-z0-9_-]{8,}\.|\b(?:password|passwort|contraseña|κωδικός πρόσβασης|şifre|api[ _-]?key)\s*(?:is|ist|es|είναι|[:=])\s*\S+|كلمة (?:المرور|السر)\s*(?:هي|:)\s*\S+|\b(?:host|server|user id)=\S+;
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Credential();
}
