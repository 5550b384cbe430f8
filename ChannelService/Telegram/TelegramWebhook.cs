using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Telegram;

/// <summary>
/// Reads an update of the Bot API: one of its members says what happened. https://core.telegram.org/bots/api#update
/// <code>{"update_id":812345001,"message":{"message_id":10,"from":{"id":5000000001,"first_name":"Zoë"},"chat":{"id":5000000001,"type":"private"},"date":1767225600,"text":"hi"}}</code>
/// </summary>
/// <param name="account">The bot's id.</param>
/// <param name="userName">The bot's <c>@name</c> without the sign, where it is known.</param>
internal sealed class TelegramWebhook(string account, string? userName)
{
    // Members of a message that tell of the chat itself and were not written by anybody.
    private static readonly string[] s_service =
    [
        "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created",
        "channel_chat_created", "message_auto_delete_timer_changed", "pinned_message", "migrate_from_chat_id", "forum_topic_created", "forum_topic_edited",
        "forum_topic_closed", "forum_topic_reopened", "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
    ];

    private static readonly string[] s_known =
    [
        "message_id", "message_thread_id", "from", "sender_chat", "sender_boost_count", "chat", "date", "edit_date", "business_connection_id", "forward_origin",
        "is_topic_message", "is_automatic_forward", "reply_to_message", "external_reply", "quote", "via_bot", "has_protected_content", "media_group_id",
        "author_signature", "entities", "caption_entities", "link_preview_options", "effect_id", "show_caption_above_media", "has_media_spoiler", "reply_markup",
    ];

    public WebhookContent Read(JsonElement update)
    {
        if (update.Number("update_id") is not { } id) return WebhookContent.Nothing(WebhookOutcome.Malformed, "update_id is missing");
        var externalId = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (update.Object("message") is { } message) return ReadMessage(message, externalId);
        if (update.Object("edited_message") is { } edited) return ReadEdit(edited, externalId);
        if (update.Object("callback_query") is { } pressed) return ReadPressed(pressed, externalId);
        if (update.Object("message_reaction") is { } reaction) return ReadReaction(reaction, externalId);
        if (update.Object("my_chat_member") is { } member) return ReadMember(member, externalId);
        var kind = update.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => name != "update_id") ?? "nothing";
        return WebhookContent.Nothing(WebhookOutcome.Ignored, $"update: {ServiceDefaults.StorableText.From(Short(kind))}");
    }

    private WebhookContent ReadMessage(JsonElement message, string externalId)
    {
        if (Sender(message, out var isGroup) is not { } from) return WebhookContent.Nothing(WebhookOutcome.Malformed, "chat.id is missing");
        var sentAt = WireJson.UnixTime(message.Text("date"));
        if (message.Text("migrate_to_chat_id") is { } moved)
            return WebhookContent.Of(new AddressChangeItem(externalId, account, from, moved, sentAt));
        if (Array.Find(s_service, name => message.TryGetProperty(name, out _)) is { } service)
            return WebhookContent.Of(new NoticeItem(externalId, account, "system", from.Value, service, sentAt));

        var content = ReadContent(message, externalId);
        return WebhookContent.Of(new InboundItem(
            externalId, account, from, content, content.Unsupported is null ? InboundKind.Message : InboundKind.Unsupported,
            AnswerWanted: !IsBot(message) && (!isGroup || IsAddressed(message)), isGroup ? from.Value : null, sentAt, message.Text("message_id")));
    }

    private WebhookContent ReadEdit(JsonElement message, string externalId) =>
        Sender(message, out _) is { } from && message.Text("message_id") is { } target
            ? WebhookContent.Of(new ChangeItem(
                externalId, account, from, MessageChange.Edited, target, message.Text("text") ?? message.Text("caption") ?? "",
                SentAt: WireJson.UnixTime(message.Text("date"))))
            : WebhookContent.Nothing(WebhookOutcome.Malformed, "chat.id or message_id is missing");

    // {"id":"2147…","from":{…},"message":{"message_id":11,"chat":{…},"reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"ok:1"}]]}},"data":"ok:1"}
    private WebhookContent ReadPressed(JsonElement query, string externalId)
    {
        if (query.Text("id") is not { } id || query.Object("from") is not { } user || user.Text("id") is not { } person)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "callback_query.id or from.id is missing");
        if (query.Text("data") is not { } data) return WebhookContent.Nothing(WebhookOutcome.Ignored, "callback_query without data");

        var message = query.Object("message");
        var chat = message?.Object("chat");
        var isGroup = chat is { } known && IsGroup(known);
        var address = chat?.Text("id") ?? person;
        var title = message?.Object("reply_markup") is { } markup ? TitleOf(markup, data) : data;
        var content = new MessageContent(title, Choice: new Choice(data, title), ReplyToExternalId: message?.Text("message_id"));
        var from = Address(address, user, isGroup ? person : null);
        return WebhookContent.Of(new InboundItem(externalId, account, from, content, InboundKind.Postback, Group: isGroup ? address : null))
            with { Answer = TelegramAnswer.CallbackQuery(id) };
    }

    private static string TitleOf(JsonElement markup, string data)
    {
        if (!markup.TryGetProperty("inline_keyboard", out var rows) || rows.ValueKind != JsonValueKind.Array) return data;
        return rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Array).SelectMany(row => row.EnumerateArray())
            .Where(button => button.ValueKind == JsonValueKind.Object && button.Text("callback_data") == data)
            .Select(button => button.Text("text")).FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? data;
    }

    private WebhookContent ReadReaction(JsonElement reaction, string externalId)
    {
        if (Sender(reaction, out _, "user") is not { } from || reaction.Text("message_id") is not { } target)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "chat.id or message_id is missing");
        var emoji = reaction.Objects("new_reaction").Select(one => one.Text("emoji") ?? one.Text("type")).LastOrDefault();
        return WebhookContent.Of(new ChangeItem(
            externalId, account, from, MessageChange.Reacted, target, Emoji: emoji, SentAt: WireJson.UnixTime(reaction.Text("date"))));
    }

    // Blocked: {"chat":{"id":…,"type":"private"},"new_chat_member":{"status":"kicked",…}}
    private WebhookContent ReadMember(JsonElement member, string externalId)
    {
        var status = member.Object("new_chat_member")?.Text("status") ?? "unknown";
        var isPrivate = member.Object("chat") is { } chat && !IsGroup(chat);
        var detail = (isPrivate, status) switch
        {
            (true, "kicked") => "blocked",
            (true, "member") => "unblocked",
            _ => $"my_chat_member: {Short(status)}",
        };
        return WebhookContent.Of(new NoticeItem(
            externalId, account, "system", member.Object("chat")?.Text("id"), detail, WireJson.UnixTime(member.Text("date"))));
    }

    private MessageContent ReadContent(JsonElement message, string externalId)
    {
        var text = message.Text("text") ?? message.Text("caption") ?? "";
        var attachments = TelegramMedia.Read(message, account, externalId);
        var location = ReadLocation(message);
        var reply = message.Object("reply_to_message")?.Text("message_id");
        if (message.Object("contact") is { } contact && text.Length == 0)
            text = string.Join(' ', new[] { contact.Text("first_name"), contact.Text("last_name"), contact.Text("phone_number") }.Where(part => !string.IsNullOrEmpty(part)));
        if (message.Object("sticker")?.Text("emoji") is { } emoji && text.Length == 0) text = emoji;

        // What we cannot show stays visible as something that the customer sent.
        string? unsupported = null;
        if (text.Length == 0 && attachments.Count == 0 && location is null)
            unsupported = Short(message.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !s_known.Contains(name)) ?? "empty");
        return new MessageContent(
            text, attachments.Count == 0 ? null : attachments, null, location, reply, ReadReferral(text), Unsupported: unsupported);
    }

    private static Location? ReadLocation(JsonElement message)
    {
        var venue = message.Object("venue");
        return (venue?.Object("location") ?? message.Object("location")) is { } place
            && place.Real("latitude") is { } latitude && Math.Abs(latitude) <= 90 && place.Real("longitude") is { } longitude && Math.Abs(longitude) <= 180
                ? new Location(latitude, longitude, venue?.Text("title"), venue?.Text("address"))
                : null;
    }

    // t.me/name?start=order_8812 sends "/start order_8812".
    private static Referral? ReadReferral(string text) =>
        text.StartsWith("/start ", StringComparison.Ordinal) && text["/start ".Length..].Trim() is { Length: > 0 and <= 64 } reference
            ? new Referral(null, SourceId: reference, SourceType: "start")
            : null;

    private static CustomerAddress? Sender(JsonElement message, out bool isGroup, string name = "from")
    {
        isGroup = false;
        if (message.Object("chat") is not { } chat || chat.Text("id") is not { } id) return null;
        isGroup = IsGroup(chat);
        return message.Object(name) is { } user
            ? Address(id, user, isGroup ? user.Text("id") : null)
            : new CustomerAddress("telegram", id, chat.Text("title") ?? chat.Text("first_name"));
    }

    private static CustomerAddress Address(string chat, JsonElement user, string? person)
    {
        var name = string.Join(' ', new[] { user.Text("first_name"), user.Text("last_name") }.Where(part => !string.IsNullOrEmpty(part)));
        return new CustomerAddress("telegram", chat, name.Length > 0 ? name : user.Text("username"), Locale: user.Text("language_code"), Person: person);
    }

    private bool IsAddressed(JsonElement message)
    {
        if (message.Object("reply_to_message")?.Object("from")?.Text("id") == account) return true;
        var text = message.Text("text") ?? message.Text("caption") ?? "";
        return message.Objects("entities").Concat(message.Objects("caption_entities")).Any(entity => entity.Text("type") switch
        {
            "text_mention" => entity.Object("user")?.Text("id") == account,
            "mention" => Covered(entity, text) is { } mention && IsOwnName(mention.TrimStart('@')),

            // "/help" is for every bot in the group, "/help@name" for one.
            "bot_command" => Covered(entity, text) is { } command && (command.Split('@') is not [_, var name] || IsOwnName(name)),
            _ => false,
        });
    }

    // Names of bots end with "bot", and people's cannot; until ours is known any bot's counts.
    private bool IsOwnName(string name) =>
        userName is null ? name.EndsWith("bot", StringComparison.OrdinalIgnoreCase) : string.Equals(name, userName, StringComparison.OrdinalIgnoreCase);

    // Offsets and lengths count UTF-16 units.
    private static string? Covered(JsonElement entity, string text) =>
        entity.Number("offset") is { } offset && entity.Number("length") is { } length && offset >= 0 && length > 0 && offset <= text.Length - length
            ? text.Substring((int)offset, (int)length)
            : null;

    private static bool IsGroup(JsonElement chat) => chat.Text("type") is "group" or "supergroup" or "channel";

    private static bool IsBot(JsonElement message) => message.Object("from")?.Flag("is_bot") == true;

    private static string Short(string name) => name.Length > 64 ? name[..64] : name;
}
