using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Slack;

/// <summary><c>chat.postMessage</c>.</summary>
internal static class PostMessage
{
    private static readonly string[] s_blocks =
        ["section", "actions", "context", "divider", "header", "image", "input", "rich_text", "video", "file", "markdown"];

    public static Answer Handle(SlackStandIn slack, string to, JsonObject given, DateTimeOffset now)
    {
        if (Read(given, out var text, out var choices) is { } wrong) return wrong;
        if (given["metadata"] is { } metadata && (metadata.Text("event_type") is not { Length: > 0 } || metadata["event_payload"] is not JsonObject)) return SlackStandIn.Error("invalid_metadata_format");

        var message = new Message
        {
            Sid = slack.NewTimestamp(),
            Inbound = false,
            From = slack.Address,
            To = to,
            Body = text,
            Kind = given["blocks"] is null ? "text" : "blocks",
            Choices = choices,
            MediaUrls = [.. given.Items("blocks").Where(block => block.Text("type") == "image").Select(block => block.Text("image_url")).OfType<string>()],
            Original = given["blocks"]?.DeepClone(),
            Metadata = given["metadata"]?.DeepClone(),
            Thread = given.Text("thread_ts"),
            CreatedAt = now,
            State = new MessageState("sent", now, now),
        };
        slack.Messages.Add(message);
        var posted = new JsonObject
        {
            ["bot_id"] = SlackStandIn.BotId, ["type"] = "message", ["text"] = text, ["user"] = SlackStandIn.BotUser, ["app_id"] = SlackStandIn.AppId, ["ts"] = message.Sid,
            ["team"] = SlackStandIn.Team,
        };
        if (given.Text("thread_ts") is { } thread) posted["thread_ts"] = thread;
        return Answer.Json(200, new JsonObject { ["ok"] = true, ["channel"] = SlackPayloads.ChannelOf(message), ["ts"] = message.Sid, ["message"] = posted }) with { Accepted = message };
    }

    public static Answer? Read(JsonObject given, out string text, out IReadOnlyList<Choice> choices)
    {
        (text, choices) = (Unescape(given.Text("text") ?? ""), []);
        if (given["blocks"] is not { } content) return text.Length == 0 ? SlackStandIn.Error("no_text") : text.Length > 40_000 ? SlackStandIn.Error("msg_too_long") : null;
        if (content is not JsonArray blocks || blocks.Count > 50 || blocks.Any(IsWrong)) return SlackStandIn.Error("invalid_blocks");

        // Where blocks are shown the text is not.
        var shown = string.Join('\n', blocks.Select(block => block.Text("text", "text")).OfType<string>());
        if (shown.Length > 0) text = Unescape(shown);
        choices = [.. SlackPayloads.Elements(blocks).SelectMany(one => Choices(one.Element))];
        return null;
    }

    private static string Unescape(string text) =>
        text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    private static IEnumerable<Choice> Choices(JsonNode element) => element.Text("type") switch
    {
        "button" when element.Text("url") is { } url => [new Choice(element.Text("text", "text") ?? "", null, "link", Url: url)],
        "button" => [new Choice(element.Text("text", "text") ?? "", element.Text("value"))],
        _ => element.Items("options").Select(option => new Choice(option.Text("text", "text") ?? "", option.Text("value"), "list")),
    };

    private static bool IsWrong(JsonNode? block)
    {
        var type = block.Text("type");
        if (!s_blocks.Contains(type, StringComparer.Ordinal)) return true;
        if (block.Text("block_id") is { Length: > 255 }) return true;
        return type switch
        {
            "section" => block!["text"] is null && block["fields"] is null || block.Text("text", "text") is { Length: < 1 or > 3000 },
            "header" => block.Text("text", "text") is not { Length: >= 1 and <= 150 },
            "image" => block.Text("alt_text") is not { Length: <= 2000 } || (block.Text("image_url") ?? block.Text("slack_file", "id")) is null,
            "actions" => block.Items("elements") is not { Count: >= 1 and <= 25 } elements || elements.Any(IsWrongElement),
            "context" => block.Items("elements") is not { Count: >= 1 and <= 10 },
            _ => false,
        };
    }

    private static bool IsWrongElement(JsonNode? element)
    {
        if (element.Text("action_id") is { Length: > 255 }) return true;
        return element.Text("type") switch
        {
            "button" => element.Text("text", "text") is not { Length: >= 1 and <= 75 } || element.Text("value") is { Length: > 2000 } || element.Text("url") is { Length: > 3000 },
            "static_select" => element.Items("options") is not { Count: >= 1 and <= 100 } options || options.Any(option => option.Text("text", "text") is not { Length: >= 1 and <= 75 }),
            null => true,
            _ => false,
        };
    }
}
