using System.Globalization;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Checks;
using Assistify.Contracts;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

public sealed class FactCheckTests
{
    private static readonly Source s_source = new("d1", "Shipping", null, "Shipping to Cyprus costs 3.50 EUR and takes 1 to 2 days. Write to hello@shop.example or see https://shop.example/ship.");

    [TestCase("It costs 3.50 EUR.")]
    [TestCase("Το κόστος είναι 3,50 EUR.")]
    [TestCase("It costs €3.5.")]
    [TestCase("It takes 1 to 2 days.")]
    [TestCase("Write to hello@shop.example.")]
    [TestCase("We ship to Cyprus.")]
    public void Facts_that_stand_in_the_quote_pass(string text) => Assert.That(Check(text).Passed, Is.True);

    [TestCase("It costs 4.50 EUR.")]
    [TestCase("It costs 3.05 EUR.")]
    [TestCase("It costs 3.50 USD.")]
    [TestCase("It costs three euros.")]
    [TestCase("Κοστίζει τρία ευρώ.")]
    [TestCase("See evil.example for more")]
    [TestCase("It takes 3 days.")]
    [TestCase("Write to other@shop.example.")]
    [TestCase("See https://evil.example/ship")]
    [TestCase("Call 22 000 000")]
    [TestCase("It costs ٤ EUR")]
    public void Facts_that_stand_nowhere_do_not(string text) => Assert.That(Check(text).Reason, Is.EqualTo("figure"));

    [Test]
    public void A_fact_of_a_source_that_is_not_cited_does_not_pass() =>
        Assert.That(FactCheck.Check(new Draft("It costs 3.50 EUR.", [], [], []), [s_source]).Passed, Is.False);

    [Test]
    public void A_quote_that_stands_in_no_source_does_not_pass()
    {
        var draft = new Draft("It is free.", [], [new Citation("d1", "Shipping", null, "Shipping is free")], []);

        Assert.That(FactCheck.Check(draft, [s_source]), Has.Property("Reason").EqualTo("quote"));
    }

    [Test]
    public void A_card_of_a_product_that_was_not_found_does_not_pass()
    {
        var draft = new Draft("Look.", [new Card("product", "p9", "Vase")], [], []);

        Assert.That(FactCheck.Check(draft, [s_source]), Has.Property("Reason").EqualTo("card"));
    }

    [Test]
    public void A_products_price_is_its_own()
    {
        Source[] sources =
        [
            new("p1", "Blue vase", null, "Blue vase: 39.00 EUR. Slim.", SourceKind.Product, true), new("p2", "White mug", null, "White mug: 14.90 EUR. Round.", SourceKind.Product, true),
        ];
        Citation[] cited = [new("p1", "Blue vase", null, "Blue vase: 39.00 EUR."), new("p2", "White mug", null, "White mug: 14.90 EUR.")];

        Assert.That(FactCheck.Check(new Draft("The blue vase costs 39.00 EUR, and the white mug 14.90 EUR.", [], cited, []), sources).Passed, Is.True);
        Assert.That(FactCheck.Check(new Draft("The blue vase costs 14.90 EUR.", [], cited, []), sources).Passed, Is.False);
    }

    [TestCase("Shipping to Cyprus costs 3.50 EUR.", true)]
    [TestCase("To Cyprus it is 3.50 EUR.", true)]
    [TestCase("The blue vase costs 39.00 EUR.", true)]
    [TestCase("The blue vase is slim. It costs 39.00 EUR.", true)]
    [TestCase("The blue vase costs 3.50 EUR.", false)]
    [TestCase("Together 3.50 EUR.", false)]
    [TestCase("The lamp costs 39.00 EUR.", false)]
    public void A_price_belongs_to_what_it_is_the_price_of(string text, bool passes)
    {
        var vase = new Source("p1", "Blue vase", null, "Blue vase: 39.00 EUR. Slim.", SourceKind.Product, true);

        Assert.That(SubjectCheck.Check(text, [s_source, vase]).Passed, Is.EqualTo(passes));
    }

    [Test]
    public void No_figure_passes_that_stands_in_no_source()
    {
        var amounts = Gen.Choose(0, 99_999).Select(cents => cents / 100m);
        var forms = Gen.Elements("{0:0.00} EUR", "€{0:0.00}", "EUR {0:0.##}", "{0:0.00} €", "{0:0.00}", "{0:0.##} %", "{0:0}:30");

        foreach (var (amount, form) in amounts.Zip(forms).SameSample(500, 10))
        {
            var written = string.Format(CultureInfo.InvariantCulture, form, amount);
            // 3.50, 1 and 2 are what the source says.
            if (amount is 3.5m or 1 or 2) continue;
            Assert.That(Check($"It is {written} today.").Passed, Is.False, written);
            Assert.That(FactCheck.MaySend($"It is {written} today.", [s_source]), Is.False, written);
        }
    }

    [Test]
    public void No_address_passes_wherever_it_stands()
    {
        var addresses = Gen.Elements("evil.example", "www.evil.zip", "www.1.zip", "http://evil", "x@evil.zip", "4you.gr", "shop.4u.gr", "a.b-c+d@evil.zip", "EVIL.COM");
        var words = Gen.Elements("It is", "3.50 EUR", "1.", "2", "Write to", "€3.50", "days.", "...", "So?").ArrayOf(3);

        foreach (var (around, (address, end)) in words.Zip(addresses.Zip(Gen.Elements("", ".", ",", "!", " now"))).SameSample(500, 10))
        {
            var text = $"{string.Join(' ', around[..2])} {address}{end} {around[2]}";
            Assert.That(FactCheck.Check(new Draft(text, [], [new Citation("d1", "Shipping", null, s_source.Text)], []), [s_source]).Passed, Is.False, text);
            Assert.That(Facts.Of(text), Has.Some.Property("Kind").EqualTo(FactKind.Address), text);
        }
    }

    [TestCase("€3.50x@evil.zip")]
    [TestCase("3.50.x@evil.zip")]
    public void Nor_one_that_follows_a_figure_without_a_space(string text) => Assert.That(Facts.Of(text), Has.Some.Property("Kind").EqualTo(FactKind.Address));

    [Test]
    public void Whatever_is_put_together_of_a_sources_sentences_passes_and_is_cited_by_itself()
    {
        var sentences = Sentences.Of(s_source.Text).Select(span => s_source.Text[span.Start..span.End]).ToArray();

        foreach (var chosen in Gen.Elements(sentences).NonEmptyListOf().SameSample(100, 5))
        {
            var text = string.Join(' ', chosen);
            Assert.That(FactCheck.Check(new Draft(text, [], CitationFinder.Find(text, [s_source]), []), [s_source]), Is.EqualTo(CheckResult.Good), text);
        }
    }

    private static CheckResult Check(string text) =>
        FactCheck.Check(new Draft(text, [], [new Citation("d1", "Shipping", null, s_source.Text)], []), [s_source]);
}
