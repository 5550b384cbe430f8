using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Telephone numbers, with or without a country: +30 691 234 5678 is 6912345678 at home in Greece.</summary>
internal static partial class PhoneReader
{
    private static readonly FrozenDictionary<string, Plan> s_plans = new Dictionary<string, Plan>
    {
        ["GR"] = new("30", "", "2 6", 10, 10),
        ["CY"] = new("357", "", "2 7 8 9", 8, 8),
        ["DE"] = new("49", "0", "1 2 3 4 5 6 7 8 9", 7, 11),
        ["AT"] = new("43", "0", "1 2 3 4 5 6 7", 7, 13),
        ["CH"] = new("41", "0", "2 3 4 5 6 7 8 9", 9, 9),
        ["ES"] = new("34", "", "6 7 8 9", 9, 9),
        ["FR"] = new("33", "0", "1 2 3 4 5 6 7 8 9", 9, 9),
        ["IT"] = new("39", "", "0 3", 8, 11),
        ["TR"] = new("90", "0", "2 3 4 5 8", 10, 10),
        ["GB"] = new("44", "0", "1 2 3 7 8", 9, 10),
        ["US"] = new("1", "", "2 3 4 5 6 7 8 9", 10, 10),
        ["AE"] = new("971", "0", "2 3 4 5 6 7 9", 8, 9),
        ["SA"] = new("966", "0", "1 5", 9, 9),
        ["EG"] = new("20", "0", "1 2 3", 8, 10),
    }.ToFrozenDictionary();

    public static IEnumerable<PhoneEntity> Read(FoldedText text, string country)
    {
        foreach (Match match in Written().Matches(text.Text))
        {
            var (start, length) = text.Place(match);
            if (Normalise(match.Value, country) is var (international, national, confidence))
                yield return new PhoneEntity(start, length, confidence, international, national);
        }
    }

    /// <summary>Null for what is no number of any plan: too short, too long, or starting as none does.</summary>
    public static (string International, string National, double Confidence)? Normalise(string written, string country)
    {
        var trimmed = written.TrimStart(' ', '(');
        var digits = string.Concat(written.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit));
        if (trimmed.StartsWith('+')) return International(digits);
        if (digits.StartsWith("00", StringComparison.Ordinal)) return International(digits[2..]);
        if (s_plans.TryGetValue(country, out var home) && AtHome(digits, home) is { } known) return known;
        // A Greek mobile number is written as such abroad too.
        return digits.Length == 10 && digits.StartsWith("69", StringComparison.Ordinal) ? ($"+30{digits}", digits, 0.75) : null;
    }

    private static (string, string, double)? International(string digits)
    {
        // The longest code that fits: +357 is not +35 with a 7.
        var plan = s_plans.Values.Where(plan => digits.StartsWith(plan.Code, StringComparison.Ordinal)).MaxBy(plan => plan.Code.Length);
        if (plan is null) return digits.Length is >= 8 and <= 15 && digits[0] != '0' ? ($"+{digits}", $"+{digits}", 0.85) : null;
        var national = digits[plan.Code.Length..];
        if (plan.Trunk.Length > 0 && national.StartsWith(plan.Trunk, StringComparison.Ordinal)) national = national[plan.Trunk.Length..];
        return plan.Fits(national) ? ($"+{plan.Code}{national}", plan.Trunk + national, 0.97) : null;
    }

    private static (string, string, double)? AtHome(string digits, Plan plan)
    {
        if (plan.Trunk.Length > 0)
        {
            if (!digits.StartsWith(plan.Trunk, StringComparison.Ordinal)) return null;
            digits = digits[plan.Trunk.Length..];
        }
        return plan.Fits(digits) ? ($"+{plan.Code}{digits}", plan.Trunk + digits, 0.87) : null;
    }

    // At least seven digits, in groups: shorter ones are house numbers and prices.
    [GeneratedRegex(@"(?<![\w+.,/-])(?:\+|00)?\(?\d(?:[ ().-]{0,3}\d){6,16}(?![\w%€$]|[.,-]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    /// <param name="Trunk">What is dialled before a national number at home.</param>
    /// <param name="First">The digits that national numbers start with.</param>
    private sealed record Plan(string Code, string Trunk, string First, int Shortest, int Longest)
    {
        public bool Fits(string national) => national.Length >= Shortest && national.Length <= Longest && First.Contains(national[0], StringComparison.Ordinal);
    }
}
