using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding;

/// <summary>Where somebody lives, as people write it in the languages that we know: a street with a number, with or without what stands behind it.</summary>
internal static partial class PostalAddresses
{
    /// <param name="mask">What takes an address's place.</param>
    public static string Replace(string text, Func<string, string> mask)
    {
        text = NumberFirst().Replace(text, match => mask(match.Value));
        text = StreetFirst().Replace(text, match => mask(match.Value));
        text = NameAndCode().Replace(text, match => mask(match.Value));
        return Told().Replace(text, match => match.Groups["before"].Value + mask(match.Groups["address"].Value));
    }

    // The town and its code behind an address: ", 1011 Nicosia", ", London SW1A 2AA".
    private const string Behind = @"(?:,?\s+(?:(?:[A-Z]{1,2}-)?\d{4,5}|\d{3} \d{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b(?:,?\s+\p{Lu}\p{L}+)?|,\s*\p{Lu}\p{L}+(?:,?\s+(?:\d{4,5}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b)?)?";
    private const string Number = @"\d{1,4}\s?[a-zA-Zα-ωΑ-Ω]?(?:\s?[-/]\s?\d{1,4})?(?![\p{L}\d])";

    // 12 Baker Street, 7b St. John's Road
    [GeneratedRegex(@"(?<![\p{L}\d])\d{1,4}[a-zA-Z]?,?\s+(?:\p{Lu}[\p{L}.'’-]*\s+){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Square|Sq|Court|Ct|Boulevard|Blvd|Terrace|Close|Crescent|Way)\b\.?" + Behind)]
    private static partial Regex NumberFirst();

    // οδός Λήδρας 25, Hauptstraße 5, Calle Mayor 3, rue de Rivoli 10, via Roma 1, Atatürk Caddesi No: 12, ул. Ленина 4, شارع النيل 7
    [GeneratedRegex(@"(?<![\p{L}\d])(?:(?:[Οο]δ(?:ός|ό|ού)|[Λλ]εωφόρο[ςυ]?|[Λλ]εωφ\.|[Ππ]λατεία[ς]?|[Cc]alle|[Cc]/|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Rr]ue|[Vv]ia|[Vv]iale|[Pp]iazza|ул\.|улица|شارع)\s*(?:(?:de|del|de la|della|du|des)\s+)?(?:\p{L}[\p{L}.'’-]*,?\s+){1,4}|\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|weg|gasse|platz|allee)\s+|(?:\p{Lu}[\p{L}.-]*\s+){1,3}(?:Straße|Strasse|Weg|Platz|Allee|Sokak|Sokağı|Sok\.|Sk\.|Caddesi|Cad\.|Bulvarı)\s*,?\s*)(?:[Nn]o\.?:?\s*|№\s*)?" + Number + Behind)]
    private static partial Regex StreetFirst();

    // Λήδρας 25, 1011
    [GeneratedRegex(@"(?<![\p{L}\d])\p{Lu}\p{L}{3,}\s+\d{1,3}[a-zα-ω]?,\s*\d{4,5}\b(?:,?\s+\p{Lu}\p{L}+)?")]
    private static partial Regex NameAndCode();

    // "my address is …": whatever has a number in it, up to the end of the sentence.
    [GeneratedRegex(@"(?<before>\b(?:my (?:home |delivery |shipping )?address is|i live at|η διεύθυνσή μου είναι|διεύθυνση:|meine adresse ist|ich wohne in der|mi dirección es|mon adresse est|il mio indirizzo è|adresim|мой адрес|عنواني)\s*:?\s*)(?<address>[^.!?;\n]*\d[^.!?;\n]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Told();
}
