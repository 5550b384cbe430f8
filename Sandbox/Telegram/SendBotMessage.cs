using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Telegram;

/// <summary><c>sendMessage</c>, <c>sendPhoto</c> and their kin.</summary>
internal static partial class SendBotMessage
{
    private static readonly string[] s_tags = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "tg-emoji", "code", "pre", "blockquote"];

    public static Answer Handle(TelegramStandIn telegram, string kind, string chat, BotParameters given, DateTimeOffset now)
    {
        var text = given.Text(kind == "message" ? "text" : "caption") ?? "";
        if (kind == "message" && text.Trim().Length == 0) return BotApi.Bad("message text is empty");
        if (ReadText(text, given.Text("parse_mode"), kind == "message" ? 4096 : 1024, out var readable) is { } wrong) return wrong;
        if (ReadMarkup(given.Json("reply_markup"), out var choices) is { } badMarkup) return badMarkup;
        if ((given.Json("reply_parameters").Number("message_id")?.ToString(CultureInfo.InvariantCulture) ?? given.Text("reply_to_message_id")) is { } quoted
            && !telegram.Messages.TryGet(quoted, out _))
        {
            return BotApi.Bad("message to be replied not found");
        }

        var media = new List<string>();
        if (kind is "location" or "venue")
        {
            if (given.Text("latitude") is null || given.Text("longitude") is null) return BotApi.Bad("latitude is empty");
            readable = kind == "venue" ? $"{given.Text("title")}\n{given.Text("address")}" : $"Location {given.Text("latitude")}, {given.Text("longitude")}";
        }
        else if (kind != "message")
        {
            if (Attached(telegram, kind, given) is not { } attached) return BotApi.Bad($"there is no {kind} in the request");
            if (attached.StartsWith("http", StringComparison.Ordinal) && !Uri.TryCreate(attached, UriKind.Absolute, out _)) return BotApi.Bad("wrong HTTP URL specified");
            media.Add(attached);
        }

        var message = new Message
        {
            Sid = telegram.NewId().ToString(CultureInfo.InvariantCulture),
            Inbound = false,
            From = telegram.Address,
            To = chat,
            Body = readable,
            Kind = kind == "message" ? "text" : kind,
            Choices = choices,
            MediaUrls = media,
            Original = given.Json("reply_markup"),
            CreatedAt = now,
            State = new MessageState("sent", now, now),
        };
        telegram.Messages.Add(message);
        return BotApi.Ok(Result(telegram, message)) with { Accepted = message };
    }

    public static JsonObject Result(TelegramStandIn telegram, Message message)
    {
        var result = new JsonObject
        {
            ["message_id"] = long.Parse(message.Sid, CultureInfo.InvariantCulture), ["from"] = Updates.Bot(telegram), ["chat"] = Updates.Chat(message.To, ""),
            ["date"] = message.CreatedAt.ToUnixTimeSeconds(),
        };
        result[message.Kind == "text" ? "text" : "caption"] = message.Body;
        if (message.Original is { } markup) result["reply_markup"] = markup.DeepClone();
        return result;
    }

    /// <summary>Checks text as the provider does: its entities first, then its length without them.</summary>
    public static Answer? ReadText(string text, string? parseMode, int most, out string readable)
    {
        readable = text;
        if (string.Equals(parseMode, "HTML", StringComparison.OrdinalIgnoreCase))
        {
            if (ReadHtml(text, out readable) is { } wrong) return wrong;
        }
        else if (parseMode is not (null or "" or "Markdown" or "MarkdownV2"))
        {
            return BotApi.Bad("unsupported parse_mode");
        }

        return readable.Length > most ? BotApi.Bad(most == 1024 ? "message caption is too long" : "message is too long") : null;
    }

    public static Answer? ReadMarkup(JsonNode? markup, out IReadOnlyList<Choice> choices)
    {
        var found = new List<Choice>();
        choices = found;
        foreach (var button in markup.Items("inline_keyboard").OfType<JsonArray>().SelectMany(row => row))
        {
            var text = button.Text("text");
            if (string.IsNullOrEmpty(text)) return BotApi.Bad("can't parse inline keyboard button: Can't find field \"text\"");
            if (button.Text("callback_data") is { } data)
            {
                if (Encoding.UTF8.GetByteCount(data) is < 1 or > 64) return BotApi.Bad("BUTTON_DATA_INVALID");
                found.Add(new Choice(text, data));
            }
            else if (button.Text("url") is { } url)
            {
                if (!Uri.TryCreate(url, UriKind.Absolute, out _)) return BotApi.Bad("inline keyboard button URL '" + url + "' is invalid: Wrong HTTP URL");
                found.Add(new Choice(text, null, "link", Url: url));
            }
            else
            {
                return BotApi.Bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
            }
        }

        foreach (var button in markup.Items("keyboard").OfType<JsonArray>().SelectMany(row => row))
        {
            if ((button is JsonValue value && value.TryGetValue<string>(out var plain) ? plain : button.Text("text")) is { Length: > 0 } text) found.Add(new Choice(text, null, "text"));
        }

        return null;
    }

    // An address, an id known here, or a file in the form.
    private static string? Attached(TelegramStandIn telegram, string kind, BotParameters given)
    {
        if (given.Text(kind) is { Length: > 0 } text && !text.StartsWith("attach://", StringComparison.Ordinal)) return text;
        if ((given.File(kind) ?? given.File(given.Text(kind)?["attach://".Length..] ?? kind)) is not { } file) return null;

        using var content = new MemoryStream();
        file.CopyTo(content);
        var stored = new MediaFile(telegram.NewMediaId(), file.ContentType ?? "application/octet-stream", content.ToArray(), file.FileName);
        telegram.Media.Add(stored);
        return stored.Id;
    }

    private static Answer? ReadHtml(string text, out string readable)
    {
        readable = text;
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(text))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (!s_tags.Contains(name, StringComparer.Ordinal)) return BotApi.Bad($"can't parse entities: Unsupported start tag \"{name}\" at byte offset {Offset(text, tag.Index)}");
            if (tag.Groups["end"].Length == 0) open.Push(name);
            else if (open.Count == 0 || open.Pop() != name) return BotApi.Bad($"can't parse entities: Unexpected end tag at byte offset {Offset(text, tag.Index)}");
        }

        if (open.Count > 0) return BotApi.Bad($"can't parse entities: Can't find end tag corresponding to start tag \"{open.Peek()}\"");
        readable = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        return null;
    }

    private static string Offset(string text, int index) => Encoding.UTF8.GetByteCount(text.AsSpan(0, index)).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("<(?<end>/?)(?<name>[A-Za-z][A-Za-z0-9-]*)[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
