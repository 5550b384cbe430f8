using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Calendar;

/// <summary>Reads <c>{ dateTime, timeZone }</c> and <c>{ date }</c>; whole days are those of UTC here.</summary>
internal static class EventTimes
{
    public static DateTimeOffset? Read(JsonNode? place)
    {
        if (place.Text("date") is { } day)
        {
            return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero)
                : null;
        }

        if (place.Text("dateTime") is not { } text) return null;
        if (text.EndsWith('Z') || (text.Length > 19 && text[19..].AsSpan().IndexOfAny('+', '-') >= 0))
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact : null;
        if (place.Text("timeZone") is not { } zoneName || !TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone)) return null;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local))
            : null;
    }

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
