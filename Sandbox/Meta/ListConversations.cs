using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.AspNetCore.WebUtilities;

namespace Assistify.Sandbox.Meta;

/// <summary>
/// The Conversations API of Messenger and Instagram: <c>GET /{page}/conversations</c> and <c>GET /{conversation}/messages</c>, newest first, with the
/// fields that are asked for. https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversations
/// </summary>
internal static class ListConversations
{
    private const string Prefix = "t_";
    private const int UsualLimit = 25;
    private const int LargestLimit = 500;
    private static readonly string[] s_conversation = ["id", "updated_time", "participants", "messages"];
    private static readonly string[] s_message = ["id", "created_time", "from", "to", "message", "attachments"];

    public static Answer Handle(PageStandIn page, ApiRequest request)
    {
        if (Refusal(page) is { } refused) return refused.Answer();
        var platform = request.Query["platform"].ToString();
        if (platform.Length > 0 && platform != page.Platform) return GraphError.Parameter("Param platform must be one of {INSTAGRAM, MESSENGER}").Answer();
        if (!Fields.TryParse(request.Query["fields"], out var fields) || fields.Unknown(s_conversation) is not null || fields.Of("messages")?.Unknown(s_message) is not null)
            return GraphError.Parameter("Tried accessing nonexisting field").Answer();

        var person = request.Query["user_id"].ToString();
        var conversations = page.Messages.List(message => IsShown(message) && (person.Length == 0 || PersonOf(message) == person), static _ => false, long.MaxValue, int.MaxValue)
            .GroupBy(PersonOf).ToList();
        return Page(request, conversations, one => Conversation(page, one.Key, [.. one], fields, request), request.Query["limit"], request.Query["after"]) is { } list ? Answer.Json(200, list) : GraphError.Parameter("Invalid cursor or limit").Answer();
    }

    public static Answer Messages(PageStandIn page, ApiRequest request, string conversation)
    {
        if (Refusal(page) is { } refused) return refused.Answer();
        if (!conversation.StartsWith(Prefix, StringComparison.Ordinal)) return GraphError.NoObject(conversation).Answer();
        var person = conversation[Prefix.Length..];
        var messages = page.Messages.List(message => IsShown(message) && PersonOf(message) == person, static _ => false, long.MaxValue, int.MaxValue);
        if (messages.Count == 0) return GraphError.NoObject(conversation).Answer();
        if (!Fields.TryParse(request.Query["fields"], out var fields) || fields.Unknown(s_message) is not null)
            return GraphError.Parameter("Tried accessing nonexisting field").Answer();
        return Page(request, messages, message => Message(page, message, fields), request.Query["limit"], request.Query["after"]) is not { } list
            ? GraphError.Parameter("Invalid cursor or limit").Answer()
            : list["data"]!.AsArray().Count + Place(request.Query["after"]) > page.MostShown && fields.Names.Except(["id", "created_time"]).Any()
                ? new GraphError(100, "The message was deleted or is too old to be shown", Subcode: 33, Type: "GraphMethodException").Answer()
                : Answer.Json(200, list);
    }

    private static GraphError? Refusal(PageStandIn page) =>
        page.Faults.Current.MissingScope ? new GraphError(200, $"(#200) Requires {page.ReadPermission} permission to manage the object", 403) : null;

    private static JsonObject Conversation(PageStandIn page, string person, List<Message> messages, Fields fields, ApiRequest request)
    {
        var content = new JsonObject { ["id"] = Prefix + person };
        if (fields.Has("updated_time") || fields.Names.Count == 0) content["updated_time"] = Time(messages[0].CreatedAt);
        if (fields.Has("participants")) content["participants"] = new JsonObject { ["data"] = new JsonArray(Person(person), Person(page.Id)) };
        if (fields.Of("messages") is { } wanted)
            content["messages"] = Page(request, messages, message => Message(page, message, wanted), wanted.Limit, "");
        return content;
    }

    private static JsonObject Message(PageStandIn page, Message message, Fields fields)
    {
        var content = new JsonObject { ["id"] = message.Sid };
        if (fields.Has("created_time") || fields.Names.Count == 0) content["created_time"] = Time(message.CreatedAt);
        if (fields.Has("from")) content["from"] = Person(message.Inbound ? message.From : page.Id);
        if (fields.Has("to")) content["to"] = new JsonObject { ["data"] = new JsonArray(Person(message.Inbound ? page.Id : message.To)) };

        // Of pictures and templates there is no text.
        if (fields.Has("message")) content["message"] = message.Kind == "text" ? message.Body : "";
        if (fields.Has("attachments") && message.Inbound && message.MediaUrls.Count > 0) content["attachments"] = new JsonObject { ["data"] = new JsonArray([.. message.MediaUrls.Select(url => (JsonNode)Attachment(page, url))]) };
        return content;
    }

    private static JsonObject Attachment(PageStandIn page, string media)
    {
        var content = new JsonObject { ["id"] = media };
        if (!page.Media.TryGet(media, out var file)) return content;
        (content["mime_type"], content["name"], content["size"]) = (file.ContentType, file.Name, file.Content.Length);
        var address = page.FileAddress(file);
        if (file.Kind is "image" or "video") content[$"{file.Kind}_data"] = new JsonObject { ["url"] = address };
        else content["file_url"] = address;
        return content;
    }

    /// <returns>Null where the cursor or the limit is none.</returns>
    private static JsonObject? Page<T>(ApiRequest request, List<T> all, Func<T, JsonNode> show, string? limitText, string? after)
    {
        var limit = UsualLimit;
        if (!string.IsNullOrEmpty(limitText) && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LargestLimit)) return null;
        if (Place(after) is not (>= 0 and var place)) return null;

        var shown = all.Skip(place).Take(limit).ToList();
        var next = Cursor(place + shown.Count);
        var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(place), ["after"] = next } };
        if (place + shown.Count < all.Count)
            paging["next"] = QueryHelpers.AddQueryString($"{request.Context.Request.Scheme}://{request.Context.Request.Host}{request.Context.Request.Path}", "after", next);
        return new JsonObject { ["data"] = new JsonArray([.. shown.Select(show)]), ["paging"] = paging };
    }

    private static string Cursor(int place) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"after{place}")));

    private static int Place(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return 0;
        Span<byte> bytes = stackalloc byte[64];
        return cursor.Length <= 64 && Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.ASCII.GetString(bytes[..length]) is var text
            && text.StartsWith("after", StringComparison.Ordinal) && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1;
    }

    private static bool IsShown(Message message) => message.State.Status != "deleted";

    private static string PersonOf(Message message) => message.Inbound ? message.From : message.To;

    private static JsonObject Person(string id) => new() { ["id"] = id };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);

    /// <summary><c>id,messages.limit(20){id,message}</c>.</summary>
    private sealed record Fields(IReadOnlyDictionary<string, Fields> Named, string? Limit)
    {
        private static readonly Fields s_none = new(new Dictionary<string, Fields>(), null);

        public IReadOnlyCollection<string> Names => [.. Named.Keys];

        public bool Has(string name) => Named.ContainsKey(name);

        public Fields? Of(string name) => Named.GetValueOrDefault(name);

        public string? Unknown(IReadOnlyList<string> known) => Named.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal));

        public static bool TryParse(string? text, out Fields fields)
        {
            fields = s_none;
            if (string.IsNullOrEmpty(text)) return true;
            var named = new Dictionary<string, Fields>(StringComparer.Ordinal);
            var (depth, start) = (0, 0);
            for (var i = 0; i <= text.Length; i++)
            {
                var c = i == text.Length ? ',' : text[i];
                if (c == '{') depth++;
                if (c == '}' && --depth < 0) return false;
                if (c != ',' || depth > 0) continue;
                if (!TryParseOne(text[start..i], named)) return false;
                start = i + 1;
            }

            fields = new Fields(named, null);
            return depth == 0;
        }

        private static bool TryParseOne(string text, Dictionary<string, Fields> named)
        {
            var brace = text.IndexOf('{', StringComparison.Ordinal);
            var inner = s_none;
            if (brace >= 0 && (text[^1] != '}' || !TryParse(text[(brace + 1)..^1], out inner))) return false;
            var parts = (brace < 0 ? text : text[..brace]).Split(".limit(");
            if (parts.Length > 2 || (parts.Length == 2 && parts[1] is not [.., ')'])) return false;
            named[parts[0].Trim()] = inner with { Limit = parts.Length == 2 ? parts[1][..^1] : null };
            return true;
        }
    }
}
