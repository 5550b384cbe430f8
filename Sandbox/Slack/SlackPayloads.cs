using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Slack;

/// <summary>What Slack posts: events, interactions, slash commands.</summary>
internal static class SlackPayloads
{
    public static JsonObject Event(SlackStandIn slack, CustomerAct act)
    {
        var request = act.Request;
        if (request.Event == "app_rate_limited")
        {
            return new JsonObject
            {
                ["token"] = "deprecated", ["type"] = "app_rate_limited", ["team_id"] = SlackStandIn.Team, ["minute_rate_limited"] = act.At.ToUnixTimeSeconds() / 60 * 60,
                ["api_app_id"] = SlackStandIn.AppId,
            };
        }

        var channel = act.Part("channel")?.GetString() ?? SlackStandIn.DirectChannel(act.From);
        return Callback(act.Sid, act.At, Content(slack, act, channel));
    }

    /// <summary>An app sees its own messages too.</summary>
    public static JsonObject Own(Message message)
    {
        var content = new JsonObject
        {
            ["type"] = "message", ["subtype"] = "bot_message", ["bot_id"] = SlackStandIn.BotId, ["channel"] = ChannelOf(message), ["text"] = Escape(message.Body),
            ["ts"] = message.Sid, ["event_ts"] = message.Sid, ["channel_type"] = "im",
        };
        if (message.Thread is { } thread) content["thread_ts"] = thread;
        return Callback("own " + message.Sid, message.CreatedAt, content);
    }

    /// <summary>A message as lists show it.</summary>
    public static JsonObject Listed(Message message, bool withMetadata)
    {
        var content = new JsonObject { ["type"] = "message", ["text"] = Escape(message.Body), ["ts"] = message.Sid, ["team"] = SlackStandIn.Team };
        if (message.Inbound) content["user"] = message.From;
        else (content["user"], content["bot_id"], content["app_id"]) = (SlackStandIn.BotUser, SlackStandIn.BotId, SlackStandIn.AppId);
        if (message.Thread is { } thread) content["thread_ts"] = thread;
        if (message.Original is { } blocks) content["blocks"] = blocks.DeepClone();
        if (withMetadata && message.Metadata is { } metadata) content["metadata"] = metadata.DeepClone();
        return content;
    }

    public static string Interaction(SlackStandIn slack, CustomerAct act)
    {
        var button = act.Request.Button!;
        slack.Messages.TryGet(button.Sid ?? "", out var tapped);
        var element = tapped?.Original is JsonArray blocks ? Elements(blocks).FirstOrDefault(one => Offers(one.Element, button.Payload ?? button.Text)) : default;
        var action = new JsonObject
        {
            ["action_id"] = element.Element.Text("action_id") ?? "sandbox", ["block_id"] = element.BlockId ?? "b1", ["type"] = element.Element.Text("type") ?? "button",
            ["action_ts"] = act.Sid,
        };
        var text = new JsonObject { ["type"] = "plain_text", ["text"] = button.Text, ["emoji"] = true };
        if (action.Text("type") == "button") (action["text"], action["value"]) = (text, button.Payload ?? button.Text);
        else action["selected_option"] = new JsonObject { ["text"] = text, ["value"] = button.Payload ?? button.Text };

        var channel = SlackStandIn.DirectChannel(act.From);
        var message = new JsonObject { ["type"] = "message", ["bot_id"] = SlackStandIn.BotId, ["user"] = SlackStandIn.BotUser, ["ts"] = button.Sid ?? "0", ["text"] = tapped?.Body ?? "" };
        if (tapped?.Original is { } original) message["blocks"] = original.DeepClone();
        var payload = new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject { ["id"] = act.From, ["username"] = act.Name, ["name"] = act.Name, ["team_id"] = SlackStandIn.Team },
            ["api_app_id"] = SlackStandIn.AppId,
            ["token"] = "deprecated",
            ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = button.Sid ?? "0", ["channel_id"] = channel, ["is_ephemeral"] = false },
            ["trigger_id"] = Trigger(act),
            ["team"] = new JsonObject { ["id"] = SlackStandIn.Team, ["domain"] = "demo" },
            ["channel"] = new JsonObject { ["id"] = channel, ["name"] = "directmessage" },
            ["message"] = message,
            ["response_url"] = $"{slack.BaseAddress}/slack/actions/{SlackStandIn.Team}/{channel}",
            ["actions"] = new JsonArray(action),
        };
        return "payload=" + WebUtility.UrlEncode(payload.ToJsonString());
    }

    public static string Command(SlackStandIn slack, CustomerAct act)
    {
        var channel = SlackStandIn.DirectChannel(act.From);
        var words = act.Text.StartsWith('/') ? act.Text.Split(' ', 2) : ["/helpdesk", act.Text];
        (string Name, string Value)[] form =
        [
            ("token", "deprecated"), ("team_id", SlackStandIn.Team), ("team_domain", "demo"), ("channel_id", channel), ("channel_name", "directmessage"),
            ("user_id", act.From), ("user_name", act.Name), ("command", words[0]), ("text", words.ElementAtOrDefault(1) ?? ""), ("api_app_id", SlackStandIn.AppId),
            ("is_enterprise_install", "false"), ("response_url", $"{slack.BaseAddress}/slack/actions/{SlackStandIn.Team}/{channel}"), ("trigger_id", Trigger(act)),
        ];
        return string.Join('&', form.Select(one => $"{one.Name}={WebUtility.UrlEncode(one.Value)}"));
    }

    /// <summary>Every element that somebody can use, with its block.</summary>
    public static IEnumerable<(JsonNode Element, string? BlockId)> Elements(JsonArray blocks) => blocks
        .OfType<JsonObject>()
        .SelectMany(block => block.Items("elements").Append(block["accessory"]).OfType<JsonObject>(), (block, element) => ((JsonNode)element, block.Text("block_id")));

    public static string ChannelOf(Message message) => message.Inbound ? message.Room ?? SlackStandIn.DirectChannel(message.From) : message.To is ['U' or 'W', ..] ? SlackStandIn.DirectChannel(message.To) : message.To;

    // Slack escapes these three and nothing else.
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static bool Offers(JsonNode element, string value) =>
        element.Text("value") == value || element.Items("options").Any(option => option.Text("value") == value);

    private static JsonObject Callback(string key, DateTimeOffset at, JsonObject content) => new()
    {
        ["token"] = "deprecated", ["team_id"] = SlackStandIn.Team, ["api_app_id"] = SlackStandIn.AppId, ["event"] = content, ["type"] = "event_callback",
        ["event_id"] = "Ev" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12], ["event_time"] = at.ToUnixTimeSeconds(),
        ["authorizations"] = new JsonArray(new JsonObject
        {
            ["enterprise_id"] = null, ["team_id"] = SlackStandIn.Team, ["user_id"] = SlackStandIn.BotUser, ["is_bot"] = true,
        }),
    };

    private static JsonObject Content(SlackStandIn slack, CustomerAct act, string channel)
    {
        var request = act.Request;
        if (request.Reaction is { } reaction)
        {
            return new JsonObject
            {
                ["type"] = string.IsNullOrEmpty(reaction.Emoji) ? "reaction_removed" : "reaction_added", ["user"] = act.From,
                ["reaction"] = string.IsNullOrEmpty(reaction.Emoji) ? "thumbsup" : reaction.Emoji.Trim(':'), ["item_user"] = SlackStandIn.BotUser,
                ["item"] = new JsonObject { ["type"] = "message", ["channel"] = channel, ["ts"] = reaction.Sid }, ["event_ts"] = act.Sid,
            };
        }

        var message = new JsonObject { ["type"] = request.Event == "app_mention" ? "app_mention" : "message", ["channel"] = channel };
        if (request.Delete is { } deleted)
        {
            (message["subtype"], message["deleted_ts"], message["hidden"]) = ("message_deleted", deleted, true);
            message["previous_message"] = Said(act, deleted, slack.Messages.TryGet(deleted, out var gone) ? gone.Body : "");
        }
        else if (request.Edit is { } edited)
        {
            (message["subtype"], message["hidden"]) = ("message_changed", true);
            var changed = Said(act, edited, act.Text);
            changed["edited"] = new JsonObject { ["user"] = act.From, ["ts"] = act.Sid };
            message["message"] = changed;
        }
        else
        {
            message["user"] = act.From;
            message["text"] = Escape(act.Text);
            if (request.ReplyTo is { } thread) message["thread_ts"] = thread;
            if (act.Files.Count > 0) (message["subtype"], message["files"]) = ("file_share", new JsonArray([.. act.Files.Select(file => File(slack, act, file))]));
        }

        (message["ts"], message["event_ts"], message["channel_type"]) = (act.Sid, act.Sid, channel[0] == 'D' ? "im" : "channel");
        return message;
    }

    private static JsonObject Said(CustomerAct act, string ts, string text) =>
        new() { ["type"] = "message", ["user"] = act.From, ["text"] = Escape(text), ["ts"] = ts };

    private static JsonObject File(SlackStandIn slack, CustomerAct act, MediaFile file)
    {
        var address = $"{slack.BaseAddress}/files-pri/{SlackStandIn.Team}-{file.Id}/{Uri.EscapeDataString(file.Name)}";
        return new JsonObject
        {
            ["id"] = file.Id, ["created"] = act.At.ToUnixTimeSeconds(), ["name"] = file.Name, ["title"] = file.Name, ["mimetype"] = file.ContentType, ["user"] = act.From,
            ["mode"] = "hosted", ["is_external"] = false, ["size"] = file.Content.Length, ["url_private"] = address, ["url_private_download"] = address,
        };
    }

    private static string Trigger(CustomerAct act) => string.Create(CultureInfo.InvariantCulture, $"{act.Sid.Replace(".", "", StringComparison.Ordinal)}.738474920.8088930838d88f008e0");
}
