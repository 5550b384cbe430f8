using Assistify.AiService.Assistants;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Assistants;

public sealed class FisherTestTests
{
    // The lady who tastes tea, from Fisher's own book, and two that were worked out by hand.
    [TestCase(4, 4, 0, 4, 1 / 70.0)]
    [TestCase(3, 4, 1, 4, 17 / 70.0)]
    [TestCase(0, 20, 5, 20, 1)]
    [TestCase(2, 2, 0, 1, 1 / 3.0)]
    public void It_tells_how_probable_chance_is(int hits, int drawn, int otherHits, int otherDrawn, double probability) =>
        Assert.That(FisherTest.AtLeast(hits, drawn, otherHits, otherDrawn), Is.EqualTo(probability).Within(1e-9));

    [Test]
    public void It_stays_exact_with_many() => Assert.That(FisherTest.AtLeast(600, 5_000, 500, 5_000), Is.InRange(1e-4, 1.5e-3));

    [Test]
    public void A_canary_that_is_no_worse_is_stopped_in_at_most_one_of_twenty_cases_in_all_its_life()
    {
        var random = new Random(7);
        var stopped = Enumerable.Range(0, 400).Count(_ => Stops());

        Assert.That(stopped, Is.LessThanOrEqualTo(20));

        bool Stops()
        {
            var (its, others) = (CanaryFigures.None, CanaryFigures.None);
            for (var look = 1; look <= 5; look++)
            {
                while (its.Conversations < CanaryGuard.FirstLook << (look - 1)) (its, others) = (Grown(its), Grown(others));
                if (CanaryGuard.Worse(its, others, look) is not null) return true;
            }
            return false;
        }

        CanaryFigures Grown(CanaryFigures figures) => new(figures.Conversations + 1, figures.Refused + Hit(), figures.FellBack + Hit(), figures.HandedOver + Hit(), figures.Unhappy + Hit());

        int Hit() => random.NextDouble() < 0.15 ? 1 : 0;
    }

    [Test]
    public void Every_figure_can_stop_it_and_is_named()
    {
        var good = new CanaryFigures(80, 4, 4, 4, 4);

        Assert.That(CanaryGuard.Worse(good with { Conversations = 20 }, good, 1), Is.Null);
        Assert.That(CanaryGuard.Worse(new CanaryFigures(20, 20, 0, 0, 0), good, 1), Is.EqualTo("refused drafts in 20 of 20 conversations, against 4 of 80"));
        Assert.That(CanaryGuard.Worse(new CanaryFigures(20, 0, 15, 0, 0), good, 1), Does.StartWith("fallbacks in 15"));
        Assert.That(CanaryGuard.Worse(new CanaryFigures(20, 0, 0, 15, 0), good, 1), Does.StartWith("hand-overs in 15"));
        Assert.That(CanaryGuard.Worse(new CanaryFigures(20, 0, 0, 0, 15), good, 1), Does.StartWith("unhappy customers in 15"));
    }
}
