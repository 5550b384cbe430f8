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
    public void Price_limits_are_read_as_numbers_are_written(string text, double? least, double? most)
    {
        var wish = ProductWishReader.Read(text, []);

        Assert.That((wish.MinPrice, wish.MaxPrice), Is.EqualTo(((decimal?)least, (decimal?)most)));
    }
}
