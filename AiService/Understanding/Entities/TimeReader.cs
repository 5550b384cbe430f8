using System.Globalization;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Times of the day in figures: 17:30, 5 pm, στις 5 μ.μ., 17 Uhr, a las 5, saat 5, الساعة 5.</summary>
internal static class TimeReader
{
    private const RegexOptions Options = RegexOptions.Compiled | RegexOptions.CultureInvariant;

    internal const string Afternoon = @"p\.?m\b\.?|μ\.?μ\b\.?|το (?:απογευμα|βραδυ|μεσημερι)|in the (?:afternoon|evening)|at night|nachmittags|abends|de la (?:tarde|noche)|de l'apres-midi|du soir|del pomeriggio|di sera|дня|вечера|مساء";
    internal const string Morning = @"a\.?m\b\.?|π\.?μ\b\.?|το πρωι|in the morning|morgens|vormittags|de la manana|du matin|di mattina|del mattino|утра|صباحا";

    private static readonly Regex s_time = new(
        $@"(?<before>\b(?:at|by|from|until|till|after|before|around|στισ|στη|στην|κατα τισ|μετα τισ|πριν τισ|μεχρι τισ|um|gegen|ab|bis|a las|a la|saat|الساعه) )?(?<![\d.,:/-])(?<h>\d{{1,2}})(?:[:.](?<m>\d{{2}}))?(?![\d%/-]|[.,:]\d)(?: ?(?:(?<pm>{Afternoon})|(?<am>{Morning})|(?<uhr>uhr\b|h\b)(?: (?<m>\d{{2}})\b)?| (?<half>και μιση|y media)\b))?(?: (?<pm>{Afternoon}))?",
        Options);

    private static readonly Regex s_named = new(@"\b(?:(?<noon>noon|midday|mittags?|mediodia)|(?<midnight>midnight|μεσανυχτα|mitternacht|medianoche|منتصف الليل))\b", Options);

    public static IEnumerable<TimeEntity> Read(FoldedText text)
    {
        foreach (Match match in s_time.Matches(text.Text))
        {
            if (Read(match) is not var (time, confidence)) continue;
            // The preposition is not part of the time.
            var from = match.Groups["h"].Index;
            var (start, length) = text.Place(from, match.Index + match.Length - from);
            yield return new TimeEntity(start, length, confidence, time);
        }
        foreach (Match match in s_named.Matches(text.Text))
        {
            var (start, length) = text.Place(match);
            yield return new TimeEntity(start, length, 0.9, match.Groups["noon"].Success ? new TimeOnly(12, 0) : TimeOnly.MinValue);
        }
    }

    private static (TimeOnly, double)? Read(Match match)
    {
        var hour = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        var minutes = match.Groups["m"].Success;
        var minute = minutes ? int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture) : match.Groups["half"].Success ? 30 : 0;
        if (hour > 23 || minute > 59) return null;
        var colon = minutes && match.Value.Contains(':', StringComparison.Ordinal);
        if (match.Groups["pm"].Success || match.Groups["am"].Success)
        {
            if (hour is 0 or > 12) return null;
            return (new TimeOnly(hour % 12 + (match.Groups["pm"].Success ? 12 : 0), minute), 0.97);
        }
        if (match.Groups["uhr"].Success && (match.Groups["uhr"].Value == "uhr" || match.Groups["before"].Success)) return (new TimeOnly(hour, minute), 0.9);
        if (colon) return (new TimeOnly(hour, minute), 0.95);
        if (!match.Groups["before"].Success) return null;
        // "At five": shops are visited in the afternoon at these hours.
        return hour is >= 1 and <= 7 ? (new TimeOnly(hour + 12, minute), 0.6) : (new TimeOnly(hour, minute), 0.7);
    }
}
