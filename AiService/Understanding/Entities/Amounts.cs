using System.Globalization;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Numbers as people of different countries write them: 1.234,50 and 1,234.50 are the same.</summary>
internal static class Amounts
{
    /// <summary>Digits with points, commas, spaces or apostrophes between them.</summary>
    public const string Pattern = @"\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d)";

    public static decimal? Read(string written)
    {
        if (EntityWords.Numbers.TryGetValue(written, out var number)) return number;
        // One or two digits after the last point or comma are cents; three are thousands.
        var last = written.LastIndexOfAny(['.', ',']);
        var cents = last >= 0 && written.Length - last - 1 is 1 or 2 ? last : written.Length;
        var digits = string.Concat(written.Select((letter, i) => i == cents ? "." : char.IsAsciiDigit(letter) ? letter.ToString() : ""));
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }
}
