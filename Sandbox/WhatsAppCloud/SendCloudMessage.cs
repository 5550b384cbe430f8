using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.Meta;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.WhatsAppCloud;

/// <summary><c>POST /{version}/{phone-number-id}/messages</c>: messages, read marks and the typing indicator.</summary>
internal static partial class SendCloudMessage
{
    private static readonly string[] s_types =
        ["audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "template", "text", "video"];

    public static Answer Handle(WhatsAppCloudStandIn whatsApp, ApiRequest request, DateTimeOffset now)
    {
        if (request.Json is not { } body || body.Text("messaging_product") != "whatsapp") return GraphError.ParameterMissing("messaging_product").Answer();
        if (body.ContainsKey("status")) return MarkRead(whatsApp, body);

        var to = body.Text("to") ?? body.Text("recipient");
        if (string.IsNullOrEmpty(to)) return GraphError.ParameterMissing("to").Answer();
        if (whatsApp.ReadAddress(to) is not { } address) return Invalid("Recipient is not a valid phone number or user id").Answer();
        if (body["recipient_type"] is not null && body.Text("recipient_type") is not ("individual" or "group"))
            return GraphError.Parameter("Param recipient_type must be one of {INDIVIDUAL, GROUP}.").Answer();

        var type = body.Text("type") ?? "text";
        if (!s_types.Contains(type, StringComparer.Ordinal))
            return GraphError.Parameter($"Param type must be one of {{{string.Join(", ", s_types.Select(one => one.ToUpperInvariant()))}}} - got \"{type}\".").Answer();
        if (body[type] is not { } content) return GraphError.ParameterMissing(type).Answer();
        if (body.Text("biz_opaque_callback_data") is { Length: > 512 }) return GraphError.Parameter("Param biz_opaque_callback_data must be at most 512 characters long.").Answer();
        if (CloudContent.Read(type, content, out var readable, out var choices, out var media) is { } wrong) return wrong.Answer();
        if (type == "reaction" && !whatsApp.Messages.TryGet(content.Text("message_id") ?? "", out _)) return Invalid("Message ID does not exist").Answer();

        var faults = whatsApp.Faults.Current;
        if (whatsApp.Faults.Hit(faults.RecipientGone))
            return new GraphError(131026, "(#131026) Message undeliverable", Details: "Message Undeliverable.").Answer();

        var message = new Message
        {
            Sid = whatsApp.NewWamid(),
            Inbound = false,
            From = whatsApp.Address,
            To = address,
            Body = readable,
            Kind = type,
            Choices = choices,
            MediaUrls = media is null ? [] : [media],
            Reference = body.Text("biz_opaque_callback_data"),
            FailsWith = faults.EnforceWindow && type != "template" && !whatsApp.Messages.WindowIsOpen(address, now, whatsApp.Window) ? 131047 : null,
            CreatedAt = now,
            State = new MessageState("accepted", now),
        };
        whatsApp.Messages.Add(message);
        var contact = new JsonObject { ["input"] = to, [address.Contains('.', StringComparison.Ordinal) ? "user_id" : "wa_id"] = address };
        var sent = new JsonObject { ["id"] = message.Sid };
        if (type == "template") sent["message_status"] = "accepted";
        return Answer.Json(200, new JsonObject
        {
            ["messaging_product"] = "whatsapp", ["contacts"] = new JsonArray(contact), ["messages"] = new JsonArray(sent),
        }) with { Accepted = message };
    }

    private static Answer MarkRead(WhatsAppCloudStandIn whatsApp, JsonObject body)
    {
        if (body.Text("status") != "read") return GraphError.Parameter("Param status must be one of {READ}.").Answer();
        if (body.Text("message_id") is not { Length: > 0 } id) return GraphError.ParameterMissing("message_id").Answer();
        if (!whatsApp.Messages.TryGet(id, out var message) || !message.Inbound) return Invalid("Message ID does not exist").Answer();
        if (body["typing_indicator"] is { } typing && typing.Text("type") != "text") return GraphError.ParameterMissing("typing_indicator['type']").Answer();
        return Answer.Json(200, new JsonObject { ["success"] = true }) with { About = id };
    }

    private static GraphError Invalid(string details) => new(131009, "(#131009) Parameter value is not valid", Details: details);

    [GeneratedRegex("^[a-z0-9_]{1,512}$", RegexOptions.CultureInvariant)]
    internal static partial Regex TemplateName();
}
