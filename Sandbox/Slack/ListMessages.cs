using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Slack;

/// <summary>
/// The channels that the app is in and what was written there: a channel newest first without the answers in threads, a thread oldest first
/// and always with the message that it began with. https://docs.slack.dev/reference/methods/conversations.history
/// </summary>
internal static partial class ListMessages
{
    private const string ChannelsMethod = "users.conversations";
    private const string HistoryMethod = "conversations.history";
    private const string RepliesMethod = "conversations.replies";
    private const int UsualLimit = 100;
    private const int LargestLimit = 999;

    public static IReadOnlyList<string> Methods { get; } = [ChannelsMethod, HistoryMethod, RepliesMethod];

    public static Answer Handle(SlackStandIn slack, string method, JsonObject given)
    {
        if (slack.Faults.Current.MissingScope) return Lacks(method == ChannelsMethod ? "channels:read,im:read" : "channels:history,im:history");
        if (!TryLimit(given.Text("limit"), out var limit)) return SlackStandIn.Error("invalid_limit");
        if (!TryCursor(given.Text("cursor"), out var place)) return SlackStandIn.Error("invalid_cursor");
        return method == ChannelsMethod ? Channels(slack, given, limit, place) : Messages(slack, method, given, limit, place);
    }

    private static Answer Channels(SlackStandIn slack, JsonObject given, int limit, int place)
    {
        var types = (given.Text("types") ?? "public_channel").Split(',');
        if (types.Except(["public_channel", "private_channel", "mpim", "im"], StringComparer.Ordinal).Any()) return SlackStandIn.Error("invalid_types");
        var found = slack.Messages.List(static _ => true, static _ => false, long.MaxValue, int.MaxValue).Select(SlackPayloads.ChannelOf).Distinct()
            .Where(channel => types.Contains(channel[0] == 'D' ? "im" : "public_channel", StringComparer.Ordinal)).Order(StringComparer.Ordinal)
            .Select(channel => channel[0] == 'D'
                ? new JsonObject { ["id"] = channel, ["is_im"] = true, ["user"] = "U" + channel[1..] }
                : new JsonObject { ["id"] = channel, ["is_channel"] = true, ["is_member"] = true, ["name"] = "general" })
            .ToList();
        return Page("channels", found, limit, place);
    }

    private static Answer Messages(SlackStandIn slack, string method, JsonObject given, int limit, int place)
    {
        if (given.Text("channel") is not { Length: > 0 } channel || slack.Reaches(channel) is null) return SlackStandIn.Error("channel_not_found");
        if (!TryTime(given.Text("oldest"), 0, out var oldest)) return SlackStandIn.Error("invalid_ts_oldest");
        if (!TryTime(given.Text("latest"), decimal.MaxValue, out var latest)) return SlackStandIn.Error("invalid_ts_latest");
        var inclusive = given.Text("inclusive") is "true" or "1";
        var withMetadata = given.Text("include_all_metadata") is "true" or "1";

        var all = slack.Messages.List(
            message => SlackPayloads.ChannelOf(message) == channel && message.State.Status != "deleted", static _ => false, long.MaxValue, int.MaxValue);
        if (method == HistoryMethod)
        {
            var threads = all.Where(message => message.Thread is not null).ToLookup(message => message.Thread!);
            return Page("messages", [.. all.Where(message => message.Thread is null && IsWithin(message)).Select(message => Root(message, threads[message.Sid]))], limit, place);
        }

        if (given.Text("ts") is not { } root || !slack.Messages.TryGet(root, out var begin)) return SlackStandIn.Error("thread_not_found");
        all.Reverse();
        var answers = all.Where(message => message.Thread == root).ToList();
        return Page(
            "messages", [Root(begin, answers), .. answers.Where(IsWithin).Select(message => SlackPayloads.Listed(message, withMetadata))], limit, place);

        bool IsWithin(Message message)
        {
            var at = decimal.Parse(message.Sid, CultureInfo.InvariantCulture);
            return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
        }

        JsonObject Root(Message message, IEnumerable<Message> answers)
        {
            var content = SlackPayloads.Listed(message, withMetadata);
            if (answers.MaxBy(answer => answer.Sid, StringComparer.Ordinal) is not { } last) return content;
            (content["thread_ts"], content["reply_count"], content["latest_reply"]) = (message.Sid, answers.Count(), last.Sid);
            return content;
        }
    }

    private static Answer Page(string name, List<JsonObject> all, int limit, int place)
    {
        var more = all.Count > place + limit;
        return Answer.Json(200, new JsonObject
        {
            ["ok"] = true,
            [name] = new JsonArray([.. all.Skip(place).Take(limit)]),
            ["has_more"] = more,
            ["response_metadata"] = new JsonObject { ["next_cursor"] = more ? Convert.ToBase64String(BitConverter.GetBytes(place + limit)) : "" },
        });
    }

    private static Answer Lacks(string needed) =>
        Answer.Json(200, new JsonObject { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = needed, ["provided"] = "chat:write" });

    private static bool TryLimit(string? text, out int limit)
    {
        limit = UsualLimit;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= LargestLimit);
    }

    private static bool TryCursor(string? text, out int place)
    {
        place = 0;
        if (string.IsNullOrEmpty(text)) return true;
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length != sizeof(int)) return false;
        place = BitConverter.ToInt32(bytes);
        return place > 0;
    }

    private static bool TryTime(string? text, decimal otherwise, out decimal time)
    {
        time = otherwise;
        return string.IsNullOrEmpty(text) || (Time().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out time));
    }

    [GeneratedRegex("^[0-9]{1,12}(\\.[0-9]{1,6})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
