using System.Text.RegularExpressions;

namespace Assistify.ChannelService.Slack;

/// <summary>Slack's text: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are escaped, what stands in angle brackets is markup. https://docs.slack.dev/messaging/formatting-message-text</summary>
internal static partial class SlackText
{
    /// <summary>As people read it, without mentions of the bot itself.</summary>
    public static string Read(string text, string? botUser)
    {
        var plain = Markup().Replace(text, match => Plain(match.Groups["kind"].Value, match.Groups["value"].Value, match.Groups["label"].Value, botUser));
        return plain.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal).Trim();
    }

    public static bool Mentions(string text, string? botUser) => botUser is not null && text.Contains($"<@{botUser}", StringComparison.Ordinal);

    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    // <@U1>, <@U1|ana>, <#C1|general>, <!here>, <!subteam^S1|@team>, <https://x.example|label>
    private static string Plain(string kind, string value, string label, string? botUser) => kind switch
    {
        "@" when value == botUser => "",
        "@" or "#" => kind + (label.Length > 0 ? label.TrimStart('@', '#') : value),
        "!" => label.Length > 0 ? label : "@" + value.Split('^')[0],
        _ when label.Length == 0 || value.EndsWith(label, StringComparison.Ordinal) => value.StartsWith("mailto:", StringComparison.Ordinal) ? label : value,
        _ => $"{label} ({value})",
    };

    [GeneratedRegex("<(?<kind>[@#!]?)(?<value>[^<>|]+)(?:\\|(?<label>[^<>]*))?>", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();
}
