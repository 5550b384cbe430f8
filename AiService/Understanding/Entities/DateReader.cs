using System.Globalization;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Dates: written out (2026-03-15, 15/3, 15 March), by name (tomorrow, next Friday), and so many days from today.</summary>
internal static class DateReader
{
    private const RegexOptions Options = RegexOptions.Compiled | RegexOptions.CultureInvariant;

    private static readonly Regex s_iso = new(@"(?<!\d)(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?!\d)", Options);
    private static readonly Regex s_numbers = new(@"(?<![\d.,/-])(?<a>\d{1,2})(?<s>[./-])(?<b>\d{1,2})(?:\k<s>(?<y>\d{4}|\d{2}))?(?![\d/-]|[.,]\d)", Options);
    private static readonly Regex s_dayMonth = new($@"(?<![\w.,])(?<d>\d{{1,2}})(?:st|nd|rd|th|η|ησ|\.|°)?(?: de| of)? ?(?<m>{EntityWords.AnyOf(EntityWords.Months)})\b\.?(?:,? (?:de |του )?(?<y>\d{{4}}))?", Options);
    private static readonly Regex s_monthDay = new($@"\b(?<m>{EntityWords.AnyOf(EntityWords.Months)})\.? (?<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (?<y>\d{{4}}))?", Options);
    private static readonly Regex s_named = new($@"\b(?<after>day after tomorrow|pasado manana|بعد غد)|\b(?<n>{EntityWords.AnyOf(EntityWords.Days)})\b", Options);
    private static readonly Regex s_feast = new($@"\b(?<n>{EntityWords.AnyOf(EntityWords.Feasts)})\b", Options);
    private static readonly Regex s_weekday = new($@"(?:\b(?<next>next|επομενη|αλλη|αλλο|επομενο|nachsten?|proximo|haftaya|gelecek|القادم) )?\b(?<w>{EntityWords.AnyOf(EntityWords.Weekdays)})s?\b(?: (?<next>que viene|القادم))?", Options);
    private static readonly Regex s_distance = new($@"\b(?:in|within|σε|se|en|dentro de|بعد) (?<n>\d{{1,3}}|{EntityWords.AnyOf(EntityWords.Numbers)}) (?<u>{EntityWords.AnyOf(EntityWords.Spans)})\b|\b(?<n>\d{{1,3}}|{EntityWords.AnyOf(EntityWords.Numbers)}) (?<u>{EntityWords.AnyOf(EntityWords.Spans)}) (?:from now|sonra)\b", Options);

    public static IEnumerable<Entity> Read(FoldedText text, EntityContext context)
    {
        foreach (Match match in s_iso.Matches(text.Text))
        {
            if (Make(Number(match, "y"), Number(match, "m"), Number(match, "d")) is { } date) yield return Found(match, date, 0.99);
        }
        foreach (Match match in s_numbers.Matches(text.Text))
        {
            if (ReadNumbers(match, context) is var (date, confidence)) yield return Found(match, date, confidence);
        }
        foreach (var match in s_dayMonth.Matches(text.Text).Concat(s_monthDay.Matches(text.Text)))
        {
            var month = EntityWords.Months[match.Groups["m"].Value];
            if (WithYear(match, month, Number(match, "d"), context) is { } date) yield return Found(match, date, 0.95);
        }
        foreach (Match match in s_named.Matches(text.Text))
        {
            var days = match.Groups["after"].Success ? 2 : EntityWords.Days[match.Groups["n"].Value];
            yield return Found(match, context.Today.AddDays(days), 0.95);
        }
        foreach (Match match in s_feast.Matches(text.Text))
        {
            var feast = EntityWords.Feasts[match.Groups["n"].Value];
            if (Coming(feast / 100, feast % 100, context) is { } date) yield return Found(match, date, 0.9);
        }
        foreach (Match match in s_weekday.Matches(text.Text)) yield return Found(match, ReadWeekday(match, context, out var confidence), confidence);
        foreach (Match match in s_distance.Matches(text.Text))
        {
            if (Amounts.Read(match.Groups["n"].Value) is not { } count) continue;
            var (start, length) = text.Place(match);
            yield return EntityWords.Spans[match.Groups["u"].Value] switch
            {
                "minute" => new MomentEntity(start, length, 0.9, context.After(TimeSpan.FromMinutes((double)count))),
                "hour" => new MomentEntity(start, length, 0.9, context.After(TimeSpan.FromHours((double)count))),
                "day" => new DateEntity(start, length, 0.9, context.Today.AddDays((int)count)),
                "week" => new DateEntity(start, length, 0.9, context.Today.AddDays(7 * (int)count)),
                _ => new DateEntity(start, length, 0.85, context.Today.AddMonths((int)count)),
            };
        }

        DateEntity Found(Match match, DateOnly date, double confidence)
        {
            var (start, length) = text.Place(match);
            return new DateEntity(start, length, confidence, date);
        }
    }

    private static (DateOnly, double)? ReadNumbers(Match match, EntityContext context)
    {
        var (a, b) = (Number(match, "a"), Number(match, "b"));
        // "10.5" and "3-4" are more often a price, a size or a range than a day of the year.
        if (!match.Groups["y"].Success && match.Groups["s"].Value is not "/") return null;
        var (day, month) = b > 12 || context.MonthFirst && a <= 12 ? (b, a) : (a, b);
        var confidence = a == b || a > 12 || b > 12 ? 0.97 : 0.85;
        return WithYear(match, month, day, context) is { } date ? (date, confidence) : null;
    }

    // Without a year the next such day is meant.
    private static DateOnly? WithYear(Match match, int month, int day, EntityContext context)
    {
        if (match.Groups["y"].Success) return Make(match.Groups["y"].Length == 2 ? 2000 + Number(match, "y") : Number(match, "y"), month, day);
        return Coming(month, day, context);
    }

    private static DateOnly? Coming(int month, int day, EntityContext context)
    {
        for (var year = context.Today.Year; year <= context.Today.Year + 8; year++)
        {
            if (Make(year, month, day) is { } date && date >= context.Today) return date;
        }
        return null;
    }

    // "Friday" is the coming one, today if it is one; "next Friday" is that of the week that begins next Monday.
    private static DateOnly ReadWeekday(Match match, EntityContext context, out double confidence)
    {
        var wanted = EntityWords.Weekdays[match.Groups["w"].Value];
        var today = (int)context.Today.DayOfWeek;
        var next = match.Groups["next"].Success;
        confidence = next || wanted == today ? 0.7 : 0.9;
        if (!next) return context.Today.AddDays((wanted - today + 7) % 7);
        var monday = context.Today.AddDays(7 - (today + 6) % 7);
        return monday.AddDays((wanted + 6) % 7);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static DateOnly? Make(int year, int month, int day) =>
        year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
