using System.Text.RegularExpressions;

namespace Assistify.ChannelService;

/// <summary>Phone numbers as people type them.</summary>
internal static partial class PhoneNumber
{
    /// <returns>E.164, such as <c>+447700900123</c>; null without a country's code.</returns>
    public static string? Parse(string typed)
    {
        // "+44 (0)7700 900123", "0044-7700-900123"
        var number = Punctuation().Replace(typed.Replace("(0)", "", StringComparison.Ordinal), "");
        if (number.StartsWith("00", StringComparison.Ordinal)) number = "+" + number[2..];
        return International().IsMatch(number) ? number : null;
    }

    [GeneratedRegex(@"[\s().\-/\u00a0\u2010-\u2015]", RegexOptions.CultureInvariant)]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex International();
}
