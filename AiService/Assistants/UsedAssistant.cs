using Assistify.AiService.Providers;
using Assistify.AiService.Replies.Checks;

namespace Assistify.AiService.Assistants;

/// <summary>The version that an answer is written with.</summary>
/// <param name="Version">0 is the built-in one.</param>
/// <param name="Canary">Where a canary is running: which of its sides the conversation is on.</param>
internal sealed record UsedAssistant(int Version, AssistantSettings Settings, CanarySide? Canary = null)
{
    public static readonly UsedAssistant BuiltIn = new(0, AssistantSettings.BuiltIn);

    /// <summary>Of the rules that hold for everybody, and behind the dot the workspace's own version.</summary>
    public string PromptVersion => Version == 0 ? Providers.Instructions.Version : FormattableString.Invariant($"{Providers.Instructions.Version}.{Version}");

    /// <summary>Runs of words that no answer repeats.</summary>
    public IReadOnlySet<string> Secret { get; } = LeakCheck.RunsOf(Settings.Instructions);
}

/// <param name="Arm"><c>canary</c> or <c>active</c>.</param>
internal sealed record CanarySide(Guid Id, string Arm)
{
    public const string Canary = "canary";
    public const string Active = "active";
}
