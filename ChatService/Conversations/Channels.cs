namespace Assistify.ChatService.Conversations;

internal static class Channels
{
    /// <summary>The chat on our own pages: shown by push, so nothing is delivered through ChannelService.</summary>
    public const string Web = "web";

    /// <summary>Whether the channel's providers take messages that they approved beforehand, whenever the customer wrote last.</summary>
    public static bool HasTemplates(string channel) => channel == "whatsapp";

    /// <summary>How long after a customer's message the channel lets us answer freely.</summary>
    public static TimeSpan? Window(string channel) => channel switch
    {
        "whatsapp" or "facebook" or "instagram" => TimeSpan.FromHours(24),
        "wechat" => TimeSpan.FromHours(48),
        _ => null,
    };
}
