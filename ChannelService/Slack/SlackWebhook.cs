using System.Text;
using System.Text.Json;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Slack;

/// <summary>
/// Reads the Events API (JSON), and slash commands and interactivity (forms). https://docs.slack.dev/apis/events-api
/// <code>{"type":"event_callback","team_id":"T061EG9R6","event_id":"Ev08MFMKH6","event":{"type":"message","channel":"D024BE91L","user":"U2147483697","text":"Hi","ts":"1767225599.000200","channel_type":"im"}}</code>
/// </summary>
internal static class SlackWebhook
{
    private const int MaxIdLength = 256;

    // Subtypes of messages that a person wrote; all others tell of the channel itself.
    private static readonly string[] s_written = ["file_share", "me_message", "thread_broadcast"];

    /// <param name="account">The connection's, for what names no workspace.</param>
    public static WebhookContent Read(WebhookRequest request, string account) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            ? ReadForm(TwilioForm.Parse(request.Body.Span))
            : WireJson.Read(request.Body.Span, root => ReadJson(root, account));

    /// <summary>Where answers go: the channel, or a thread in it.</summary>
    public static string AddressOf(string channel, string? thread) => thread is null ? channel : $"{channel}/{thread}";

    private static WebhookContent ReadJson(JsonElement root, string account)
    {
        var team = root.Text("team_id") ?? "";
        switch (root.Text("type"))
        {
            case "url_verification":
                return root.Text("challenge") is { } challenge
                    ? WebhookContent.Of(new NoticeItem("handshake", account, "handshake")) with { Answer = TypedResults.Text(challenge) }
                    : WebhookContent.Nothing(WebhookOutcome.Malformed, "challenge is missing");
            case "app_rate_limited":
                return WebhookContent.Of(new NoticeItem($"rate:{root.Text("minute_rate_limited")}", team, "system", Detail: "app_rate_limited"));
            case "event_callback":
                break;
            case var type:
                return WebhookContent.Nothing(WebhookOutcome.Ignored, $"type: {Short(type ?? "none")}");
        }

        if (root.Text("event_id") is not { Length: > 0 and <= MaxIdLength } id || root.Object("event") is not { } happened)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "event_id or event is missing");
        var bot = root.Objects("authorizations").Where(one => one.Flag("is_bot")).Select(one => one.Text("user_id")).FirstOrDefault();
        return happened.Text("type") switch
        {
            "message" or "app_mention" => ReadMessage(happened, happened.Text("channel"), id, team, bot, root.Text("api_app_id")),
            "reaction_added" or "reaction_removed" => ReadReaction(happened, id, team),
            var type => WebhookContent.Nothing(WebhookOutcome.Ignored, $"event: {Short(type ?? "none")}"),
        };
    }

    /// <summary>A message as a channel's history shows it.</summary>
    /// <param name="bot">The app's own user.</param>
    /// <returns>Null where no person wrote it.</returns>
    public static InboundItem? ReadListed(JsonElement message, string channel, string team, string bot) =>
        ReadMessage(message, channel, KeyOf(channel, message.Text("ts") ?? ""), team, bot, app: null).Items.OfType<InboundItem>().SingleOrDefault();

    private static WebhookContent ReadMessage(JsonElement happened, string? channel, string id, string team, string? bot, string? app)
    {
        if (channel is not { Length: > 0 and <= MaxIdLength } || happened.Text("ts") is not { } ts)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "channel or ts is missing");

        switch (happened.Text("subtype"))
        {
            case "message_changed" when happened.Object("message") is { } edited && edited.Text("ts") is { } target:
                return IsOwn(edited, bot, app)
                    ? WebhookContent.Nothing(WebhookOutcome.Ignored, "own message changed")
                    : WebhookContent.Of(new ChangeItem(
                        id, team, From(channel, edited), MessageChange.Edited, target, SlackText.Read(edited.Text("text") ?? "", bot), SentAt: At(ts)));
            case "message_deleted" when (happened.Text("deleted_ts") ?? happened.Object("previous_message")?.Text("ts")) is { } target:
                return WebhookContent.Of(new ChangeItem(
                    id, team, From(channel, happened.Object("previous_message") ?? happened), MessageChange.Deleted, target, SentAt: At(ts)));
            case { } subtype when subtype != "bot_message" && !s_written.Contains(subtype):
                return WebhookContent.Of(new NoticeItem(id, team, "system", channel, Short(subtype), At(ts)));
        }

        var text = happened.Text("text") ?? "";
        var from = From(channel, happened);
        if (happened.Text("bot_id") is not null || happened.Text("subtype") == "bot_message" || happened.Text("user") == bot && bot is not null)
        {
            // Another app talks in the channel: neither a customer nor one of us.
            return IsOwn(happened, bot, app)
                ? WebhookContent.Of(new EchoItem(ts, team, from, new MessageContent(SlackText.Read(text, null)), Own: true, SentAt: At(ts)))
                : WebhookContent.Nothing(WebhookOutcome.Ignored, "another app's message");
        }
        if (from.Person is null) return WebhookContent.Nothing(WebhookOutcome.Malformed, "user is missing");

        var isDirect = happened.Text("channel_type") == "im" || channel.StartsWith('D');
        var isWanted = isDirect || happened.Text("type") == "app_mention" || SlackText.Mentions(text, bot);

        // A mention in a channel comes twice, as a message and as a mention, with two event ids: it is one by its place.
        var place = KeyOf(channel, ts);
        var key = isDirect || bot is null ? id : place;
        var attachments = ReadFiles(happened, ts);
        return WebhookContent.Of(new InboundItem(
            key, team, from, new MessageContent(SlackText.Read(text, bot), attachments.Count == 0 ? null : attachments, ReplyToExternalId: ReplyTo(happened, ts)),
            AnswerWanted: isWanted, Group: channel, SentAt: At(ts), MessageExternalId: ts, ListedAs: key == place ? null : place));
    }

    private static string KeyOf(string channel, string ts) => $"{channel}:{ts}";

    private static WebhookContent ReadReaction(JsonElement happened, string id, string team)
    {
        if (happened.Object("item") is not { } item || item.Text("channel") is not { } channel || item.Text("ts") is not { } target)
            return WebhookContent.Nothing(WebhookOutcome.Ignored, "reaction to no message");
        var emoji = happened.Text("type") == "reaction_added" ? happened.Text("reaction") : null;
        return WebhookContent.Of(new ChangeItem(
            id, team, From(channel, happened), MessageChange.Reacted, target, Emoji: emoji is null ? null : $":{emoji}:", SentAt: At(happened.Text("event_ts"))));
    }

    // token=…&team_id=T…&channel_id=C1&user_id=U…&user_name=ana&command=%2Fhelpdesk&text=close+%2312&trigger_id=133…
    private static WebhookContent ReadForm(TwilioForm form)
    {
        if (form["payload"] is { } payload) return WireJson.Read(Encoding.UTF8.GetBytes(payload), ReadInteraction);
        if (form["ssl_check"] is not null) return WebhookContent.Nothing(WebhookOutcome.Ignored, "ssl_check");
        if (form["command"] is not { } command || form["trigger_id"] is not { Length: <= MaxIdLength } trigger || form["channel_id"] is not { } channel || form["user_id"] is not { } user)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "command, trigger_id, channel_id or user_id is missing");
        return WebhookContent.Of(new InboundItem(
            $"trigger:{trigger}", form["team_id"] ?? "", new CustomerAddress("slack", channel, form["user_name"], Person: user),
            new MessageContent(form["text"] ?? command, Choice: new Choice(command, command)), InboundKind.Command, Group: channel));
    }

    // {"type":"block_actions","trigger_id":"…","team":{"id":"T…"},"user":{"id":"U…"},"channel":{"id":"D…"},"message":{"ts":"…"},"actions":[{"value":"ok:1","text":{"text":"Yes"}}]}
    private static WebhookContent ReadInteraction(JsonElement root)
    {
        if (root.Text("type") != "block_actions") return WebhookContent.Nothing(WebhookOutcome.Ignored, $"interaction: {Short(root.Text("type") ?? "none")}");
        var action = root.Objects("actions").FirstOrDefault();
        if (root.Object("user")?.Text("id") is not { } user || root.Text("trigger_id") is not { Length: <= MaxIdLength } trigger || action.ValueKind != JsonValueKind.Object)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "user.id, trigger_id or actions is missing");
        var channel = root.Object("channel")?.Text("id") ?? root.Object("container")?.Text("channel_id");
        if (channel is null) return WebhookContent.Nothing(WebhookOutcome.Ignored, "interaction outside a channel");

        var option = action.Object("selected_option");
        var value = option?.Text("value") ?? action.Text("value");
        if (value is null) return WebhookContent.Nothing(WebhookOutcome.Ignored, "interaction without a value");
        var title = (option ?? action).Object("text")?.Text("text") ?? value;
        var message = root.Object("message");
        return WebhookContent.Of(new InboundItem(
            $"trigger:{trigger}", root.Object("team")?.Text("id") ?? "",
            new CustomerAddress("slack", AddressOf(channel, message?.Text("thread_ts")), root.Object("user")?.Text("name") ?? root.Object("user")?.Text("username"), Person: user),
            new MessageContent(title, Choice: new Choice(value, title), ReplyToExternalId: message?.Text("ts")), InboundKind.Postback, Group: channel));
    }

    private static CustomerAddress From(string channel, JsonElement message) =>
        new("slack", AddressOf(channel, ReplyTo(message, message.Text("ts"))), message.Object("user_profile")?.Text("real_name"), Person: message.Text("user"));

    private static bool IsOwn(JsonElement message, string? bot, string? app) =>
        (message.Text("app_id") ?? message.Object("bot_profile")?.Text("app_id")) is { } sender ? sender == app
        : message.Text("user") is { } user ? user == bot
        : message.Text("bot_id") is not null;

    // The first message of a thread is what its others answer.
    private static string? ReplyTo(JsonElement message, string? ts) => message.Text("thread_ts") is { } thread && thread != ts ? thread : null;

    private static List<Attachment> ReadFiles(JsonElement message, string ts)
    {
        var attachments = new List<Attachment>();
        foreach (var file in message.Objects("files"))
        {
            if ((file.Text("url_private_download") ?? file.Text("url_private")) is not { } url) continue;
            var contentType = file.Text("mimetype") ?? "application/octet-stream";
            attachments.Add(new Attachment(
                Identifiers.Derive($"slack/media/{file.Text("id")}/{ts}/{attachments.Count}"), KindOf(contentType), contentType, file.Text("name"), file.Number("size"), url, file.Text("id")));
        }
        return attachments;
    }

    private static string KindOf(string contentType) => contentType.Split('/')[0] is "image" or "audio" or "video" ? contentType.Split('/')[0] : "document";

    // "1767225599.000200"; as a key it is text and nothing else.
    public static DateTimeOffset? At(string? ts) => WireJson.UnixTime(ts?.Split('.')[0]);

    private static string Short(string text) => StorableText.From(text.Length > 64 ? text[..64] : text);
}
