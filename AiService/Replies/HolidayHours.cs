using System.Globalization;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>
/// "Are you open on 25 December?" Where the workspace's settings have hours of their own for a day that is asked for, these are the answer, before
/// whatever the knowledge says of such days.
/// </summary>
internal static class HolidayHours
{
    private const int ShortestName = 4;

    public static IReadOnlyList<Findings> Apply(IReadOnlyList<Findings> findings, ReplyRequested request, string language)
    {
        if (request.Assistant?.Holidays is not { Count: > 0 } holidays) return findings;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(request.RequestedAt, Zones.Of(request.TimeZone)).DateTime);
        return [.. findings.Select(found => Entry(found.Wish, holidays, today, request.WorkspaceId, language) is { } entry ? found with { Entries = [entry] } : found)];
    }

    private static FoundEntry? Entry(Wish wish, IReadOnlyList<Holiday> holidays, DateOnly today, Guid workspaceId, string language)
    {
        if (wish.Intent is not Intents.OpeningHours) return null;
        var days = AskedDay.Of(wish.Entities).ToList();
        // A day without one is a usual day: the knowledge has its hours.
        if (days.Exists(day => Holiday.On(day, holidays) is null)) return null;
        if (days.Count == 0) days.AddRange(Named(wish.Text, holidays, today));
        if (days.Count == 0) return null;

        var phrases = Phrases.In(language);
        var said = days.Distinct().Select(day => Say(day, Holiday.On(day, holidays)!, phrases));
        var id = Identifiers.Derive($"holidays/{workspaceId}/{string.Join('/', days.Select(day => day.ToString("O", CultureInfo.InvariantCulture)))}");
        return new FoundEntry(id, "holidays", [Intents.OpeningHours], phrases.Language, phrases.Holidays, "", string.Join(' ', said), null, 1);
    }

    // "On Christmas", as the workspace calls it: the next one.
    private static IEnumerable<DateOnly> Named(string text, IReadOnlyList<Holiday> holidays, DateOnly today)
    {
        var folded = Words.Fold(text);
        return holidays
            .Where(holiday => holiday.Name.Length >= ShortestName && folded.Contains(Words.Fold(holiday.Name), StringComparison.Ordinal))
            .Select(holiday => Next(holiday, today))
            .OfType<DateOnly>().Order().Take(1);
    }

    private static DateOnly? Next(Holiday holiday, DateOnly today)
    {
        if (!holiday.Yearly) return holiday.Date >= today ? holiday.Date : null;
        // From the date itself, so that 29 February is there again in four years.
        var next = holiday.Date.AddYears(today.Year - holiday.Date.Year);
        return next >= today ? next : holiday.Date.AddYears(today.Year + 1 - holiday.Date.Year);
    }

    private static string Say(DateOnly day, Holiday holiday, Phrases phrases)
    {
        var date = day.ToString("M", CultureInfo.GetCultureInfo(phrases.Language));
        var named = holiday.Name.Length > 0 ? $"{date} ({holiday.Name})" : date;
        var times = holiday.Times.OrderBy(time => time.From).Select(time => $"{Clock(time.From)}–{Clock(time.To)}").ToList();
        return times.Count == 0
            ? string.Format(CultureInfo.InvariantCulture, phrases.ClosedOn, named)
            : string.Format(CultureInfo.InvariantCulture, phrases.OpenOn, named, string.Join(", ", times));
    }

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
