using System.Globalization;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.AnalyticsService.Figures;

/// <summary>What a figure is asked for: <c>from</c> counts, <c>to</c> does not.</summary>
internal sealed record FigureWindow(Guid WorkspaceId, DateTimeOffset From, DateTimeOffset To, string? Channel, string Bucket)
{
    // What lies outside holds no events, and dates far away are out of the database's range.
    private static readonly DateTimeOffset s_earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_channels =
        ["web", "whatsapp", "instagram", "facebook", "shopify", "telegram", "slack", "wechat", "custom", "google-calendar"];

    public TimeSpan BucketLength => Bucket switch
    {
        "hour" => TimeSpan.FromHours(1),
        "week" => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>The begin of the bucket that <see cref="From"/> is in.</summary>
    public DateTimeOffset FirstBucket
    {
        get
        {
            var monday = new DateTimeOffset(1, 1, 1, 0, 0, 0, TimeSpan.Zero); // the calendar's first day was one
            return Searched(From) - TimeSpan.FromTicks((Searched(From) - monday).Ticks % BucketLength.Ticks);
        }
    }

    /// <summary>The time within what the log can hold.</summary>
    public static DateTimeOffset Searched(DateTimeOffset at) => at < s_earliest ? s_earliest : at > s_latest ? s_latest : at;

    /// <summary>Reads the query; what is wrong with it is in <paramref name="errors"/>, by field.</summary>
    public static FigureWindow Read(HttpContext context, TimeProvider time, Dictionary<string, string[]> errors)
    {
        var query = context.Request.Query;
        var to = Time("to") ?? time.GetUtcNow();
        var from = Time("from") ?? Before(to, TimeSpan.FromDays(30));
        var channel = Text("channel");
        var bucket = Text("bucket") ?? "day";

        if (channel is not null && !s_channels.Contains(channel, StringComparer.Ordinal))
            errors["channel"] = [$"One of {string.Join(", ", s_channels)}."];
        if (bucket is not ("hour" or "day" or "week")) errors["bucket"] = ["One of hour, day, week."];
        if (errors.Count == 0 && from >= to) errors["from"] = ["Must be before to."];
        return new FigureWindow(context.User.WorkspaceId(), from, to, channel, bucket);

        string? Text(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;

        DateTimeOffset? Time(string name)
        {
            if (Text(name) is not { } text) return null;
            if (TryParse(text, out var at)) return at;
            errors[name] = ["A time such as 2026-11-20T12:00:00Z, or a date."];
            return null;
        }
    }

    // A "+" of an offset arrives as a space where the caller did not escape it.
    private static bool TryParse(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    private static DateTimeOffset Before(DateTimeOffset at, TimeSpan span) =>
        at - DateTimeOffset.MinValue > span ? at - span : DateTimeOffset.MinValue;
}
