using System.Globalization;
using Assistify.AiService.Understanding.Entities;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>When people answer. Who is passed to them while nobody is there is told so, and since when somebody is.</summary>
internal static class StaffHours
{
    private const string Document = "settings/business_hours";

    /// <summary>What is to be said beside a hand-over, which the answer may then rest on; null where somebody is there.</summary>
    public static Source? Tell(ReplyTask task)
    {
        var phrases = Phrases.In(task.Plan.Language);
        if (task.Request.Assistant?.StaffedTimes is not { } times) return null;
        var now = TimeZoneInfo.ConvertTime(task.Request.RequestedAt, Zones.Of(task.Request.TimeZone)).DateTime;
        if (times.Any(time => time.Day == now.DayOfWeek && time.From <= now.TimeOfDay && now.TimeOfDay < time.To)) return null;

        var said = phrases.NobodyThere;
        if (Next(times, now) is { } next)
        {
            var day = CultureInfo.GetCultureInfo(phrases.Language).DateTimeFormat.GetDayName(next.DayOfWeek);
            said += " " + string.Format(CultureInfo.InvariantCulture, phrases.BackOn, day, next.ToString("HH:mm", CultureInfo.InvariantCulture));
        }
        var source = new Source(Document, "Business hours", null, said, SourceKind.Tool);
        task.Sources.Add(source);
        return source;
    }

    // By the clock on the wall, so that a day with a changed clock needs no special care.
    private static DateTime? Next(IReadOnlyList<StaffedTime> times, DateTime now)
    {
        for (var days = 0; days <= 7; days++)
        {
            var day = now.Date.AddDays(days);
            var starts = times.Where(time => time.Day == day.DayOfWeek).Select(time => day + time.From).Where(start => start > now).ToList();
            if (starts.Count > 0) return starts.Min();
        }
        return null;
    }
}
