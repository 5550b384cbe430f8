namespace Assistify.AiService.Replies;

/// <summary>How the assistant talks. Models are given the workspace's own words for it; set phrases know these by name, and friendly is what they are.</summary>
internal static class Tone
{
    public const string Friendly = "friendly";

    /// <summary>Without exclamation marks.</summary>
    public const string Formal = "formal";

    /// <summary>Formal, and no greeting stands before an answer.</summary>
    public const string Brief = "brief";

    public static string Of(Contracts.ReplyRequested request) => request.Assistant?.Tone.Trim() is { Length: > 0 } tone ? tone : Friendly;

    public static bool Is(string tone, string named) => tone.Equals(named, StringComparison.OrdinalIgnoreCase);

    /// <summary>A set phrase in that tone.</summary>
    public static string Say(string phrase, string tone) => Is(tone, Formal) || Is(tone, Brief)
        ? phrase.Replace("¡", "", StringComparison.Ordinal).Replace(" !", ".", StringComparison.Ordinal).Replace('!', '.')
        : phrase;
}
