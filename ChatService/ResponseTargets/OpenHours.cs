using System.Globalization;
using Assistify.ChatService.Settings;
using Assistify.Contracts;

namespace Assistify.ChatService.ResponseTargets;

/// <summary>When a workspace's people answer: always, or at the times of each day in its time zone; on holidays at theirs.</summary>
internal sealed class OpenHours
{
    // Whoever opens once a year has passed by then.
    private const int MostDays = 366;
    private static readonly (TimeSpan From, TimeSpan To)[] s_wholeDay = [(TimeSpan.Zero, TimeSpan.FromHours(24))];
    private readonly TimeZoneInfo _zone;
    private readonly (TimeSpan From, TimeSpan To)[][]? _days;
    private readonly IReadOnlyList<Holiday> _holidays;

    public OpenHours(string timeZone, IReadOnlyDictionary<string, IReadOnlyList<OpeningTime>>? days, IReadOnlyList<Holiday>? holidays = null)
    {
        _holidays = holidays ?? [];
        _zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
        _days = days is null
            ? null
            : [.. Enum.GetValues<DayOfWeek>().Select(day => Times(days.GetValueOrDefault(day.ToString().ToLowerInvariant()) ?? []))];
    }

    /// <summary>The moment at which people had this much time since then; null where they never have it.</summary>
    public DateTimeOffset? After(DateTimeOffset since, TimeSpan time)
    {
        if (_days is null && _holidays.Count == 0) return since + time;

        var day = TimeZoneInfo.ConvertTime(since, _zone).Date;
        for (var passed = 0; passed < MostDays; passed++, day = day.AddDays(1))
        {
            foreach (var (from, to) in On(day))
            {
                var (opens, closes) = (Moment(day + from), Moment(day + to));
                if (closes <= since) continue;
                if (opens < since) opens = since;
                if (closes - opens >= time) return opens + time;
                time -= closes - opens;
            }
        }

        return null;
    }

    /// <summary>Whether people answer at the moment, and when that changes; null where it never does.</summary>
    public (bool Open, DateTimeOffset? ChangesAt) At(DateTimeOffset moment)
    {
        if (_days is null && _holidays.Count == 0) return (true, null);

        DateTimeOffset? closing = null;
        var day = TimeZoneInfo.ConvertTime(moment, _zone).Date;
        for (var passed = 0; passed < MostDays; passed++, day = day.AddDays(1))
        {
            foreach (var (from, to) in On(day))
            {
                var (opens, closes) = (Moment(day + from), Moment(day + to));
                if (closes <= moment) continue;
                if (closing is null && opens > moment) return (false, opens);
                // Until midnight and on from midnight is one time.
                if (closing is { } end && opens > end) return (true, end);
                closing = closes;
            }
        }

        return (closing is not null, null);
    }

    private IEnumerable<(TimeSpan From, TimeSpan To)> On(DateTime day)
    {
        if (Holiday.On(DateOnly.FromDateTime(day), _holidays) is { } holiday) return holiday.Times.Select(static time => (time.From, time.To));
        return _days?[(int)day.DayOfWeek] ?? s_wholeDay;
    }

    // Where the clocks go forward a time may not exist; it then stands for the moment that it would have been.
    private DateTimeOffset Moment(DateTime local) => new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();

    private static (TimeSpan From, TimeSpan To)[] Times(IReadOnlyList<OpeningTime> times) => [.. times.Select(time => (Clock(time.From), Clock(time.To)))];

    private static TimeSpan Clock(string text) =>
        text == "24:00" ? TimeSpan.FromHours(24) : TimeSpan.ParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture);
}
