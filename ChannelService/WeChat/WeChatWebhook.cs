using System.Globalization;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.WeChat;

/// <summary>
/// Reads a message or an event. https://developers.weixin.qq.com/doc/offiaccount/en/Message_Management/Receiving_standard_messages.html
/// <code>&lt;xml&gt;&lt;ToUserName&gt;gh_…&lt;/ToUserName&gt;&lt;FromUserName&gt;o…&lt;/FromUserName&gt;&lt;CreateTime&gt;1767225600&lt;/CreateTime&gt;&lt;MsgType&gt;text&lt;/MsgType&gt;&lt;Content&gt;hi&lt;/Content&gt;&lt;MsgId&gt;2345&lt;/MsgId&gt;&lt;/xml&gt;</code>
/// </summary>
internal static class WeChatWebhook
{
    private const int MaxIdLength = 128;

    /// <param name="account">Null: the one that the message names.</param>
    public static WebhookContent Read(WeChatXml xml, string? account = null)
    {
        if (xml["ToUserName"] is not { Length: <= MaxIdLength } to || xml["FromUserName"] is not { Length: <= MaxIdLength } from || xml["MsgType"] is not { } type)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "ToUserName, FromUserName or MsgType is missing");
        account ??= to;
        var sentAt = WireJson.UnixTime(xml["CreateTime"]);
        if (type == "event") return ReadEvent(xml, account, from, sentAt);
        if (xml["MsgId"] is not { Length: <= MaxIdLength } id) return WebhookContent.Nothing(WebhookOutcome.Malformed, "MsgId is missing");

        var content = ReadContent(xml, type);
        return WebhookContent.Of(new InboundItem(
            id, account, new CustomerAddress("wechat", from), content, content.Unsupported is null ? InboundKind.Message : InboundKind.Unsupported, SentAt: sentAt));
    }

    // Events have no id of their own, and two of one person may share the second.
    private static WebhookContent ReadEvent(WeChatXml xml, string account, string from, DateTimeOffset? sentAt)
    {
        if (xml["Event"] is not { Length: <= MaxIdLength } kind || xml["CreateTime"] is not { Length: <= 20 } time)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "Event or CreateTime is missing");
        var id = $"{from}:{time}:{kind}";
        var key = xml["EventKey"];

        // A key of the menu is a choice like any button of ours.
        return WebhookContent.Of(kind.ToUpperInvariant() switch
        {
            "CLICK" when key is not null => new InboundItem(
                id + ":" + Short(key), account, new CustomerAddress("wechat", from), new MessageContent(key, Choice: new Choice(key, key)), InboundKind.Postback, SentAt: sentAt),
            _ => new NoticeItem(id, account, "system", from, Short(kind), sentAt),
        });
    }

    private static MessageContent ReadContent(WeChatXml xml, string type)
    {
        var content = ReadKnown(xml, type);

        // What is empty or unknown stays visible as something that the customer sent.
        return content is { Text: "", Attachments: null, Location: null, Choice: null } ? content with { Unsupported = Short(type) } : content;
    }

    private static MessageContent ReadKnown(WeChatXml xml, string type) => type switch
    {
        // A choice in a menu message of ours comes as text with the choice's id beside it.
        "text" => new MessageContent(
            xml["Content"] ?? "", Choice: xml["bizmsgmenuid"] is { } choice ? new Choice(choice, xml["Content"] ?? choice) : null),
        "image" => Medium("image", "image/jpeg", xml["MediaId"], url: xml["PicUrl"]),
        "voice" => Medium("audio", xml["Format"] == "speex" ? "audio/speex" : "audio/amr", xml["MediaId"], xml["Recognition"]),
        "video" or "shortvideo" => Medium("video", "video/mp4", xml["MediaId"]),
        "file" => Medium("document", "application/octet-stream", xml["MediaId"], xml["Title"]),
        "location" when Coordinate(xml["Location_X"], 90) is { } latitude && Coordinate(xml["Location_Y"], 180) is { } longitude =>
            new MessageContent("", Location: new Location(latitude, longitude, xml["Label"])),
        "link" => new MessageContent(string.Join('\n', new[] { xml["Title"], xml["Description"], xml["Url"] }.OfType<string>())),
        _ => new MessageContent(""),
    };

    private static MessageContent Medium(string kind, string contentType, string? id, string? text = null, string? url = null) => new(
        text ?? "", (id ?? url) is { } source ? [new Attachment(Identifiers.Derive($"wechat/media/{source}"), kind, contentType, Source: url, ExternalId: id)] : null);

    private static double? Coordinate(string? text, double bound) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= bound
            ? value
            : null;

    private static string Short(string text) => StorableText.From(text.Length > 64 ? text[..64] : text);
}
