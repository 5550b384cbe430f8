using System.Globalization;
using System.Text.RegularExpressions;
using Assistify.ChatService.Web;

namespace Assistify.ChatService.Templates;

/// <summary>How a template reads: a text with places for values, which are numbered as the provider numbers them.</summary>
internal static partial class TemplateText
{
    public const int Longest = 1_600;
    private const int MostPlaces = 50;

    public static void Check(Invalid invalid, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
        {
            invalid.Add("text", $"1 to {Longest} characters.");
            return;
        }

        var places = Place().Matches(text).Select(static match => match.Groups["place"].Value).Distinct(StringComparer.Ordinal).ToList();
        var numbers = Enumerable.Range(1, places.Count).Select(static number => number.ToString(CultureInfo.InvariantCulture));
        if (places.Count > MostPlaces || !places.ToHashSet(StringComparer.Ordinal).SetEquals(numbers))
            invalid.Add("text", $"Places for values are numbered from {{{{1}}}} without a gap, at most {MostPlaces}.");
    }

    [GeneratedRegex(@"\{\{\s*(?<place>[^{}]*?)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
