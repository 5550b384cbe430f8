using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Money and quantities: a number beside a currency or a unit.</summary>
internal static class AmountReader
{
    private const RegexOptions Options = RegexOptions.Compiled | RegexOptions.CultureInvariant;

    private static readonly string s_currencies = EntityWords.AnyOf(EntityWords.Currencies);

    private static readonly Regex s_money = new(
        $@"(?<c>[€$£₺]) ?(?<n>{Amounts.Pattern})|(?<![\d.,])(?<n>{Amounts.Pattern}) ?(?<c>{s_currencies})(?!\w)|\b(?<c>eur|usd|gbp|chf|try|aed|sar) (?<n>{Amounts.Pattern})", Options);

    private static readonly Regex s_quantity = new(
        $@"(?<![\w.,€$£])(?<n>{Amounts.Pattern}|{EntityWords.AnyOf(EntityWords.Numbers)})(?<gap> ?)(?<u>{EntityWords.AnyOf(EntityWords.Units)}|{EntityWords.AnyOf(EntityWords.Spans)})(?!\w)", Options);

    public static IEnumerable<Entity> Read(FoldedText text)
    {
        foreach (Match match in s_money.Matches(text.Text))
        {
            if (Amounts.Read(match.Groups["n"].Value) is not { } amount) continue;
            var (start, length) = text.Place(match);
            yield return new MoneyEntity(start, length, 0.97, amount, EntityWords.Currencies[match.Groups["c"].Value]);
        }
        foreach (var said in NumberWords.Read(text.Text))
        {
            if (NumberWords.CurrencyAfter(text.Text, said) is not { } currency) continue;
            var (start, length) = text.Place(said.Start, currency.End - said.Start);
            yield return new MoneyEntity(start, length, 0.9, said.Value, currency.Code);
        }
        foreach (Match match in s_quantity.Matches(text.Text))
        {
            var written = match.Groups["n"].Value;
            if (Amounts.Read(written) is not { } amount) continue;
            var named = !char.IsAsciiDigit(written[0]);
            if (named && match.Groups["gap"].Length == 0) continue; // "am" is no quantity
            var (start, length) = text.Place(match);
            var unit = match.Groups["u"].Value;
            yield return new QuantityEntity(start, length, named ? 0.75 : 0.88, amount, EntityWords.Units.GetValueOrDefault(unit) ?? EntityWords.Spans[unit]);
        }
    }
}
