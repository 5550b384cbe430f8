using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.WhatsAppCloud;

/// <summary>What the Cloud API posts: <c>entry[].changes[].value</c> with messages, statuses or echoes.</summary>
internal static class CloudWebhooks
{
    public static JsonObject Of(IReadOnlyList<CustomerAct> acts, string phoneNumberId, Func<MediaFile, string> addressOf)
    {
        if (acts[0].Request.Echo)
        {
            var echo = Item(acts[0], addressOf);
            echo["from"] = WhatsAppCloudStandIn.DisplayNumber;
            echo["to"] = acts[0].From;
            return Envelope(phoneNumberId, "smb_message_echoes", ("message_echoes", new JsonArray(echo)));
        }

        var messages = new JsonArray([.. acts.Select(act => (JsonNode)Item(act, addressOf))]);

        // The one kind that comes without contacts.
        if (acts[0].Request.Event == "user_changed_number") return Envelope(phoneNumberId, "messages", ("messages", messages));
        return Envelope(phoneNumberId, "messages", ("contacts", new JsonArray(Contact(acts[0]))), ("messages", messages));
    }

    public static JsonObject Status(Message message, string step, int? errorCode, string phoneNumberId, DateTimeOffset now)
    {
        var status = new JsonObject { ["id"] = message.Sid, ["status"] = step, ["timestamp"] = Seconds(now) };
        status[message.To.Contains('.', StringComparison.Ordinal) ? "recipient_user_id" : "recipient_id"] = message.To;
        if (step is "sent" or "delivered" or "read")
            status["pricing"] = new JsonObject { ["billable"] = false, ["pricing_model"] = "PMP", ["type"] = "free_customer_service", ["category"] = "service" };
        if (message.Reference is not null) status["biz_opaque_callback_data"] = message.Reference;
        if (errorCode is { } code)
        {
            var (title, details) = code switch
            {
                131047 => ("Re-engagement message", "Message failed to send because more than 24 hours have passed since the customer last replied to this number."),
                131026 => ("Message undeliverable", "Message Undeliverable."),
                _ => ("Message failed to send", "The message was not delivered."),
            };
            status["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = code, ["title"] = title, ["message"] = title, ["error_data"] = new JsonObject { ["details"] = details },
                ["href"] = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
            });
        }

        return Envelope(phoneNumberId, "messages", ("statuses", new JsonArray(status)));
    }

    private static JsonObject Envelope(string phoneNumberId, string field, params (string Name, JsonNode Items)[] parts)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = WhatsAppCloudStandIn.DisplayNumber, ["phone_number_id"] = phoneNumberId },
        };
        foreach (var (name, items) in parts) value[name] = items;
        return new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = WhatsAppCloudStandIn.BusinessAccount, ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = field }),
            }),
        };
    }

    // People who chose a username have no number here.
    private static JsonObject Contact(CustomerAct act)
    {
        var profile = new JsonObject { ["name"] = act.Name };
        return IsScoped(act)
            ? new JsonObject { ["profile"] = profile, ["user_id"] = act.From }
            : new JsonObject { ["profile"] = profile, ["wa_id"] = act.From };
    }

    private static JsonObject Item(CustomerAct act, Func<MediaFile, string> addressOf)
    {
        var request = act.Request;
        var item = new JsonObject();
        if ((request.ReplyTo ?? request.Button?.Sid) is { } quoted)
            item["context"] = new JsonObject { ["from"] = WhatsAppCloudStandIn.DisplayNumber, ["id"] = quoted };
        item[IsScoped(act) ? "from_user_id" : "from"] = act.From;
        item["id"] = act.Sid;
        item["timestamp"] = Seconds(act.At);
        if (act.Part("referral") is { } referral) item["referral"] = JsonNode.Parse(referral.GetRawText());

        var (type, content) = Content(act, addressOf);
        item["type"] = type;
        if (type == "unsupported")
        {
            item["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = 131051, ["title"] = "Message type unknown", ["message"] = "Message type unknown",
                ["error_data"] = new JsonObject { ["details"] = "Message type is currently not supported." },
            });
        }

        item[type] = content;
        return item;
    }

    private static (string Type, JsonNode Content) Content(CustomerAct act, Func<MediaFile, string> addressOf)
    {
        var request = act.Request;
        if (request.Event == "unsupported") return ("unsupported", new JsonObject { ["type"] = "poll_creation" });
        if (request.Event is not null)
        {
            var waId = act.Part("wa_id")?.GetString();
            return ("system", new JsonObject { ["body"] = $"User {act.Name} changed from {act.From} to {waId}", ["wa_id"] = waId, ["type"] = "user_changed_number" });
        }

        if (request.Delete is { } deleted) return ("revoke", new JsonObject { ["original_message_id"] = deleted });
        if (request.Edit is { } edited)
        {
            return ("edit", new JsonObject
            {
                ["original_message_id"] = edited,
                ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = act.Text } },
            });
        }

        if (request.Reaction is { } reaction)
        {
            var content = new JsonObject { ["message_id"] = reaction.Sid };
            if (!string.IsNullOrEmpty(reaction.Emoji)) content["emoji"] = reaction.Emoji;
            return ("reaction", content);
        }

        if (request.Button is { } button) return Tapped(button);
        if (request.Location is { } place)
        {
            var content = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude };
            if (place.Label is not null) content["name"] = place.Label;
            if (place.Address is not null) content["address"] = place.Address;
            return ("location", content);
        }

        if (act.Part("contacts") is { } contacts) return ("contacts", JsonNode.Parse(contacts.GetRawText())!);
        if (act.Part("order") is { } order) return ("order", JsonNode.Parse(order.GetRawText())!);
        if (act.Files is not [var file, ..]) return ("text", new JsonObject { ["body"] = act.Text });

        var type = file.ContentType == "image/webp" ? "sticker" : file.Kind;
        var media = new JsonObject();
        if (act.Text.Length > 0 && type is "image" or "video" or "document") media["caption"] = act.Text;
        if (type == "document") media["filename"] = file.Name;
        media["mime_type"] = file.ContentType;
        media["sha256"] = file.Sha256;
        media["id"] = file.Id;
        media["url"] = addressOf(file);
        if (type == "audio") media["voice"] = file.ContentType.StartsWith("audio/ogg", StringComparison.Ordinal);
        if (type == "sticker") media["animated"] = false;
        return (type, media);
    }

    private static (string Type, JsonNode Content) Tapped(Programs.TappedButton button)
    {
        var id = button.Payload ?? button.Text;
        if (button.Kind == "template") return ("button", new JsonObject { ["payload"] = id, ["text"] = button.Text });

        var type = button.Kind == "list" ? "list_reply" : "button_reply";
        var reply = new JsonObject { ["id"] = id, ["title"] = button.Text };
        if (button.Description is not null) reply["description"] = button.Description;
        return ("interactive", new JsonObject { ["type"] = type, [type] = reply });
    }

    private static bool IsScoped(CustomerAct act) => act.From.Contains('.', StringComparison.Ordinal);

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
