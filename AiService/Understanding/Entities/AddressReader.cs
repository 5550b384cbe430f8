using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>E-mail addresses, and the numbers of orders where they are called so.</summary>
internal static partial class AddressReader
{
    public static IEnumerable<Entity> Read(FoldedText text)
    {
        foreach (Match match in Email().Matches(text.Text))
        {
            var (start, length) = text.Place(match);
            // The part before @ may tell capitals apart, so the address is taken as it was written.
            yield return new EmailEntity(start, length, 0.98, text.Original.Substring(start, length));
        }
        foreach (Match match in Order().Matches(text.Text))
        {
            var number = match.Groups["n"];
            if (number.Value.Count(char.IsAsciiDigit) < 3) continue;
            var (start, length) = text.Place(number);
            yield return new OrderNumberEntity(start, length, match.Groups["named"].Success ? 0.98 : 0.8, text.Original.Substring(start, length).ToUpperInvariant());
        }
    }

    [GeneratedRegex(@"(?<![\w.+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![\w-]|\.\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"\b(?<named>order|παραγγελιασ?|paraggelia|bestellung|bestellnummer|pedido|siparis|commande|ordine|الطلب|طلبي)\b[^\d\n#@€$]{0,24}?#?(?<n>(?:[a-z]{1,5}-?)?\d[a-z0-9-]{2,19})\b|(?<!\w)#(?<n>(?:[a-z]{1,5}-?)?\d[a-z0-9-]{2,19})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Order();
}
