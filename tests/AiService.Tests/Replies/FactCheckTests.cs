using Assistify.AiService.Replies;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

public sealed class FactCheckTests
{
    private static readonly Source s_source = new("d1", "Shipping", null, "Shipping to Cyprus costs 3.50 EUR and takes 1 to 2 days. Write to hello@shop.example or see https://shop.example/ship.");
    private readonly FactCheck _check = new();

    [TestCase("It costs 3.50 EUR.")]
    [TestCase("Το κόστος είναι 3,50 EUR.")]
    [TestCase("It takes 1 to 2 days.")]
    [TestCase("Write to hello@shop.example.")]
    [TestCase("We ship to Cyprus.")]
    public void Facts_that_stand_in_the_quote_pass(string text) => Assert.That(Check(text).Passed, Is.True);

    [TestCase("It costs 4.50 EUR.")]
    [TestCase("It costs 3.5 EUR.")]
    [TestCase("It takes 3 days.")]
    [TestCase("Write to other@shop.example.")]
    [TestCase("See https://evil.example/ship")]
    [TestCase("Call 22 000 000")]
    [TestCase("It costs ٤ EUR")]
    public void Facts_that_stand_nowhere_do_not(string text) => Assert.That(Check(text), Is.EqualTo(new CheckResult(false, "figure")));

    [Test]
    public void A_fact_of_a_source_that_is_not_cited_does_not_pass() =>
        Assert.That(_check.Check(new Draft("It costs 3.50 EUR.", [], [], []), [s_source]).Passed, Is.False);

    [Test]
    public void A_quote_that_stands_in_no_source_does_not_pass()
    {
        var draft = new Draft("It is free.", [], [new Citation("d1", "Shipping", null, "Shipping is free")], []);

        Assert.That(_check.Check(draft, [s_source]), Is.EqualTo(new CheckResult(false, "quote")));
    }

    [Test]
    public void A_card_of_a_product_that_was_not_found_does_not_pass()
    {
        var draft = new Draft("Look.", [new Card("product", "p9", "Vase")], [], []);

        Assert.That(_check.Check(draft, [s_source]), Is.EqualTo(new CheckResult(false, "card")));
    }

    private CheckResult Check(string text) =>
        _check.Check(new Draft(text, [], [new Citation("d1", "Shipping", null, s_source.Text)], []), [s_source]);
}
