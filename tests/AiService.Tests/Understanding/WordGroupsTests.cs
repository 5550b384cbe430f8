using Assistify.AiService.Understanding;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding;

public sealed class WordGroupsTests
{
    [TestCase("order", "order")]
    [TestCase("παραγγελίας", "order")]
    [TestCase("paraggelias", "order")]
    [TestCase("siparişimi", "order")]
    [TestCase("Bestellung", "order")]
    [TestCase("pedido", "order")]
    [TestCase("طلبيتي", "order")]
    [TestCase("stornieren", "cancel")]
    [TestCase("ακυρώσετε", "cancel")]
    [TestCase("للشحن", "send")]
    [TestCase("robot", "robot")]
    [TestCase("robaron", "stolen")]
    [TestCase("lavender", null)]
    [TestCase("a", null)]
    [TestCase("50", null)]
    public void Words_of_several_languages_share_a_group(string word, string? group) =>
        Assert.That(WordGroups.Of(Words.Of(word)[0]), Is.EqualTo(group));

    [TestCase("gift", "card", "giftcard")]
    [TestCase("money", "back", "refund")]
    [TestCase("blue", "vase", null)]
    public void Two_words_can_be_a_group_that_neither_is_alone(string first, string second, string? group) =>
        Assert.That(WordGroups.Of(first, second), Is.EqualTo(group));

    [Test]
    public void Words_longer_than_any_pair_are_no_pair() => Assert.That(WordGroups.Of(new string('x', 2_000), "card"), Is.Null);
}
