using System.Text.RegularExpressions;
using Assistify.AiService.Understanding.Entities;

namespace Assistify.AiService.Understanding;

/// <summary>"Monday to Friday" speaks of Wednesday too.</summary>
internal static partial class WeekdaySpans
{
    private static readonly string[] s_names = [.. Enum.GetNames<DayOfWeek>().Select(name => name.ToLowerInvariant())];

    /// <summary>The English names of the days between those that the text joins.</summary>
    public static IEnumerable<string> In(string text)
    {
        foreach (Match match in Span().Matches(Words.Fold(text)))
        {
            if (!EntityWords.Weekdays.TryGetValue(match.Groups["from"].Value, out var from) || !EntityWords.Weekdays.TryGetValue(match.Groups["to"].Value, out var to)) continue;
            for (var day = from; day != to; day = (day + 1) % s_names.Length) yield return s_names[day];
        }
    }

    [GeneratedRegex(@"\b(?<from>\p{L}{3,12})s?\.?\s*(?:[-–—]|\b(?:to|through|thru|until|till|bis|εωσ|ωσ|μεχρι|με|a|al|au|до|ile|الى)\b)\s*(?:(?:and|the|τη|την|τησ|το|el|le)\s+)?(?<to>\p{L}{3,12})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Span();
}
