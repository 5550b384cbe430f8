namespace Assistify.Sandbox.Slack;

/// <summary>The same keys that ChannelService is given.</summary>
internal sealed class SlackOptions
{
    public const string Section = "Channels:Slack";

    public string? SigningSecret { get; set; }

    public string? BotToken { get; set; }
}
