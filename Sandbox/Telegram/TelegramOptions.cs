namespace Assistify.Sandbox.Telegram;

/// <summary>The same keys that ChannelService is given.</summary>
internal sealed class TelegramOptions
{
    public const string Section = "Channels:Telegram";

    public string? BotToken { get; set; }

    public string? SecretToken { get; set; }
}
