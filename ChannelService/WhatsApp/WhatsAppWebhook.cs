using System.Security.Cryptography;
using System.Text.Json;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.WhatsApp;

/// <summary>
/// Reads what the WhatsApp Cloud API posts: entries of changes of messages, statuses and echoes, of any of the app's numbers.
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
/// <code>{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{
///   "metadata":{"phone_number_id":"1065…"},"contacts":[{"profile":{"name":"Zoë"},"wa_id":"4477…"}],"messages":[{…}],"statuses":[{…}]}}]}]}</code>
/// </summary>
internal static class WhatsAppWebhook
{
    public static WebhookContent Read(ReadOnlyMemory<byte> body)
    {
        if (WireJson.Parse(body.Span) is not { } root) return WebhookContent.Nothing(WebhookOutcome.Malformed, "not_json");
        if (root.Filled("object") is not { } kind) return WebhookContent.Nothing(WebhookOutcome.Malformed, "object is missing");
        if (kind != "whatsapp_business_account") return WebhookContent.Nothing(WebhookOutcome.Ignored, "another_object");

        var items = new List<WebhookItem>();
        foreach (var change in root.List("entry").SelectMany(entry => entry.List("changes")))
            if (change.Get("value") is { } value) items.AddRange(ReadChange(value));
        return items.Count > 0 ? WebhookContent.Of(items) : WebhookContent.Nothing(WebhookOutcome.Ignored, "nothing_known");
    }

    /// <summary><c>sent</c>, <c>delivered</c>, <c>read</c>, <c>played</c>, <c>failed</c>; null for what says nothing to us.</summary>
    public static DeliveryStatus? StatusOf(string status) => status switch
    {
        "accepted" or "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" or "played" => DeliveryStatus.Read,
        "failed" => DeliveryStatus.Failed,
        _ => null,
    };

    private static IEnumerable<WebhookItem> ReadChange(JsonElement value)
    {
        var account = value.Get("metadata").Filled("phone_number_id") ?? "";
        var names = NamesIn(value);
        foreach (var message in value.List("messages"))
            if (ReadMessage(message, account, names) is { } item) yield return item;
        foreach (var status in value.List("statuses"))
            if (ReadStatus(status, account) is { } item) yield return item;
        foreach (var echo in value.List("message_echoes"))
            if (ReadEcho(echo, account) is { } item) yield return item;
        foreach (var error in value.List("errors"))
        {
            // An error of the account has no id: the same one told twice is one.
            var told = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(error.GetRawText())).AsSpan(0, 8));
            yield return new NoticeItem($"error:{told}", account, "provider_error", Detail: error.Filled("code"));
        }
    }

    private static PersonItem? ReadMessage(JsonElement message, string account, Dictionary<string, string?> names)
    {
        if (message.Filled("id") is not { } id || AddressOf(message) is not { } address) return null;

        var sentAt = WireJson.UnixTime(message.Text("timestamp"));
        var from = new CustomerAddress("whatsapp", address, names.GetValueOrDefault(address), PhoneOf(address));
        var payload = message.Filled("type") is { } type ? message.Get(type) : null;
        switch (message.Filled("type"))
        {
            case "reaction" when payload.Filled("message_id") is { } target:
                return new ChangeItem(id, account, from, MessageChange.Reacted, target, Emoji: payload.Filled("emoji"), SentAt: sentAt);
            case "edit" when payload.Filled("original_message_id") is { } target:
                var edited = payload.Get("message");
                var text = edited.Get("text").Filled("body") ?? (edited.Filled("type") is { } kind ? edited.Get(kind).Filled("caption") : null);
                return new ChangeItem(id, account, from, MessageChange.Edited, target, text ?? "", SentAt: sentAt);
            case "revoke" when payload.Filled("original_message_id") is { } target:
                return new ChangeItem(id, account, from, MessageChange.Deleted, target, SentAt: sentAt);
            case "system" when (payload.Filled("wa_id") ?? payload.Filled("new_wa_id") ?? payload.Filled("user_id")) is { } moved && moved != address:
                return new AddressChangeItem(id, account, from, moved, sentAt);
        }

        var group = message.Filled("group_id");
        var content = WhatsAppContent.Read(message, id);
        return new InboundItem(
            id, account, from, content,
            content.Order is not null ? InboundKind.Order : content.Unsupported is not null ? InboundKind.Unsupported : InboundKind.Message,
            AnswerWanted: group is null, group, sentAt);
    }

    private static StatusItem? ReadStatus(JsonElement status, string account)
    {
        if (status.Filled("id") is not { } id || status.Filled("status") is not { } raw) return null;

        var mapped = StatusOf(raw);
        var mark = DeliveryMark.Read(status.Filled("biz_opaque_callback_data"));
        var error = status.List("errors").Select(error => (JsonElement?)error).FirstOrDefault();
        var code = mapped is DeliveryStatus.Failed ? error.Filled("code") ?? raw : null;
        return new StatusItem(
            id, account, mark?.DeliveryId, mark?.Part ?? 0, mapped, raw.Length > 32 ? raw[..32] : raw, code,
            code is null ? null : MetaErrors.Describe(code), status.Filled("recipient_id") ?? status.Filled("recipient_user_id"));
    }

    private static EchoItem? ReadEcho(JsonElement echo, string account)
    {
        if (echo.Filled("id") is not { } id || (echo.Filled("to") ?? echo.Filled("to_user_id")) is not { } to) return null;
        return new EchoItem(
            id, account, new CustomerAddress("whatsapp", to, Phone: PhoneOf(to)), WhatsAppContent.Read(echo, id), Own: false, SentAt: WireJson.UnixTime(echo.Text("timestamp")));
    }

    // People with a user name need not show their number; then they are known by an id of this business's own.
    private static string? AddressOf(JsonElement message) => message.Filled("from") ?? message.Filled("from_user_id") ?? message.Filled("user_id");

    // By each of the ids that a contact has; the first contact with an id counts.
    private static Dictionary<string, string?> NamesIn(JsonElement value)
    {
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var contact in value.List("contacts"))
        {
            var name = contact.Get("profile").Filled("name");
            if (contact.Filled("wa_id") is { } number) names.TryAdd(number, name);
            if (contact.Filled("user_id") is { } id) names.TryAdd(id, name);
        }

        return names;
    }

    private static string? PhoneOf(string address) => address.Length is >= 6 and <= 15 && address.All(char.IsAsciiDigit) ? "+" + address : null;
}
