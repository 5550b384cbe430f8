using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Messaging;

public sealed class OrderedIntakeTests
{
    [Test]
    public void Deliveries_offered_in_any_order_are_forwarded_in_the_brokers([Values(1, 2, 3, 4, 5)] int seed)
    {
        var forwarded = new List<string>();
        var intake = new OrderedIntake<string>(forwarded.Add, _ => { });
        var deliveries = Enumerable.Range(1, 200).Select(n => (ulong)n).ToArray();
        new Random(seed).Shuffle(deliveries);

        foreach (var delivery in deliveries)
            intake.Offer("a", delivery, $"{delivery}");

        Assert.That(forwarded, Is.EqualTo(Enumerable.Range(1, 200).Select(n => $"{n}")));
    }

    [Test]
    public void A_delivery_that_ends_without_being_offered_holds_nobody_up()
    {
        var forwarded = new List<string>();
        var intake = new OrderedIntake<string>(forwarded.Add, _ => { });
        intake.Offer("a", 2, "2");

        intake.Finish("a", 1);

        Assert.That(forwarded, Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public void Finishing_what_was_offered_changes_nothing()
    {
        var forwarded = new List<string>();
        var intake = new OrderedIntake<string>(forwarded.Add, _ => { });
        intake.Offer("a", 2, "2");
        intake.Finish("a", 2);

        intake.Offer("a", 1, "1");
        intake.Finish("a", 1);

        Assert.That(forwarded, Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void A_new_consumer_counts_from_one_again_and_late_deliveries_of_the_old_one_do_not_disturb_it()
    {
        var forwarded = new List<string>();
        var intake = new OrderedIntake<string>(forwarded.Add, _ => { });
        intake.Offer("old", 1, "1");
        intake.Offer("new", 1, "2");

        intake.Offer("old", 2, "late");
        intake.Offer("new", 3, "4");
        intake.Offer("new", 2, "3");

        Assert.That(forwarded, Is.EqualTo(new[] { "1", "2", "late", "3", "4" }));
    }

    [Test]
    public void Of_a_closed_channel_all_that_is_unfinished_is_dropped_and_nothing_waits_for_what_will_never_be_offered()
    {
        var forwarded = new List<string>();
        var dropped = new List<string>();
        var intake = new OrderedIntake<string>(forwarded.Add, dropped.Add);
        intake.Offer("a", 1, "finished");
        intake.Finish("a", 1);
        intake.Offer("a", 2, "under way");
        intake.Offer("a", 4, "waiting");

        intake.Abandon("a");
        intake.Offer("a", 3, "late");
        intake.Offer("b", 1, "under way, again");

        using var _ = Assert.EnterMultipleScope();
        Assert.That(forwarded, Is.EqualTo(new[] { "finished", "under way", "under way, again" }));
        Assert.That(dropped, Is.EquivalentTo(new[] { "under way", "waiting", "late" }));
    }
}
