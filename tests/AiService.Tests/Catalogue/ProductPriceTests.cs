using System.Globalization;
using Assistify.AiService.Catalogue;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Catalogue;

/// <summary>Prices are read exactly or not at all.</summary>
public sealed class ProductPriceTests
{
    [TestCase("12.50", "EUR", 12.50)]
    [TestCase("0", "EUR", 0)]
    [TestCase("9999999999.99", "USD", 9999999999.99)]
    [TestCase("3900", "JPY", 3900)]
    [TestCase("3900.00", "JPY", 3900)]
    [TestCase("1.25", "KWD", 1.25)]
    [TestCase("1.250", "KWD", 1.25)]
    public void An_amount_in_a_currency_is_read(string amount, string currency, double expected) => Assert.That(ProductPrice.Read(amount, currency), Is.EqualTo((decimal)expected));

    [TestCase("12.505", "EUR")]
    [TestCase("12.500", "EUR")]
    [TestCase("1.255", "KWD")]
    [TestCase("12.5", "JPY")]
    [TestCase("12,50", "EUR")]
    [TestCase("1.234,50", "EUR")]
    [TestCase("-1", "EUR")]
    [TestCase("+1", "EUR")]
    [TestCase(" 1", "EUR")]
    [TestCase("1\n", "EUR")]
    [TestCase("1.", "EUR")]
    [TestCase(".5", "EUR")]
    [TestCase("1e3", "EUR")]
    [TestCase("٣", "EUR")]
    [TestCase("10000000000", "EUR")]
    [TestCase("", "EUR")]
    [TestCase(null, "EUR")]
    [TestCase("1", "eur")]
    [TestCase("1", "XYZ")]
    [TestCase("1", null)]
    public void Anything_else_is_not(string? amount, string? currency) => Assert.That(ProductPrice.Read(amount, currency), Is.Null);

    [Test]
    public void Whatever_the_catalogue_can_hold_is_the_same_after_it_was_written_and_read()
    {
        foreach (var cents in Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 465)).Select(pair => (pair.Item1 + (long)pair.Item2 * int.MaxValue) % 1_000_000_000_000).SameSample(3000, 7))
        {
            var price = cents / 100m;
            var written = price.ToString("0.00", CultureInfo.InvariantCulture);

            Assert.That(ProductPrice.Read(written, "EUR"), Is.EqualTo(price), written);
            Assert.That(ProductPrice.Read(written + "1", "EUR"), Is.Null, "a tenth of a cent is no price");
            Assert.That(ProductPrice.Read(written, "JPY"), Is.EqualTo(cents % 100 == 0 ? price : null), "a currency without decimals");
        }
    }

    [Test]
    public void No_text_is_read_as_another_amount_than_stands_in_it()
    {
        string[] pieces = ["0", "1", "9", "12", ".", ",", "-", "+", " ", "e", "\u0660", "\u00a0", "00", "999999999"];
        foreach (var text in Gen.Elements(pieces).ListOf().Select(string.Concat).SameSample(5000, 8))
        {
            if (ProductPrice.Read(text, "EUR") is not { } price) continue;
            Assert.That(text.All(letter => char.IsAsciiDigit(letter) || letter == '.'), text);
            Assert.That(price.ToString(CultureInfo.InvariantCulture), Is.EqualTo(decimal.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)));
            Assert.That(decimal.Round(price, 2), Is.EqualTo(price));
        }
    }
}
