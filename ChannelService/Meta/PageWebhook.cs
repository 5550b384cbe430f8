using System.Globalization;
using System.Text.Json;
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
        using var document = JsonFields.Parse(body);
        if (document is null) return WebhookContent.Nothing(WebhookOutcome.Malformed, "not_json");
        if (document.RootElement.Text("object") is not { } found) return WebhookContent.Nothing(WebhookOutcome.Malformed, "object is missing");
        if (found != kind) return WebhookContent.Nothing(WebhookOutcome.Ignored, "another_object");

        var items = new List<WebhookItem>();
        foreach (var entry in document.RootElement.List("entry"))
        {
            var account = entry.Text("id") ?? "";
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
        if (item.Get("sender").Text("id") is not { } sender || item.Get("recipient").Text("id") is not { } recipient) return null;

        var sentAt = item.Milliseconds("timestamp");
        if (item.Get("message") is { } message)
        {
            var customer = AddressOf(message.Flag("is_echo") ? recipient : sender);
            return ReadMessage(message, item, account, customer, standby, sentAt);
        }

        var from = AddressOf(sender);
        if (item.Get("postback") is { } postback) return ReadPostback(postback, account, from, standby, sentAt);
        if (item.Get("reaction") is { } reaction) return ReadReaction(reaction, account, from, item.Text("timestamp"), sentAt);
        if (item.Get("message_edit") is { } edit && edit.Text("mid") is { } edited)
            return new ChangeItem($"edited:{edited}:{edit.Text("num_edit") ?? item.Text("timestamp")}", account, from, MessageChange.Edited, edited, edit.Text("text") ?? "", SentAt: sentAt);
        if (item.Get("delivery") is { } delivery) return ReadReceipt("delivery", delivery, account, sender, DeliveryStatus.Delivered, sentAt);
        if (item.Get("read") is { } read) return ReadReceipt("read", read, account, sender, DeliveryStatus.Read, sentAt);
        return ReadNotice(item, account, sender, sentAt);
    }

    private PersonItem? ReadMessage(JsonElement message, JsonElement item, string account, CustomerAddress customer, bool standby, DateTimeOffset? sentAt)
    {
        if (message.Text("mid") is not { } mid) return null;
        if (message.Flag("is_deleted")) return new ChangeItem($"deleted:{mid}", account, customer, MessageChange.Deleted, mid, SentAt: sentAt);

        var content = PageContent.Read(message, item.Get("referral"), mid);
        if (message.Flag("is_echo"))
        {
            var mark = DeliveryMark.Read(message.Text("metadata"));
            var own = appId is not null && message.Text("app_id") == appId;
            return new EchoItem(mid, account, customer, content, own, mark?.DeliveryId, mark?.Part ?? 0, sentAt);
        }
        return new InboundItem(
            mid, account, customer, content, content.Unsupported is null ? InboundKind.Message : InboundKind.Unsupported, AnswerWanted: !standby, SentAt: sentAt);
    }

    private static InboundItem ReadPostback(JsonElement postback, string account, CustomerAddress from, bool standby, DateTimeOffset? sentAt)
    {
        var title = postback.Text("title") ?? postback.Text("payload") ?? "";
        var content = new MessageContent(
            title, Choice: new Choice(postback.Text("payload") ?? title, title), Referral: PageContent.ReadReferral(postback.Get("referral")));
        var id = postback.Text("mid") ?? string.Create(CultureInfo.InvariantCulture, $"postback:{from.Value}:{sentAt?.ToUnixTimeMilliseconds()}:{title}");
        return new InboundItem(id, account, from, content, InboundKind.Postback, AnswerWanted: !standby, SentAt: sentAt);
    }

    private static ChangeItem? ReadReaction(JsonElement reaction, string account, CustomerAddress from, string? timestamp, DateTimeOffset? sentAt) =>
        reaction.Text("mid") is not { } mid ? null
            : new ChangeItem(
                $"reaction:{from.Value}:{mid}:{timestamp}", account, from, MessageChange.Reacted, mid,
                Emoji: reaction.Text("action") == "unreact" ? null : reaction.Text("emoji") ?? reaction.Text("reaction"), SentAt: sentAt);

    // {"watermark":1767225600500,"mids":["m_…"]} of Messenger, {"mid":"…"} of Instagram
    private static ReceiptItem? ReadReceipt(string name, JsonElement receipt, string account, string sender, DeliveryStatus status, DateTimeOffset? sentAt)
    {
        var mids = receipt.List("mids").Select(JsonFields.Text).Append(receipt.Text("mid")).OfType<string>().Distinct().ToList();
        var watermark = receipt.Milliseconds("watermark");
        return watermark is null && mids.Count == 0 ? null
            : new ReceiptItem($"{name}:{sender}:{receipt.Text("watermark") ?? string.Join(',', mids)}", account, sender, status, watermark, mids, sentAt);
    }

    private static NoticeItem? ReadNotice(JsonElement item, string account, string sender, DateTimeOffset? sentAt)
    {
        foreach (var name in new[] { "referral", "optin" })
        {
            if (item.Get(name) is not { } brought) continue;
            var told = string.Join(' ', new[] { brought.Text("source"), brought.Text("type"), brought.Text("ref"), brought.Text("ad_id") }.OfType<string>());
            return new NoticeItem($"{name}:{sender}:{item.Text("timestamp")}", account, name, sender, told.Length > 0 ? told : null, sentAt);
        }

        var handOver = s_handOvers.FirstOrDefault(name => item.Get(name) is not null);
        return new NoticeItem($"{handOver ?? "unknown"}:{sender}:{item.Text("timestamp")}", account, handOver is null ? "unknown" : "system", sender, handOver, sentAt);
    }

    private CustomerAddress AddressOf(string id) => new(channel, id);
}
