using System.Text;
using Assistify.AiService.Replies;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

public sealed class AnyTextTests
{
    private static readonly string[] s_pieces =
    [
        "🏺", "👩‍👩‍👧‍👦", "\u202e", "\u200f", "مرحبا", "Γειά", "hello", " ", "\n", "?", "!!!", "...", ",", "50", "€", "under", "\0", "\ud800", "\udc00", "a\u0301", "ß", "İ",
        "' OR 1=1 --", "<b>", "|", "&", ":*", "(", "vase", "μπλε", "1.000,50", "https://x.y/z?q=1", "and", "the second", "%", "\\", "_", "'", "\"", "ﷺ", "漢字",
    ];

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("?!...,;")]
    [TestCase("🏺🏺🏺")]
    [TestCase("\u202e\u202e")]
    [TestCase("\0")]
    [TestCase("\ud83d")]
    [TestCase("|&!:*()")]
    [TestCase("'; DROP TABLE replies; --")]
    public async Task Odd_texts_get_an_answer(string text) => Assert.That((await (await Shop.Shared).Ask(text)).Text, Is.Not.Empty);

    [TestCase("🏺")]
    [TestCase("vase and ")]
    [TestCase("x")]
    [TestCase("how much is the vase? ")]
    [TestCase("Σ")]
    public async Task Eight_thousand_characters_get_an_answer(string piece)
    {
        var text = new StringBuilder();
        while (text.Length < 8_000) text.Append(piece);

        Assert.That((await (await Shop.Shared).Ask(text.ToString())).Text, Is.Not.Empty);
    }

    [Test]
    public async Task Any_text_gets_an_answer_that_passes_the_check()
    {
        var shop = await Shop.Shared;
        var texts = Gen.Elements(s_pieces).ListOf().Select(pieces => string.Concat(pieces));

        foreach (var text in texts.SameSample(300, 12))
        {
            var customer = shop.NewCustomer();
            var first = await customer.Ask(text);
            var second = await customer.Ask("how much is it?", text);
            Assert.That(first.Text, Is.Not.Empty, text);
            Assert.That(second.Text, Is.Not.Empty, text);
            Assert.That(first.Understandings[0].SentimentScore, Is.InRange(-1, 1));
        }
    }

    [Test]
    public void Texts_without_a_message_get_an_answer_too()
    {
        var request = Some.Request(Guid.NewGuid(), 1, [], []);

        Assert.DoesNotThrowAsync(async () => await (await Shop.Shared).Pipeline().Answer(request, 1, default));
    }
}
