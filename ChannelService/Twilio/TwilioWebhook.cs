using System.Globalization;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Twilio;

/// <summary>
/// Reads what Twilio posts: customers' messages and status callbacks, told apart by their fields.
/// https://www.twilio.com/docs/messaging/guides/webhook-request
/// <code>MessageSid=SM11…&amp;AccountSid=AC5d…&amp;From=whatsapp%3A%2B447700900123&amp;To=whatsapp%3A%2B441632960001&amp;Body=Hi&amp;NumMedia=0</code>
/// </summary>
internal static class TwilioWebhook
{
    private const int MaxIdLength = 64;
    private const int MaxAddressLength = 256;
    private const int MaxMedia = 10;

    public static WebhookContent Read(TwilioForm form, TwilioForm query)
    {
        var sid = form["MessageSid"] ?? form["SmsMessageSid"] ?? form["SmsSid"];
        var from = form["From"];
        var to = form["To"];
        if (sid is null or { Length: > MaxIdLength }) return WebhookContent.Nothing(WebhookOutcome.Malformed, "MessageSid is missing");
        if (from is null or { Length: > MaxAddressLength }) return WebhookContent.Nothing(WebhookOutcome.Malformed, "From is missing");
        if (to is null or { Length: > MaxAddressLength }) return WebhookContent.Nothing(WebhookOutcome.Malformed, "To is missing");

        var status = form["MessageStatus"] ?? form["SmsStatus"];
        var isStatus = status is not (null or "received" or "receiving");
        var account = TwilioOptions.AccountOf(form["AccountSid"] ?? "", isStatus ? from : to);
        return isStatus
            ? WebhookContent.Of(ReadStatus(form, query, account, sid, status!, to))
            : from.StartsWith("whatsapp:", StringComparison.Ordinal)
                ? WebhookContent.Of(ReadMessage(form, account, sid, from))
                : WebhookContent.Nothing(WebhookOutcome.Ignored, "not_whatsapp");
    }

    public static InboundItem ReadMessage(TwilioForm form, string account, string sid, string from)
    {
        var waId = form["WaId"];
        var phone = waId is { Length: > 0 and <= 20 } && waId.All(char.IsAsciiDigit) ? "+" + waId : null;
        var choice = ReadChoice(form);
        var location = ReadLocation(form);
        var attachments = ReadAttachments(form, sid);
        var text = form["Body"] ?? choice?.Title ?? "";

        // Whatever we cannot show is still visible as something that the customer sent.
        if (text.Length == 0 && choice is null && location is null && attachments.Count == 0
            && form["MessageType"] is { } type and not "text")
            text = $"[{type}]";

        return new InboundItem(
            sid,
            account,
            new CustomerAddress("whatsapp", from, form["ProfileName"], phone),
            new MessageContent(
                text, attachments.Count == 0 ? null : attachments, choice, location, form["OriginalRepliedMessageSid"], ReadReferral(form)));
    }

    /// <summary><c>https://www.twilio.com/docs/messaging/api/message-resource#message-status-values</c>; null for what says nothing to us.</summary>
    public static DeliveryStatus? StatusOf(string status) => status switch
    {
        // Any of these proves that Twilio took the message.
        "accepted" or "scheduled" or "queued" or "sending" or "sent" => DeliveryStatus.Sent,
        "delivered" or "partially_delivered" => DeliveryStatus.Delivered,
        "read" or "played" => DeliveryStatus.Read,
        "failed" or "undelivered" => DeliveryStatus.Failed,
        "canceled" => DeliveryStatus.Cancelled,
        _ => null,
    };

    private static StatusItem ReadStatus(TwilioForm form, TwilioForm query, string account, string sid, string status, string customer)
    {
        var mapped = StatusOf(status);
        return new StatusItem(
            sid,
            account,
            Guid.TryParse(query["delivery"], out var delivery) ? delivery : null,
            query.Number("part"),
            mapped,
            status.Length > 32 ? status[..32] : status,
            mapped is DeliveryStatus.Failed ? form["ErrorCode"] ?? status : null,
            mapped is DeliveryStatus.Failed ? form["ErrorMessage"] ?? TwilioErrors.Describe(form["ErrorCode"]) : null,
            customer);
    }

    private static Choice? ReadChoice(TwilioForm form)
    {
        if (form["ListId"] is { } listId) return new Choice(listId, form["ListTitle"] ?? form["Body"] ?? listId);
        if (form["ButtonPayload"] is { } payload) return new Choice(payload, form["ButtonText"] ?? form["Body"] ?? payload);
        return form["ButtonText"] is { } title ? new Choice(title, title) : null;
    }

    private static Location? ReadLocation(TwilioForm form) =>
        Coordinate(form["Latitude"], 90) is { } latitude && Coordinate(form["Longitude"], 180) is { } longitude
            ? new Location(latitude, longitude, form["Label"], form["Address"])
            : null;

    private static double? Coordinate(string? text, double bound) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) <= bound
            ? value
            : null;

    private static List<Attachment> ReadAttachments(TwilioForm form, string sid)
    {
        var attachments = new List<Attachment>();
        for (var i = 0; i < Math.Min(form.Number("NumMedia"), MaxMedia); i++)
        {
            if (form[$"MediaUrl{i}"] is not { } url) continue;
            var contentType = form[$"MediaContentType{i}"] ?? "application/octet-stream";
            attachments.Add(new Attachment(Identifiers.Derive($"twilio/media/{sid}/{i}"), KindOf(contentType), contentType, Source: url));
        }
        return attachments;
    }

    private static string KindOf(string contentType) => contentType.Split('/', ';')[0] switch
    {
        "image" => "image",
        "audio" => "audio",
        "video" => "video",
        _ when contentType.StartsWith("text/vcard", StringComparison.OrdinalIgnoreCase) => "contact",
        _ when contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) => "file",
        _ => "document",
    };

    private static Referral? ReadReferral(TwilioForm form)
    {
        var referral = new Referral(
            form["ReferralHeadline"], form["ReferralBody"], form["ReferralSourceUrl"], form["ReferralSourceId"],
            form["ReferralSourceType"], form["ReferralCtwaClid"]);
        return referral == new Referral(null) ? null : referral;
    }
}
