using Assistify.AiService.Knowledge;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge;

public sealed class TextIndexTests
{
    private static readonly TextIndex s_index = new(
    [
        new IndexedText("refund", "How do I get reimbursed?"),
        new IndexedText("delete", "I want to remove my profile"),
        new IndexedText("rate", "What is the conversion rate for dollars?"),
        new IndexedText("luggage", "How many suitcases may I take with me?"),
        new IndexedText("lights", "Make the bedroom brighter"),
        new IndexedText("alarm", "Wake me up at six"),
        new IndexedText("tracking", "Tell me where my parcel is"),
    ]);

    [TestCase("money back please", "refund")]
    [TestCase("erase the account", "delete")]
    [TestCase("which currency do you use", "rate")]
    [TestCase("baggage allowance", "luggage")]
    [TestCase("lamp on", "lights")]
    [TestCase("set an alarm", "alarm")]
    [TestCase("has the package been sent", "tracking")]
    [TestCase("πού είναι το δέμα", "tracking")]
    public void What_says_the_same_in_other_words_comes_first(string question, string id) =>
        Assert.That(s_index.Rank(question)[0].Id, Is.EqualTo(id));

    [TestCase("brihgter bedrom", "lights")]
    [TestCase("converssion rates", "rate")]
    public void Misspelt_words_are_forgiven(string question, string id) => Assert.That(s_index.Rank(question)[0].Id, Is.EqualTo(id));

    [Test]
    public void What_has_nothing_in_common_is_not_found() => Assert.That(s_index.Rank("zzq"), Is.Empty);

    [Test]
    public void An_empty_question_finds_nothing() => Assert.That(s_index.Rank(""), Is.Empty);
}
