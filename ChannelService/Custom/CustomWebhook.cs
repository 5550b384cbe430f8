using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Custom;

/// <summary>
/// Reads what the workspace's own system sends.
/// <code>{"type":"message.created","timestamp":"…","data":{"conversation":"c-1","message":{"id":"m-1","text":"…","from":{"id":"u-1","name":"…"}}}}</code>
/// <c>message.updated</c> and <c>message.deleted</c> have the same form. Answers go to the conversation; without one, to the person.
/// </summary>
internal static class CustomWebhook
{
    private const int MaxIdLength = 256;
    private const int MaxAttachments = 20;
    private static readonly string[] s_kinds = ["image", "audio", "video", "document", "contact", "file"];

    /// <param name="id">The webhook's, which is the same when it is sent again.</param>
    public static WebhookContent Read(JsonElement root, string account, string id)
    {
        var type = root.Text("type");
        if (type is not ("message.created" or "message.updated" or "message.deleted"))
            return type is null ? Malformed("type is missing") : WebhookContent.Nothing(WebhookOutcome.Ignored, $"type: {Short(type)}");
        if (root.Object("data") is not { } data || data.Object("message") is not { } message) return Malformed("data.message is missing");
        if (message.Text("id") is not { Length: > 0 and <= MaxIdLength } messageId) return Malformed("data.message.id is missing or too long");
        if (From(data, message) is not { } from) return Malformed("data.conversation and data.message.from.id are missing or too long");

        DateTimeOffset? sentAt = DateTimeOffset.TryParse(
            root.Text("timestamp"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        switch (type)
        {
            case "message.updated":
                return WebhookContent.Of(new ChangeItem(id, account, from, MessageChange.Edited, messageId, message.Text("text") ?? "", SentAt: sentAt));
            case "message.deleted":
                return WebhookContent.Of(new ChangeItem(id, account, from, MessageChange.Deleted, messageId, SentAt: sentAt));
        }

        var content = ReadContent(message, account, messageId);
        return content is { Text: "", Attachments: null, Choice: null, Location: null }
            ? Malformed("data.message has neither text nor attachments, choice or location")
            : WebhookContent.Of(new InboundItem(id, account, from, content, SentAt: sentAt, MessageExternalId: messageId));
    }

    private static CustomerAddress? From(JsonElement data, JsonElement message)
    {
        var from = message.Object("from");
        var person = from?.Text("id");
        var conversation = data.Text("conversation");
        if ((conversation ?? person) is not { Length: > 0 and <= MaxIdLength } address || person?.Length > MaxIdLength) return null;
        return new CustomerAddress(
            "custom", address, from?.Text("name"), from?.Text("phone"), from?.Text("email"), from?.Text("locale"), conversation is null ? null : person);
    }

    private static MessageContent ReadContent(JsonElement message, string account, string messageId)
    {
        var choice = message.Object("choice") is { } chosen && chosen.Text("id") is { } choiceId ? new Choice(choiceId, chosen.Text("title") ?? choiceId) : null;
        var location = message.Object("location") is { } place
            && place.Real("latitude") is { } latitude && Math.Abs(latitude) <= 90 && place.Real("longitude") is { } longitude && Math.Abs(longitude) <= 180
                ? new Location(latitude, longitude, place.Text("name"), place.Text("address"))
                : null;
        var attachments = message.Objects("attachments").Take(MaxAttachments).Where(one => one.Text("url") is not null).Select((one, place) => new Attachment(
            Identifiers.Derive($"custom/media/{account}/{messageId}/{place}"), s_kinds.Contains(one.Text("type")) ? one.Text("type")! : "file",
            one.Text("contentType") ?? "application/octet-stream", one.Text("name"), one.Number("size"), one.Text("url"), one.Text("id"))).ToList();
        return new MessageContent(
            message.Text("text") ?? choice?.Title ?? "", attachments.Count == 0 ? null : attachments, choice, location, message.Text("replyTo"));
    }

    private static WebhookContent Malformed(string reason) => WebhookContent.Nothing(WebhookOutcome.Malformed, reason);

    private static string Short(string text) => StorableText.From(text.Length > 64 ? text[..64] : text);
}
