using Assistify.AiService.Catalogue;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Catalogue;

public sealed class ProductWishReaderTests
{
    [TestCase("a lamp under 1.200 €", null, 1200)]
    [TestCase("under 1,200.50 EUR please", null, 1200.50)]
    [TestCase("κάτω από 49,90 ευρώ", null, 49.90)]
    [TestCase("بين ٢٠ و ٣٠", null, null)]
    [TestCase("اقل من ٥٠ يورو", null, 50)]
    [TestCase("between 20 and 30 euro", 20, 30)]
    [TestCase("more than 15 EUR", 15, null)]
    [TestCase("a vase for 3 flowers", null, null)]
    [TestCase("Do you have vases under fifty euros?", null, 50)]
    [TestCase("something blue for under a hundred and twenty euros", null, 120)]
    [TestCase("any lamp below thirty-five?", null, 35)]
    [TestCase("between twenty and fifty euros", 20, 50)]
    [TestCase("κάτω από πενήντα πέντε ευρώ", null, 55)]
    [TestCase("μεταξύ είκοσι και σαράντα ευρώ", 20, 40)]
    [TestCase("unter fünfundzwanzig Euro", null, 25)]
    [TestCase("menos de treinta y cinco euros", null, 35)]
    [TestCase("moins de quatre-vingt-dix euros", null, 90)]
    [TestCase("elli euro altında", null, 50)]
    [TestCase("اقل من خمسة وعشرين يورو", null, 25)]
    [TestCase("до пятидесяти евро, то есть пятьдесят евро", null, 50)]
    [TestCase("the one with two handles", null, null)]
    [TestCase("I would like the second one", null, null)]
    [TestCase("within ten days", null, null)]
    public void Price_limits_are_read_as_numbers_are_written(string text, double? least, double? most)
    {
        var wish = ProductWishReader.Read(text, []);

        Assert.That((wish.MinPrice, wish.MaxPrice), Is.EqualTo(((decimal?)least, (decimal?)most)));
    }
}
