using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Meta;

/// <summary>What Messenger and Instagram post: <c>entry[].messaging[]</c>.</summary>
internal static class PageWebhooks
{
    // The Page's own inbox, from which people of the shop write.
    private const long InboxAppId = 263902037430900;

    public static JsonObject Of(PageStandIn page, IReadOnlyList<CustomerAct> acts, Func<MediaFile, string> addressOf) => Envelope(
        page, acts[^1].At, acts[0].Request.Event == "standby" ? "standby" : "messaging", [.. acts.Select(act => (JsonNode)Item(page, act, addressOf))]);

    /// <returns>Null for what the platform doesn't report.</returns>
    public static JsonObject? Report(PageStandIn page, Message message, string step, DateTimeOffset now)
    {
        var item = new JsonObject { ["sender"] = Person(message.To), ["recipient"] = Person(page.Id) };
        switch (step)
        {
            case "echo":
                item = new JsonObject { ["sender"] = Person(page.Id), ["recipient"] = Person(message.To), ["timestamp"] = message.CreatedAt.ToUnixTimeMilliseconds() };
                item["message"] = Echo(message.Sid, message.Body, page.AppId, message.Reference);
                break;

            // Without a time of its own: all before the watermark is delivered.
            case "delivered":
                item["delivery"] = new JsonObject { ["mids"] = new JsonArray(message.Sid), ["watermark"] = message.CreatedAt.ToUnixTimeMilliseconds() };
                break;

            case "read":
                item["timestamp"] = now.ToUnixTimeMilliseconds();
                item["read"] = page.ObjectName == "page"
                    ? new JsonObject { ["watermark"] = message.CreatedAt.ToUnixTimeMilliseconds() }
                    : new JsonObject { ["mid"] = message.Sid };
                break;

            default:
                return null;
        }

        return Envelope(page, now, "messaging", item);
    }

    private static JsonObject Envelope(PageStandIn page, DateTimeOffset at, string list, params JsonNode[] items) => new()
    {
        ["object"] = page.ObjectName,
        ["entry"] = new JsonArray(new JsonObject { ["id"] = page.Id, ["time"] = at.ToUnixTimeMilliseconds(), [list] = new JsonArray(items) }),
    };

    private static JsonObject Item(PageStandIn page, CustomerAct act, Func<MediaFile, string> addressOf)
    {
        var request = act.Request;
        var (sender, recipient) = request.Echo ? (page.Id, act.From) : (act.From, page.Id);
        var item = new JsonObject { ["sender"] = Person(sender), ["recipient"] = Person(recipient), ["timestamp"] = act.At.ToUnixTimeMilliseconds() };
        var (name, content) = Content(page, act, addressOf);
        item[name] = content;
        return item;
    }

    private static (string Name, JsonObject Content) Content(PageStandIn page, CustomerAct act, Func<MediaFile, string> addressOf)
    {
        var request = act.Request;
        if (request.Echo) return ("message", Echo(act.Sid, act.Text, page.AppId is null ? null : InboxAppId, null));
        if (request.Event is "referral" or "optin")
            return (request.Event, act.Part(request.Event) is { } given ? (JsonObject)JsonNode.Parse(given.GetRawText())! : new JsonObject { ["ref"] = "sandbox", ["source"] = "SHORTLINK", ["type"] = "OPEN_THREAD" });
        if (request.Event == "unsupported") return ("message", new JsonObject { ["mid"] = act.Sid, ["is_unsupported"] = true });
        if (request.Delete is { } deleted) return ("message", new JsonObject { ["mid"] = deleted, ["is_deleted"] = true });
        if (request.Edit is { } edited) return ("message_edit", new JsonObject { ["mid"] = edited, ["text"] = act.Text, ["num_edit"] = 1 });
        if (request.Reaction is { } reaction) return ("reaction", Reaction(reaction));
        if (request.Button is { Kind: "postback" } button)
            return ("postback", new JsonObject { ["mid"] = act.Sid, ["title"] = button.Text, ["payload"] = button.Payload ?? button.Text });

        var message = new JsonObject { ["mid"] = act.Sid };
        if (act.Text.Length > 0) message["text"] = act.Text;
        if (request.Button is { } reply) message["quick_reply"] = new JsonObject { ["payload"] = reply.Payload ?? reply.Text };
        if (request.ReplyTo is { } quoted) message["reply_to"] = new JsonObject { ["mid"] = quoted };
        if (act.Part("referral") is { } referral) message["referral"] = JsonNode.Parse(referral.GetRawText());
        if (act.Files.Count > 0)
        {
            message["attachments"] = new JsonArray([.. act.Files.Select(file => new JsonObject
            {
                ["type"] = file.Kind == "document" ? "file" : file.Kind,
                ["payload"] = new JsonObject { ["url"] = addressOf(file) },
            })]);
        }

        return ("message", message);
    }

    private static JsonObject Reaction(Programs.ReactionTo reaction)
    {
        var content = new JsonObject { ["mid"] = reaction.Sid, ["action"] = string.IsNullOrEmpty(reaction.Emoji) ? "unreact" : "react" };
        if (!string.IsNullOrEmpty(reaction.Emoji)) (content["reaction"], content["emoji"]) = ("other", reaction.Emoji);
        return content;
    }

    private static JsonObject Echo(string mid, string text, long? appId, string? metadata)
    {
        var echo = new JsonObject { ["is_echo"] = true };
        if (appId is not null) echo["app_id"] = appId;
        if (metadata is not null) echo["metadata"] = metadata;
        echo["mid"] = mid;
        echo["text"] = text;
        return echo;
    }

    private static JsonObject Person(string id) => new() { ["id"] = id };
}
