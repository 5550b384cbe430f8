using Assistify.AiService.Understanding.Entities;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding.Entities;

public sealed class NumberWordsTests
{
    [TestCase("fifty euros", 50)]
    [TestCase("a hundred and five", 105)]
    [TestCase("two thousand three hundred", 2300)]
    [TestCase("χίλια διακόσια πενήντα", 1250)]
    [TestCase("εκατόν είκοσι", 120)]
    [TestCase("hundertfünfzig", 150)]
    [TestCase("zweihundertfünfunddreißig", 235)]
    [TestCase("tausend zweihundert", 1200)]
    [TestCase("ciento cuarenta y dos", 142)]
    [TestCase("veinticinco", 25)]
    [TestCase("soixante-quinze", 75)]
    [TestCase("quatre-vingts", 80)]
    [TestCase("quatre-vingt-dix-sept", 97)]
    [TestCase("trentuno", 31)]
    [TestCase("yüz elli beş", 155)]
    [TestCase("iki yüz", 200)]
    [TestCase("сто двадцать пять", 125)]
    [TestCase("مئة وخمسين", 150)]
    [TestCase("خمسة وعشرين", 25)]
    public void A_number_in_words_is_one_number(string text, int value) =>
        Assert.That(NumberWords.Read(new FoldedText(text).Text).Select(said => said.Value), Is.EqualTo(new[] { value }));

    [TestCase("one fifty", new[] { 1, 50 })]
    [TestCase("twenty or thirty", new[] { 20, 30 })]
    [TestCase("between twenty and fifty", new[] { 20, 50 })]
    [TestCase("four twenty", new[] { 4, 20 })]
    [TestCase("fifty, two", new[] { 50, 2 })]
    public void Two_numbers_stay_two(string text, int[] values) => Assert.That(NumberWords.Read(new FoldedText(text).Text).Select(said => said.Value), Is.EqualTo(values));

    [TestCase("anyone, someone, often, tend, 10ten, ten_")]
    [TestCase("")]
    [TestCase("and - und y")]
    public void Letters_within_other_words_are_no_number(string text) => Assert.That(NumberWords.Read(new FoldedText(text).Text), Is.Empty);

    [Test]
    public void Every_number_below_ten_thousand_is_read_back_as_it_is_spelled()
    {
        foreach (var number in Gen.Choose(1, 9_999).SameSample(2_000, 10))
        {
            foreach (var spelled in new[] { English(number), German(number), Turkish(number) })
            {
                var folded = new FoldedText($"unter {spelled} euro").Text;
                Assert.That(NumberWords.Read(folded).Select(said => said.Value), Is.EqualTo(new[] { number }), spelled);
                Assert.That(NumberWords.InFigures(folded), Is.EqualTo($"unter {number} euro"), spelled);
            }
        }
    }

    [Test]
    public void Whatever_is_written_is_read_without_a_fault_and_in_its_place()
    {
        var words = Gen.Elements("fifty", "hundred", "and", "und", "mil", "vingt", "quatre", "و", "وعشرين", "euro", "€", "-", " ", "5", ".", "bin", "χίλια", "x", "\n", "😀");

        foreach (var chosen in words.ArrayOf().SameSample(2_000, 12))
        {
            var text = new FoldedText(string.Concat(chosen.Select((word, index) => index % 2 == 0 ? word : word + " ")));
            var end = 0;
            foreach (var said in NumberWords.Read(text.Text))
            {
                Assert.That(said.Start, Is.GreaterThanOrEqualTo(end), text.Text);
                Assert.That(said.End, Is.LessThanOrEqualTo(text.Text.Length), text.Text);
                Assert.That(said.Value, Is.GreaterThan(0), text.Text);
                end = said.End;
            }
            Assert.DoesNotThrow(() => NumberWords.InFigures(text.Text), text.Text);
            Assert.DoesNotThrow(() => EntityReader.Read(text.Original, new EntityContext(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc)), text.Text);
        }
    }

    private static readonly string[] s_ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    private static readonly string[] s_tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static string English(int number) => number switch
    {
        >= 1_000 => $"{English(number / 1_000)} thousand{Rest(number % 1_000, " ")}",
        >= 100 => $"{English(number / 100)} hundred{Rest(number % 100, " and ")}",
        >= 20 => s_tens[number / 10 - 2] + Rest(number % 10, "-"),
        _ => s_ones[number - 1],
    };

    private static string Rest(int number, string between) => number == 0 ? "" : between + English(number);

    private static readonly string[] s_einer = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"];
    private static readonly string[] s_zehner = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

    private static string German(int number) => number switch
    {
        >= 1_000 => $"{German(number / 1_000)} tausend{(number % 1_000 == 0 ? "" : " " + German(number % 1_000))}",
        >= 100 => $"{s_einer[number / 100 - 1]}hundert{(number % 100 == 0 ? "" : German(number % 100))}",
        >= 20 => (number % 10 == 0 ? "" : s_einer[number % 10 - 1] + "und") + s_zehner[number / 10 - 2],
        _ => s_einer[number - 1],
    };

    private static readonly string[] s_bir = ["bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"];
    private static readonly string[] s_on = ["on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"];

    private static string Turkish(int number) => string.Join(' ', new[]
    {
        number >= 2_000 ? s_bir[number / 1_000 - 1] : "", number >= 1_000 ? "bin" : "", number % 1_000 >= 200 ? s_bir[number % 1_000 / 100 - 1] : "", number % 1_000 >= 100 ? "yüz" : "",
        number % 100 >= 10 ? s_on[number % 100 / 10 - 1] : "", number % 10 > 0 ? s_bir[number % 10 - 1] : "",
    }.Where(part => part.Length > 0));
}
