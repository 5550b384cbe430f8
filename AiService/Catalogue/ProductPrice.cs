using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Catalogue;

/// <summary>Prices as people and programs write them, read exactly or not at all.</summary>
internal static partial class ProductPrice
{
    private static readonly FrozenSet<string> s_currencies = (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
        + "GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
        + "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS "
        + "VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private const int Kept = 2;

    /// <param name="amount">Digits, and behind a point no more than the currency has; of a third, products keep only a nought, as it is shown.</param>
    /// <returns>The exact amount; null where it is none.</returns>
    public static decimal? Read(string? amount, string? currency)
    {
        if (!IsCurrency(currency) || amount is null || !Amount().IsMatch(amount)) return null;
        var read = decimal.Parse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var decimals = Currencies.DecimalsOf(currency!);
        return read.Scale <= Math.Max(decimals, Kept) && decimal.Round(read, Math.Min(decimals, Kept)) == read ? read : null;
    }

    /// <summary>Whether it is the code of a currency that is in use, in capitals.</summary>
    public static bool IsCurrency(string? code) => code is not null && s_currencies.Contains(code);

    [GeneratedRegex(@"^[0-9]{1,10}(?:\.[0-9]{1,3})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
