using System.Globalization;
using System.Text.Json;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Meta;

/// <summary>
/// Reads what Messenger and Instagram post: entries of messaging items, of any of the app's pages or accounts. Under <c>standby</c>
/// are those of threads that another app holds.
/// https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
/// <code>{"object":"page","entry":[{"id":"1048…","messaging":[{"sender":{"id":"6712…"},"recipient":{"id":"1048…"},"timestamp":1767225600123,
///   "message":{"mid":"m_…","text":"Hi"}}]}]}</code>
/// </summary>
/// <param name="kind">What <c>object</c> says.</param>
/// <param name="channel">The channel's name, of addresses too.</param>
/// <param name="appId">Ours; null where echoes do not name the app.</param>
internal sealed class PageWebhook(string kind, string channel, string? appId)
{
    private static readonly string[] s_handOvers =
        ["pass_thread_control", "take_thread_control", "request_thread_control", "app_roles", "account_linking", "policy_enforcement"];

    public WebhookContent Read(ReadOnlyMemory<byte> body)
    {
        if (WireJson.Parse(body.Span) is not { } root) return WebhookContent.Nothing(WebhookOutcome.Malformed, "not_json");
        if (root.Filled("object") is not { } found) return WebhookContent.Nothing(WebhookOutcome.Malformed, "object is missing");
        if (found != kind) return WebhookContent.Nothing(WebhookOutcome.Ignored, "another_object");

        var items = new List<WebhookItem>();
        foreach (var entry in root.List("entry"))
        {
            var account = entry.Filled("id") ?? "";
            items.AddRange(entry.List("messaging").Select(item => ReadItem(item, account, standby: false)).OfType<WebhookItem>());
            items.AddRange(entry.List("standby").Select(item => ReadItem(item, account, standby: true)).OfType<WebhookItem>());

            // Instagram's own login tells the same things as changes.
            items.AddRange(entry.List("changes").Select(change => change.Get("value")).OfType<JsonElement>()
                .Where(value => value.Get("sender") is not null).Select(value => ReadItem(value, account, standby: false)).OfType<WebhookItem>());
        }
        return items.Count > 0 ? WebhookContent.Of(items) : WebhookContent.Nothing(WebhookOutcome.Ignored, "nothing_known");
    }

    private WebhookItem? ReadItem(JsonElement item, string account, bool standby)
    {
        if (item.Get("sender").Filled("id") is not { } sender || item.Get("recipient").Filled("id") is not { } recipient) return null;

        var sentAt = item.Milliseconds("timestamp");
        if (item.Get("message") is { } message)
        {
            var customer = AddressOf(message.Flag("is_echo") ? recipient : sender);
            return ReadMessage(message, item, account, customer, standby, sentAt);
        }

        var from = AddressOf(sender);
        if (item.Get("postback") is { } postback) return ReadPostback(postback, account, from, standby, sentAt);
        if (item.Get("reaction") is { } reaction) return ReadReaction(reaction, account, from, item.Filled("timestamp"), sentAt);
        if (item.Get("message_edit") is { } edit && edit.Filled("mid") is { } edited)
            return new ChangeItem($"edited:{edited}:{edit.Filled("num_edit") ?? item.Filled("timestamp")}", account, from, MessageChange.Edited, edited, edit.Filled("text") ?? "", SentAt: sentAt);
        if (item.Get("delivery") is { } delivery) return ReadReceipt("delivery", delivery, account, sender, DeliveryStatus.Delivered, sentAt);
        if (item.Get("read") is { } read) return ReadReceipt("read", read, account, sender, DeliveryStatus.Read, sentAt);
        return ReadNotice(item, account, sender, sentAt);
    }

    private PersonItem? ReadMessage(JsonElement message, JsonElement item, string account, CustomerAddress customer, bool standby, DateTimeOffset? sentAt)
    {
        if (message.Filled("mid") is not { } mid) return null;
        if (message.Flag("is_deleted")) return new ChangeItem($"deleted:{mid}", account, customer, MessageChange.Deleted, mid, SentAt: sentAt);

        var content = PageContent.Read(message, item.Get("referral"), mid);
        if (message.Flag("is_echo"))
        {
            var mark = DeliveryMark.Read(message.Filled("metadata"));
            var own = appId is not null && message.Filled("app_id") == appId;
            return new EchoItem(mid, account, customer, content, own, mark?.DeliveryId, mark?.Part ?? 0, sentAt);
        }
        return new InboundItem(
            mid, account, customer, content, content.Unsupported is null ? InboundKind.Message : InboundKind.Unsupported, AnswerWanted: !standby, SentAt: sentAt);
    }

    private static InboundItem ReadPostback(JsonElement postback, string account, CustomerAddress from, bool standby, DateTimeOffset? sentAt)
    {
        var title = postback.Filled("title") ?? postback.Filled("payload") ?? "";
        var content = new MessageContent(
            title, Choice: new Choice(postback.Filled("payload") ?? title, title), Referral: PageContent.ReadReferral(postback.Get("referral")));
        var id = postback.Filled("mid") ?? string.Create(CultureInfo.InvariantCulture, $"postback:{from.Value}:{sentAt?.ToUnixTimeMilliseconds()}:{title}");
        return new InboundItem(id, account, from, content, InboundKind.Postback, AnswerWanted: !standby, SentAt: sentAt);
    }

    private static ChangeItem? ReadReaction(JsonElement reaction, string account, CustomerAddress from, string? timestamp, DateTimeOffset? sentAt) =>
        reaction.Filled("mid") is not { } mid ? null
            : new ChangeItem(
                $"reaction:{from.Value}:{mid}:{timestamp}", account, from, MessageChange.Reacted, mid,
                Emoji: reaction.Filled("action") == "unreact" ? null : reaction.Filled("emoji") ?? reaction.Filled("reaction"), SentAt: sentAt);

    // {"watermark":1767225600500,"mids":["m_…"]} of Messenger, {"mid":"…"} of Instagram
    private static ReceiptItem? ReadReceipt(string name, JsonElement receipt, string account, string sender, DeliveryStatus status, DateTimeOffset? sentAt)
    {
        var mids = receipt.List("mids").Select(WireJson.Text).Append(receipt.Filled("mid")).OfType<string>().Distinct().ToList();
        var watermark = receipt.Milliseconds("watermark");
        return watermark is null && mids.Count == 0 ? null
            : new ReceiptItem($"{name}:{sender}:{receipt.Filled("watermark") ?? string.Join(',', mids)}", account, sender, status, watermark, mids, sentAt);
    }

    private static NoticeItem? ReadNotice(JsonElement item, string account, string sender, DateTimeOffset? sentAt)
    {
        foreach (var name in new[] { "referral", "optin" })
        {
            if (item.Get(name) is not { } brought) continue;
            var told = string.Join(' ', new[] { brought.Filled("source"), brought.Filled("type"), brought.Filled("ref"), brought.Filled("ad_id") }.OfType<string>());
            return new NoticeItem($"{name}:{sender}:{item.Filled("timestamp")}", account, name, sender, told.Length > 0 ? told : null, sentAt);
        }

        var handOver = s_handOvers.FirstOrDefault(name => item.Get(name) is not null);
        return new NoticeItem($"{handOver ?? "unknown"}:{sender}:{item.Filled("timestamp")}", account, handOver is null ? "unknown" : "system", sender, handOver, sentAt);
    }

    private CustomerAddress AddressOf(string id) => new(channel, id);
}
