using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Calendar;

/// <summary>What Assistify sees of Google: the token's address and <c>/calendar/v3</c>.</summary>
internal sealed partial class CalendarApi(GoogleProvider google, WebhookSender sender, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, WatchChannel> _channels = new(StringComparer.Ordinal);

    public static void AddCalendar(IServiceCollection services)
    {
        services.AddOptions<GoogleOptions>().BindConfiguration(GoogleOptions.Section);
        services.AddProvider<GoogleProvider>().AddSingleton<CalendarApi>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var google = app.ServiceProvider.GetRequiredService<GoogleProvider>();
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        var api = app.ServiceProvider.GetRequiredService<CalendarApi>();

        app.MapPost("/token", context => calls.Open(context, google, google.Token));
        var calendar = app.MapGroup("/calendar/v3");
        calendar.MapPost("/freeBusy", context => calls.Send(context, google, api.FreeBusy));
        calendar.MapPost("/channels/stop", context => calls.Send(context, google, api.Stop));
        var events = calendar.MapGroup("/calendars/{calendarId}/events");
        events.MapGet("", context => calls.Send(context, google, request => api.In(request, api.List)));
        events.MapPost("", context => calls.Send(context, google, request => api.In(request, api.Insert)));
        events.MapPost("/watch", context => calls.Send(context, google, request => api.In(request, api.Watch)));
        events.MapGet("/{eventId}", context => calls.Send(context, google, request => api.In(request, api.Get)));
        events.MapPatch("/{eventId}", context => calls.Send(context, google, request => api.In(request, api.Patch)));
        events.MapDelete("/{eventId}", context => calls.Send(context, google, request => api.In(request, api.Delete)));

        // The account's owner, who uses the calendar without us.
        var owner = app.MapGroup("/sandbox/api/google-calendar/events");
        owner.MapGet("", () => google.Events.All());
        owner.MapPost("", async (HttpContext context) =>
        {
            var request = await ApiRequest.Read(context, 1024 * 1024);
            var answer = api.Insert(request);
            return TypedResults.Bytes(answer.Body, answer.ContentType);
        });
        owner.MapDelete("", () =>
        {
            google.Events.Clear();
            return TypedResults.NoContent();
        });
    }

    private Answer In(ApiRequest request, Func<ApiRequest, Answer> handle) =>
        google.Knows(request.Route("calendarId")) ? handle(request) : GoogleProvider.Error(404, "notFound", "Not Found");

    private Answer FreeBusy(ApiRequest request)
    {
        var body = request.Json;
        if (EventTimes.Read(body.Text("timeMin")) is not { } from || EventTimes.Read(body.Text("timeMax")) is not { } to) return GoogleProvider.Error(400, "badRequest", "Missing timeMin parameter.");
        if (to <= from) return GoogleProvider.Error(400, "timeRangeEmpty", "The specified time range is empty.");
        var items = body.Items("items");
        if (items.Count > 50) return GoogleProvider.Error(400, "tooManyCalendarsRequested", "Too many calendars requested.");

        var calendars = new JsonObject();
        foreach (var id in items.Select(item => item.Text("id")).OfType<string>().Distinct())
        {
            calendars[id] = google.Knows(id)
                ? new JsonObject { ["busy"] = Busy(from, to) }
                : new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["domain"] = "global", ["reason"] = "notFound" }), ["busy"] = new JsonArray() };
        }

        return Answer.Json(200, new JsonObject { ["kind"] = "calendar#freeBusy", ["timeMin"] = EventTimes.Write(from), ["timeMax"] = EventTimes.Write(to), ["calendars"] = calendars });
    }

    private JsonArray Busy(DateTimeOffset from, DateTimeOffset to)
    {
        var busy = new JsonArray();
        foreach (var one in google.Events.All())
        {
            if (one.Text("status") == "cancelled" || one.Text("transparency") == "transparent") continue;
            if (EventTimes.Read(one["start"]) is { } start && EventTimes.Read(one["end"]) is { } end && start < to && end > from)
                busy.Add((JsonNode)new JsonObject { ["start"] = EventTimes.Write(start), ["end"] = EventTimes.Write(end) });
        }

        return busy;
    }

    private Answer List(ApiRequest request)
    {
        var query = request.Query;
        var token = query["syncToken"].ToString();
        if (token.Length > 0 && (query.ContainsKey("timeMin") || query.ContainsKey("timeMax"))) return GoogleProvider.Error(400, "badRequest", "Sync token cannot be used with other query restrictions.");

        var deleted = token.Length > 0 || query["showDeleted"] == "true";
        if ((token.Length > 0 ? google.Events.Since(token) : google.Events.All()) is not { } found)
            return GoogleProvider.Error(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.", "calendar");

        var from = EventTimes.Read(query["timeMin"].ToString());
        var to = EventTimes.Read(query["timeMax"].ToString());
        found = [.. found.Where(one => deleted || one.Text("status") != "cancelled").Where(one => one.Text("status") == "cancelled" || Within(one, from, to)).Select(Listed)];
        if (query["orderBy"] == "startTime") found = [.. found.OrderBy(one => EventTimes.Read(one["start"]))];

        var size = int.TryParse(query["maxResults"], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? Math.Clamp(most, 1, 2500) : 250;
        var skip = int.TryParse(query["pageToken"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 0;
        var result = new JsonObject
        {
            ["kind"] = "calendar#events", ["summary"] = google.CalendarId, ["timeZone"] = "UTC", ["accessRole"] = "owner",
            ["items"] = new JsonArray([.. found.Skip(skip).Take(size)]),
        };
        if (found.Count > skip + size) result["nextPageToken"] = (skip + size).ToString(CultureInfo.InvariantCulture);
        else result["nextSyncToken"] = google.Events.SyncToken();
        return Answer.Json(200, result);
    }

    // Of what is gone there is little left.
    private static JsonObject Listed(JsonObject one) =>
        one.Text("status") == "cancelled" ? new JsonObject { ["kind"] = "calendar#event", ["etag"] = one.Text("etag"), ["id"] = one.Text("id"), ["status"] = "cancelled" } : one;

    private static bool Within(JsonObject one, DateTimeOffset? from, DateTimeOffset? to) =>
        !(from is { } first && EventTimes.Read(one["end"]) <= first) && !(to is { } last && EventTimes.Read(one["start"]) >= last);

    private Answer Insert(ApiRequest request)
    {
        if (request.Json is not { } given) return GoogleProvider.Error(400, "parseError", "Parse Error");
        var id = given.Text("id") ?? MadeUp.Hex(26);
        if (!EventId().IsMatch(id)) return GoogleProvider.Error(400, "invalid", "Invalid resource id value.");
        if (google.Events.TryGet(id, out _)) return GoogleProvider.Error(409, "duplicate", "The requested identifier already exists.");
        if (Check(given) is { } wrong) return wrong;

        var now = EventTimes.Write(time.GetUtcNow());
        var made = new JsonObject
        {
            ["kind"] = "calendar#event", ["id"] = id, ["status"] = "confirmed", ["htmlLink"] = $"https://www.google.com/calendar/event?eid={id}", ["created"] = now,
            ["creator"] = new JsonObject { ["email"] = google.CalendarId, ["self"] = true }, ["organizer"] = new JsonObject { ["email"] = google.CalendarId, ["self"] = true },
            ["iCalUID"] = $"{id}@google.com", ["sequence"] = 0,
        };
        foreach (var (name, value) in given) made[name] = value?.DeepClone();
        made["id"] = id;
        Confer(request, made);
        google.Events.Put(made);
        Tell();
        return Answer.Json(200, made) with { About = id };
    }

    private Answer Get(ApiRequest request) =>
        google.Events.TryGet(request.Route("eventId"), out var found) ? Answer.Json(200, found) : GoogleProvider.Error(404, "notFound", "Not Found");

    private Answer Patch(ApiRequest request)
    {
        if (request.Json is not { } given) return GoogleProvider.Error(400, "parseError", "Parse Error");
        if (!google.Events.TryGet(request.Route("eventId"), out var found)) return GoogleProvider.Error(404, "notFound", "Not Found");
        if (Mismatch(request, found) is { } stale) return stale;

        var times = (found["start"]?.ToJsonString(), found["end"]?.ToJsonString());
        foreach (var (name, value) in given)
        {
            if (name is "id" or "etag" or "kind") continue;
            if (value is null) found.Remove(name);
            else found[name] = value.DeepClone();
        }

        if (Check(found) is { } wrong) return wrong;
        if (times != (found["start"]?.ToJsonString(), found["end"]?.ToJsonString())) found["sequence"] = (found.Number("sequence") ?? 0) + 1;
        Confer(request, found);
        google.Events.Put(found);
        Tell();
        return Answer.Json(200, found) with { About = found.Text("id") };
    }

    private Answer Delete(ApiRequest request)
    {
        if (!google.Events.TryGet(request.Route("eventId"), out var found)) return GoogleProvider.Error(404, "notFound", "Not Found");
        if (found.Text("status") == "cancelled") return GoogleProvider.Error(410, "deleted", "Resource has been deleted");
        if (Mismatch(request, found) is { } stale) return stale;

        found["status"] = "cancelled";
        google.Events.Put(found);
        Tell();
        return new Answer(204, [], null) { About = found.Text("id") };
    }

    private Answer Watch(ApiRequest request)
    {
        var body = request.Json;
        if (body.Text("id") is not { } id || !ChannelId().IsMatch(id)) return GoogleProvider.Error(400, "required", "Required");
        if (body.Text("type") != "web_hook") return GoogleProvider.Error(400, "unknownChannelType", "Unknown channel type");
        if (!Uri.TryCreate(body.Text("address"), UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
            return GoogleProvider.Error(400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS");

        var expires = long.TryParse(body.Text("expiration"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : time.GetUtcNow().AddDays(7);
        var channel = new WatchChannel(id, address.AbsoluteUri, body.Text("token"), expires, $"https://www.googleapis.com/calendar/v3/calendars/{request.Route("calendarId")}/events?alt=json");
        if (!_channels.TryAdd(id, channel)) return GoogleProvider.Error(400, "channelIdNotUnique", $"Channel id {id} not unique");

        _ = sender.Post(google.Notify(channel, "sync"), CancellationToken.None);
        return Answer.Json(200, new JsonObject
        {
            ["kind"] = "api#channel", ["id"] = id, ["resourceId"] = channel.ResourceId, ["resourceUri"] = channel.ResourceUri, ["token"] = channel.Token,
            ["expiration"] = expires.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        });
    }

    private Answer Stop(ApiRequest request) =>
        request.Json.Text("id") is { } id && _channels.TryGetValue(id, out var channel) && channel.ResourceId == request.Json.Text("resourceId") && _channels.TryRemove(id, out _)
            ? new Answer(204, [], null)
            : GoogleProvider.Error(404, "notFound", $"Channel '{request.Json.Text("id")}' not found");

    private void Tell()
    {
        foreach (var channel in _channels.Values.Where(channel => channel.Expires > time.GetUtcNow())) _ = sender.Post(google.Notify(channel, "exists"), CancellationToken.None);
    }

    private static Answer? Check(JsonObject given)
    {
        if (EventTimes.Read(given["start"]) is not { } start) return GoogleProvider.Error(400, "required", "Missing start time.");
        if (EventTimes.Read(given["end"]) is not { } end) return GoogleProvider.Error(400, "required", "Missing end time.");
        if (given["start"].Text("date") is null != given["end"].Text("date") is null) return GoogleProvider.Error(400, "invalid", "Start and end times must either both be date or both be dateTime.");
        if (end < start || (end == start && given["start"].Text("date") is not null)) return GoogleProvider.Error(400, "timeRangeEmpty", "The specified time range is empty.");
        return given["reminders"].Items("overrides").Count > 5 ? GoogleProvider.Error(400, "invalid", "Invalid number of reminders.") : null;
    }

    private static Answer? Mismatch(ApiRequest request, JsonObject found) =>
        request.Header("If-Match") is { Length: > 0 } wanted && wanted != "*" && wanted != found.Text("etag") ? GoogleProvider.Error(412, "conditionNotMet", "Precondition Failed") : null;

    private static void Confer(ApiRequest request, JsonObject made)
    {
        if (made["conferenceData"]?["createRequest"] is not JsonObject asked) return;
        if (request.Query["conferenceDataVersion"] != "1")
        {
            made.Remove("conferenceData");
            return;
        }

        var link = $"https://meet.google.com/{MadeUp.Letters(10).ToLowerInvariant()}";
        asked["status"] = new JsonObject { ["statusCode"] = "success" };
        made["hangoutLink"] = link;
        made["conferenceData"]!["entryPoints"] = new JsonArray(new JsonObject { ["entryPointType"] = "video", ["uri"] = link });
    }

    [GeneratedRegex("^[a-v0-9]{5,1024}$", RegexOptions.CultureInvariant)]
    private static partial Regex EventId();

    [GeneratedRegex("^[A-Za-z0-9_+/=-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelId();
}
