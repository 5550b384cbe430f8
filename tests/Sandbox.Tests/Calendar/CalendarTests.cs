using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Calendar;

internal sealed class CalendarTests
{
    private const string Events = "/calendar/v3/calendars/primary/events";
    private SandboxUnderTest _sandbox = null!;
    private string _token = "";

    [SetUp]
    public async Task Start()
    {
        _sandbox = await SandboxUnderTest.Start();
        _token = await Token();
    }

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task A_refresh_token_gives_an_access_token_until_it_expires()
    {
        Assert.That((await Refresh(secret: "guess")).Error, Is.EqualTo("invalid_client"));
        Assert.That((await Refresh(refresh: "guess")).Error, Is.EqualTo("invalid_grant"));
        Assert.That((await Call(HttpMethod.Get, Events, null, "ya29.guess")).Status, Is.EqualTo(401));

        await _sandbox.SetFaults("google-calendar", new { tokenExpired = true });
        Assert.That((await Call(HttpMethod.Get, Events)).Status, Is.EqualTo(401));
        _token = await Token();
        Assert.That((await Call(HttpMethod.Get, Events)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_booking_is_made_once_moved_with_its_etag_and_cancelled_once()
    {
        var made = await Insert("bk8812a0", "2026-01-05T10:00:00", "2026-01-05T10:30:00", zone: "Europe/London");
        var again = await Insert("bk8812a0", "2026-01-05T10:00:00", "2026-01-05T10:30:00", zone: "Europe/London");
        var etag = made.Body.GetProperty("etag").GetString()!;
        var move = new { start = new { dateTime = "2026-01-05T11:00:00Z" }, end = new { dateTime = "2026-01-05T11:30:00Z" } };
        var moved = await Call(HttpMethod.Patch, $"{Events}/bk8812a0", move, ifMatch: etag);
        var stale = await Call(HttpMethod.Patch, $"{Events}/bk8812a0", move, ifMatch: etag);
        var deleted = await Call(HttpMethod.Delete, $"{Events}/bk8812a0?sendUpdates=all");
        var twice = await Call(HttpMethod.Delete, $"{Events}/bk8812a0");

        Assert.That(made.Status, Is.EqualTo(200));
        Assert.That((again.Status, Reason(again.Body)), Is.EqualTo((409, "duplicate")));
        Assert.That((moved.Status, moved.Body.GetProperty("sequence").GetInt32()), Is.EqualTo((200, 1)));
        Assert.That((stale.Status, Reason(stale.Body)), Is.EqualTo((412, "conditionNotMet")));
        Assert.That(deleted.Status, Is.EqualTo(204));
        Assert.That((twice.Status, Reason(twice.Body)), Is.EqualTo((410, "deleted")));
    }

    [Test]
    public async Task Free_and_busy_tells_what_it_cannot_read()
    {
        await Insert("bk001", "2026-01-05T10:00:00", "2026-01-05T10:30:00", zone: "Asia/Nicosia");
        await Insert("bk002", "2026-01-05T12:00:00Z", "2026-01-05T13:00:00Z", transparency: "transparent");
        await Insert("bk003", "2026-01-05T15:00:00Z", "2026-01-05T16:00:00Z");
        await Call(HttpMethod.Delete, $"{Events}/bk003");

        var (_, body) = await Call(HttpMethod.Post, "/calendar/v3/freeBusy", new
        {
            timeMin = "2026-01-05T00:00:00Z", timeMax = "2026-01-06T00:00:00Z", items = new[] { new { id = Credentials.CalendarId }, new { id = "b@example.com" } },
        });

        var calendars = body.GetProperty("calendars");
        var busy = calendars.GetProperty(Credentials.CalendarId).GetProperty("busy");
        Assert.That(busy.GetArrayLength(), Is.EqualTo(1));
        Assert.That(busy[0].GetProperty("start").GetString(), Is.EqualTo("2026-01-05T08:00:00Z"));
        Assert.That(calendars.GetProperty("b@example.com").GetProperty("errors")[0].GetProperty("reason").GetString(), Is.EqualTo("notFound"));
    }

    [Test]
    public async Task A_sync_token_brings_changes_until_a_full_sync_is_required()
    {
        await Insert("bk001", "2026-01-05T10:00:00Z", "2026-01-05T10:30:00Z");
        await Insert("bk002", "2026-01-06T10:00:00Z", "2026-01-06T10:30:00Z");
        var first = (await Call(HttpMethod.Get, $"{Events}?maxResults=1")).Body;
        var second = (await Call(HttpMethod.Get, $"{Events}?maxResults=1&pageToken={first.GetProperty("nextPageToken").GetString()}")).Body;
        var token = second.GetProperty("nextSyncToken").GetString();
        await Call(HttpMethod.Delete, $"{Events}/bk001");
        var changes = (await Call(HttpMethod.Get, $"{Events}?syncToken={token}")).Body.GetProperty("items");
        using var forget = await _sandbox.Program.DeleteAsync("/sandbox/api/google-calendar/events");
        var gone = await Call(HttpMethod.Get, $"{Events}?syncToken={token}");

        Assert.That(changes.GetArrayLength(), Is.EqualTo(1));
        Assert.That((changes[0].GetProperty("id").GetString(), changes[0].GetProperty("status").GetString(), changes[0].TryGetProperty("start", out _)), Is.EqualTo(("bk001", "cancelled", false)));
        Assert.That((gone.Status, Reason(gone.Body)), Is.EqualTo((410, "fullSyncRequired")));
    }

    [Test]
    public async Task A_watched_calendar_tells_of_changes_in_headers_alone()
    {
        var insecure = await Call(HttpMethod.Post, $"{Events}/watch", new { id = "c-0", type = "web_hook", address = "http://desk.example.com/hooks" });
        var watched = await Call(HttpMethod.Post, $"{Events}/watch", new { id = "c-1", type = "web_hook", address = "https://desk.example.com/api/webhooks/google-calendar", token = "tenant=101" });
        await _sandbox.Received(1);
        using var made = await _sandbox.Program.PostAsJsonAsync("/sandbox/api/google-calendar/events", new { summary = "Lunch", start = new { dateTime = "2026-01-05T10:00:00Z" }, end = new { dateTime = "2026-01-05T11:00:00Z" } });
        var webhooks = await _sandbox.Received(2);
        var stopped = await Call(HttpMethod.Post, "/calendar/v3/channels/stop", new { id = "c-1", resourceId = watched.Body.GetProperty("resourceId").GetString() });

        Assert.That((insecure.Status, Reason(insecure.Body)), Is.EqualTo((400, "push.webhookUrlNotHttps")));
        Assert.That(webhooks.Select(webhook => webhook.Headers["X-Goog-Resource-State"]), Is.EqualTo(new[] { "sync", "exists" }));
        Assert.That(webhooks.Select(webhook => webhook.Headers["X-Goog-Channel-Token"]), Is.All.EqualTo("tenant=101"));
        Assert.That(webhooks[0].Headers["X-Goog-Message-Number"], Is.EqualTo("1"));
        Assert.That(webhooks.Select(webhook => webhook.Raw), Is.All.Empty);
        Assert.That(webhooks[1].PathAndQuery, Is.EqualTo("/api/webhooks/google-calendar"));
        Assert.That(stopped.Status, Is.EqualTo(204));
    }

    [Test]
    public async Task Wrong_events_and_limits_have_Googles_reasons()
    {
        Assert.That(Reason((await Insert("BK-1", "2026-01-05T10:00:00Z", "2026-01-05T10:30:00Z")).Body), Is.EqualTo("invalid"));
        Assert.That(Reason((await Insert("bk001", "2026-01-05T10:00:00Z", "2026-01-05T09:00:00Z")).Body), Is.EqualTo("timeRangeEmpty"));
        Assert.That(Reason((await Insert("bk001", "2026-01-05T10:00:00", "2026-01-05T11:00:00")).Body), Is.EqualTo("required"));
        Assert.That((await Call(HttpMethod.Get, "/calendar/v3/calendars/other/events")).Status, Is.EqualTo(404));
        await _sandbox.SetFaults("google-calendar", new { sendStatus429 = 1 });
        var limited = await Call(HttpMethod.Get, Events);
        Assert.That((limited.Status, Reason(limited.Body)), Is.EqualTo((403, "rateLimitExceeded")));
    }

    private async Task<string> Token()
    {
        var (token, error) = await Refresh();
        Assert.That(error, Is.Empty);
        return token;
    }

    private async Task<(string Token, string Error)> Refresh(string secret = Credentials.ClientSecret, string refresh = Credentials.RefreshToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token", ["client_id"] = Credentials.ClientId, ["client_secret"] = secret, ["refresh_token"] = refresh,
        });
        using var response = await _sandbox.Program.PostAsync("/token", form);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (body.TryGetProperty("access_token", out var token) ? token.GetString()! : "", body.TryGetProperty("error", out var error) ? error.GetString()! : "");
    }

    private Task<(int Status, JsonElement Body)> Insert(string id, string start, string end, string? zone = null, string? transparency = null)
    {
        var content = new Dictionary<string, object> { ["id"] = id, ["summary"] = "Fitting – Zoë", ["start"] = Time(start), ["end"] = Time(end) };
        if (transparency is not null) content["transparency"] = transparency;
        return Call(HttpMethod.Post, Events, content);

        Dictionary<string, string> Time(string text) => zone is null ? new() { ["dateTime"] = text } : new() { ["dateTime"] = text, ["timeZone"] = zone };
    }

    private async Task<(int Status, JsonElement Body)> Call(HttpMethod method, string path, object? content = null, string? token = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _token);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (content is not null) request.Content = JsonContent.Create(content);
        using var response = await _sandbox.Program.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    private static string? Reason(JsonElement body) => body.GetProperty("error").GetProperty("errors")[0].GetProperty("reason").GetString();
}
