using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Calendar;

/// <summary>The same keys that the calendar's reader is given.</summary>
internal sealed class GoogleOptions
{
    public const string Section = "Calendar:Google";

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public string? RefreshToken { get; set; }

    public string? CalendarId { get; set; }
}

/// <summary>Google Calendar: one account with one calendar.</summary>
internal sealed class GoogleProvider(StandInTools tools, IOptions<GoogleOptions> options) : Provider(tools, new Faults())
{
    private static readonly TimeSpan s_tokenLife = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    public string ClientId { get; } = MadeUp.Unless(options.Value.ClientId, () => MadeUp.Hex(16) + ".apps.googleusercontent.com");

    public string ClientSecret { get; } = MadeUp.Unless(options.Value.ClientSecret, () => "GOCSPX-" + MadeUp.Letters(28));

    public string RefreshToken { get; } = MadeUp.Unless(options.Value.RefreshToken, () => "1//" + MadeUp.Letters(60));

    public string CalendarId { get; } = MadeUp.Unless(options.Value.CalendarId, () => "shop@example.com");

    public CalendarStore Events { get; } = new(tools.Time);

    public override string Channel => "google-calendar";

    public override string Name => "Google Calendar";

    public override IReadOnlyList<string> Secrets => [ClientSecret, RefreshToken, .. _tokens.Keys];

    public bool Knows(string calendarId) => calendarId == "primary" || calendarId == CalendarId;

    public override Answer? Authorize(ApiRequest request) =>
        !_tokens.TryGetValue(request.Bearer, out var issued) || Time.GetUtcNow() - issued > s_tokenLife || Faults.ExpiredAt > issued
            ? Error(401, "authError", "Invalid Credentials")
            : null;

    public override Answer TooManyRequests(int retryAfterSeconds) => Error(403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits");

    public override Answer ServerError() => Faults.Next(2) == 0 ? Error(500, "backendError", "Backend Error") : Error(503, "backendError", "Service Unavailable");

    /// <summary><c>POST /token</c>: a refresh token for an access token.</summary>
    public Answer Token(ApiRequest request)
    {
        var form = request.Form;
        if (!Fits(form["client_id"], ClientId) || !Fits(form["client_secret"], ClientSecret)) return Refuse(401, "invalid_client", "The OAuth client was not found.");
        if (form["grant_type"] != "refresh_token") return Refuse(400, "unsupported_grant_type", "Invalid grant_type.");
        if (!Fits(form["refresh_token"], RefreshToken)) return Refuse(400, "invalid_grant", "Token has been expired or revoked.");

        var token = "ya29." + MadeUp.Letters(80);
        _tokens[token] = Time.GetUtcNow();
        return Answer.Json(200, new JsonObject
        {
            ["access_token"] = token, ["expires_in"] = (int)s_tokenLife.TotalSeconds, ["scope"] = "https://www.googleapis.com/auth/calendar", ["token_type"] = "Bearer",
        });
    }

    /// <summary>A notification: everything is in the headers.</summary>
    public Webhook Notify(WatchChannel channel, string state)
    {
        var number = channel.NextNumber();
        var target = new Uri(WebhookAddress(Channel), new Uri(channel.Address).PathAndQuery);
        TimeSpan[] waits = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)];
        return new Webhook(this, channel.Id, target, RetryPlan.Faster(RetrySpeed, TimeSpan.FromSeconds(10), waits) with { Repeats = static failure => failure is "5xx" })
        {
            Title = $"Notification: {state}",
            ContentType = "application/json; utf-8",
            Headers = _ =>
            [
                ("User-Agent", "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)"), ("X-Goog-Channel-ID", channel.Id),
                ("X-Goog-Channel-Expiration", channel.Expires.UtcDateTime.ToString("r", CultureInfo.InvariantCulture)),
                ("X-Goog-Message-Number", number.ToString(CultureInfo.InvariantCulture)), ("X-Goog-Resource-ID", channel.ResourceId), ("X-Goog-Resource-State", state),
                ("X-Goog-Resource-URI", channel.ResourceUri), .. channel.Token is null ? Array.Empty<(string, string)>() : [("X-Goog-Channel-Token", channel.Token)],
            ],
        };
    }

    public static Answer Error(int code, string reason, string message, string domain = "global") => Answer.Json(code, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject { ["domain"] = domain, ["reason"] = reason, ["message"] = message }), ["code"] = code, ["message"] = message,
        },
    });

    private static Answer Refuse(int status, string error, string description) =>
        Answer.Json(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    private static bool Fits(string? given, string wanted) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(wanted));
}

/// <summary>Somebody who is told of changes.</summary>
internal sealed class WatchChannel(string id, string address, string? token, DateTimeOffset expires, string resourceUri)
{
    private long _number;

    public string Id => id;

    public string Address => address;

    public string? Token => token;

    public DateTimeOffset Expires => expires;

    public string ResourceId { get; } = "ret" + MadeUp.Hex(16);

    public string ResourceUri => resourceUri;

    /// <summary>Increasing, but not one by one.</summary>
    public long NextNumber() => Interlocked.CompareExchange(ref _number, 1, 0) == 0 ? 1 : Interlocked.Add(ref _number, 3);
}
