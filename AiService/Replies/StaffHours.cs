using System.Globalization;
using Assistify.AiService.Understanding.Entities;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>When people answer. Who is passed to them while nobody is there is told so, and since when somebody is.</summary>
internal static class StaffHours
{
    private const string Document = "settings/business_hours";

    // Holidays of a month; whoever is away for longer says so in the knowledge.
    private const int MostDays = 31;

    /// <summary>What is to be said beside a hand-over, which the answer may then rest on; null where somebody is there.</summary>
    public static Source? Tell(ReplyTask task)
    {
        var phrases = Phrases.In(task.Plan.Language);
        if (task.Request.Assistant is not { } settings || settings is { StaffedTimes: null, Holidays: null }) return null;
        var now = TimeZoneInfo.ConvertTime(task.Request.RequestedAt, Zones.Of(task.Request.TimeZone)).DateTime;
        if (On(now.Date, settings).Any(time => time.From <= now.TimeOfDay && now.TimeOfDay < time.To)) return null;

        var said = phrases.NobodyThere;
        if (Next(settings, now) is { } next)
        {
            // In a week's time a weekday's name means another day.
            var culture = CultureInfo.GetCultureInfo(phrases.Language);
            var day = next.Date < now.Date.AddDays(7) ? culture.DateTimeFormat.GetDayName(next.DayOfWeek) : next.ToString("M", culture);
            said += " " + string.Format(CultureInfo.InvariantCulture, phrases.BackOn, day, next.ToString("HH:mm", CultureInfo.InvariantCulture));
        }
        var source = new Source(Document, "Business hours", null, said, SourceKind.Tool);
        task.Sources.Add(source);
        return source;
    }

    // By the clock on the wall, so that a day with a changed clock needs no special care.
    private static DateTime? Next(BusinessSettings settings, DateTime now)
    {
        for (var days = 0; days <= MostDays; days++)
        {
            var day = now.Date.AddDays(days);
            var starts = On(day, settings).Select(time => day + time.From).Where(start => start > now).ToList();
            if (starts.Count > 0) return starts.Min();
        }
        return null;
    }

    private static IEnumerable<(TimeSpan From, TimeSpan To)> On(DateTime day, BusinessSettings settings)
    {
        if (Holiday.On(DateOnly.FromDateTime(day), settings.Holidays ?? []) is { } holiday) return holiday.Times.Select(time => (time.From, time.To));
        return settings.StaffedTimes?.Where(time => time.Day == day.DayOfWeek).Select(time => (time.From, time.To)) ?? [(TimeSpan.Zero, TimeSpan.FromHours(24))];
    }
}
