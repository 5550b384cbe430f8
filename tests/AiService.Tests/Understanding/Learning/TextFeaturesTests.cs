using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Learning;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding.Learning;

public sealed class TextFeaturesTests
{
    private static readonly string[] s_questions =
    [
        "my order {0} is late", "where is parcel number {0}?", "I was charged twice for {0}", "η παραγγελία {0} δεν ήρθε", "meine Bestellung {0} stornieren", "siparişim {0} nerede", "أين طلبي {0}",
    ];

    [Test]
    public void It_does_not_matter_which_number_somebody_writes()
    {
        var dice = new Dice(1);
        foreach (var question in s_questions)
        {
            var first = Asked(question, Digits(dice, 4));
            for (var i = 0; i < 100; i++) AssertEqual(Asked(question, Digits(dice, 4 + dice.Below(20))), first);
        }
    }

    [TestCase("order 12345", "order ١٢٣٤٥")]
    [TestCase("order AB-10424", "order AB-77777")]
    [TestCase("order ZX1042K", "order ZX99K")]
    [TestCase("a table for 12", "a table for 14")]
    public void Nor_how_it_is_written(string one, string other) => AssertEqual(TextFeatures.Of(one), TextFeatures.Of(other));

    [Test]
    public void That_there_is_a_number_matters() => Assert.That(TextFeatures.Of("order 12345").Hashes, Is.Not.EquivalentTo(TextFeatures.Of("order").Hashes));

    [Test]
    public void The_intent_stays_the_same_whatever_the_number_is()
    {
        var dice = new Dice(2);
        foreach (var question in s_questions)
        {
            var told = Enumerable.Range(0, 20).Select(_ => Shop.Reader.Intent(Guid.Empty, string.Format(null, question, Digits(dice, 5 + dice.Below(9))))).Distinct();
            Assert.That(told.Count(), Is.EqualTo(1), question);
        }
    }

    private static SparseText Asked(string question, string number) => TextFeatures.Of(string.Format(null, question, number));

    private static string Digits(Dice dice, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + dice.Below(10))));

    private static void AssertEqual(SparseText one, SparseText other)
    {
        Assert.That(one.Hashes, Is.EqualTo(other.Hashes));
        Assert.That(one.Values, Is.EqualTo(other.Values));
    }
}
