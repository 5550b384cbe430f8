using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Replies.Checks;

/// <summary>
/// The facts of a text that can be compared: addresses, prices, percentages, telephone numbers, and whatever else is a figure.
/// The same fact reads the same however it is written: 4,90 € is EUR 4.90.
/// </summary>
internal static partial class Facts
{
    private const string Number = @"\p{Nd}+(?:[.,:]\p{Nd}+)*";
    private const string Currency = @"(?:€|\$|£|₺|euros?\b|eur\b|ευρώ\b|dollars?\b|usd\b|pounds?\b|gbp\b|dólares\b|lira\b|try\b|يورو|евро\b)";

    public static bool In(string text) => Written(text).IsMatch(text) || Spoken().IsMatch(text);

    /// <summary>What an answer says, each fact once, in the strictest sense in which it can be read.</summary>
    public static IEnumerable<Fact> Of(string text)
    {
        foreach (Match match in Written(text).Matches(text)) yield return Read(match);
        foreach (Match match in Spoken().Matches(text)) yield return new Fact(FactKind.Price, Folded(match.Value), match.Value, match.Index);
    }

    /// <summary>Everything that a source supports: a price is a figure too, and so is each part of a telephone number.</summary>
    public static HashSet<Fact> SupportedBy(string text)
    {
        var facts = Of(text).ToHashSet();
        foreach (Match match in AnyNumber().Matches(text)) facts.Add(new Fact(FactKind.Figure, Figure(match.Value), match.Value, match.Index));
        return facts;
    }

    // Looking for an address at each letter is most of the cost, and few texts can have one.
    private static Regex Written(string text) => MayHaveAddress(text) ? AddressOrFigure() : FigureOnly();

    // An @, a slash, or a dot that ends no sentence and stands within no figure.
    private static bool MayHaveAddress(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var next = text.AsSpan(i).IndexOfAny('.', '@', '/');
            if (next < 0) return false;
            i += next;
            if (text[i] is not '.') return true;
            var ends = i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]);
            if (!ends && !(char.IsDigit(text[i + 1]) && i > 0 && char.IsDigit(text[i - 1]))) return true;
        }
        return false;
    }

    private static Fact Read(Match match)
    {
        if (match.Groups["address"].Success) return new Fact(FactKind.Address, Folded(match.Value.TrimEnd('.', ',', ':', ';', '/', ')', '!', '?')), match.Value, match.Index);
        if (match.Groups["price"].Success)
        {
            var amount = Amount(AnyNumber().Match(match.Value).Value);
            return new Fact(FactKind.Price, $"{amount} {CurrencyOf(match.Value)}", match.Value, match.Index);
        }
        if (match.Groups["percent"].Success) return new Fact(FactKind.Percent, Amount(AnyNumber().Match(match.Value).Value), match.Value, match.Index);
        if (match.Groups["phone"].Success) return new Fact(FactKind.Phone, string.Concat(Ascii(match.Value).Where(char.IsAsciiDigit)), match.Value, match.Index);
        return new Fact(FactKind.Figure, Figure(match.Value), match.Value, match.Index);
    }

    private static string Figure(string written) => Ascii(written).Replace(',', '.');

    // 1.250,00 and 1,250.00 are the same amount; the last separator before one or two digits is the decimals'.
    private static string Amount(string written)
    {
        var digits = Ascii(written);
        var last = digits.LastIndexOfAny(['.', ',']);
        var decimals = last >= 0 && digits.Length - last - 1 is 1 or 2;
        var plain = decimals
            ? digits[..last].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) + "." + digits[(last + 1)..]
            : digits.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount.ToString("0.##########", CultureInfo.InvariantCulture)
            : digits;
    }

    private static string CurrencyOf(string written)
    {
        var folded = written.ToLowerInvariant();
        if (Has("$", "dollar", "usd", "dólar")) return "USD";
        if (Has("£", "pound", "gbp")) return "GBP";
        return Has("₺", "lira", "try") ? "TRY" : "EUR";

        bool Has(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (folded.Contains(name, StringComparison.Ordinal)) return true;
            }
            return false;
        }
    }

    private static string Folded(string text) => text.ToLowerInvariant();

    // Arabic and other digits are written as ours.
    private static string Ascii(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        var builder = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var digit = char.IsDigit(letter) ? CharUnicodeInfo.GetDecimalDigitValue(letter) : -1;
            builder.Append(digit >= 0 ? (char)('0' + digit) : letter);
        }
        return builder.ToString();
    }

    private const string AnyAddress =
        @"(?<address>https?://[^\s<>""]+|www\.[^\s<>""]+|(?:(?<![\w.+-])|\G)[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|eu|gr|cy|de|es|tr|ru|info|biz|shop|store|online|site|xyz|example|ly|me|co|top)\b(?:/[^\s<>""]*)?)";

    private const string AnyFigure =
        @"(?<price>(?:€|\$|£|₺|\beur\b|\busd\b|\bgbp\b)\s?" + Number + "|" + Number + @"\s?" + Currency + ")"
        + @"|(?<percent>" + Number + @"\s?(?:%|٪|percent\b|prozent\b|por ciento\b|τοις εκατό))"
        + @"|(?<phone>\+?(?:\p{Nd}[\s().-]{0,2}){6,}\p{Nd})"
        + "|(?<figure>" + Number + ")";

    [GeneratedRegex(AnyAddress + "|" + AnyFigure, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddressOrFigure();

    [GeneratedRegex(AnyFigure, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FigureOnly();

    [GeneratedRegex(Number)]
    private static partial Regex AnyNumber();

    private const string NumberWord = @"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|single"
        + "|ένα|μία|δύο|δυο|τρία|τρεις|τέσσερα|τέσσερις|πέντε|έξι|επτά|εφτά|οκτώ|οχτώ|εννέα|εννιά|δέκα|είκοσι|τριάντα|σαράντα|πενήντα|εκατό|μισό"
        + "|ein(?:en)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwanzig|dreißig|vierzig|fünfzig|hundert|halben?"
        + "|un|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|treinta|cuarenta|cincuenta|cien|medio"
        + "|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|yüz|yarım"
        + "|واحد|ثلاثة|خمسة|عشرة|عشرين|خمسين|مئة|نصف)";

    // A price or a time can be written in words too.
    [GeneratedRegex(
        NumberWord
        + @"(?:(?:[\s-]+\p{L}+){0,2}?[\s-]+(?:euros?|cents?|dollars?|pounds?|percent|ευρώ|λεπτά|τοις\sεκατό|prozent|dólares|céntimos|por\sciento|avro|yüzde|يورو|بالمئة|في\sالمئة)"
        + @"|(?:[\s-]+(?:working|business|εργάσιμες|laborables|hábiles|iş))?[\s-]+(?:years?|months?|weeks?|days?|hours?|χρόνια|έτη|μήνες|εβδομάδες|ημέρες|μέρες|ώρες|jahre|monate|wochen|tagen?|werktagen?|stunden"
        + @"|años|meses|semanas|días|horas|yıl|ay|hafta|gün|saat|سنوات|أشهر|أسابيع|أيام|ساعات))(?!\p{L})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spoken();
}

internal enum FactKind
{
    Figure,
    Price,
    Percent,
    Phone,
    Address,
}

/// <param name="Written">As it stands in the text; two facts are the same without it.</param>
/// <param name="Start">Where it stands in the text; two facts are the same without it.</param>
internal sealed record Fact(FactKind Kind, string Value, string Written, int Start)
{
    public bool Equals(Fact? other) => other is not null && Kind == other.Kind && Value == other.Value;

    public override int GetHashCode() => HashCode.Combine(Kind, Value);
}
