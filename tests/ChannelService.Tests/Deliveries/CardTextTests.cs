using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChannelService.Tests.Deliveries;

public sealed class CardTextTests
{
    private static readonly Card s_vase = new("product", "1", "Vase", Price: new Money(5.50m, "EUR"));

    [Test]
    public void Where_nothing_can_be_tapped_answers_are_numbered_below_the_cards() => Assert.That(
        CardText.Compose(FakeProvider.Delivery("This one?", s_vase, new Card("choice", "a", "Yes", Action: "a"), new Card("choice", "b", "No", Action: "b"))),
        Is.EqualTo("This one?\n\n• Vase – 5.50 EUR\n1. Yes\n2. No"));

    [Test]
    public void Times_of_a_booking_are_answers_to_choose_from()
    {
        var start = new DateTimeOffset(2026, 11, 24, 13, 0, 0, TimeSpan.Zero);
        var booking = new Card("booking", "b1", "Haircut", Slots: [new Slot("s1", start, "Tuesday, 15:00"), new Slot("s2", start.AddHours(1), "Tuesday, 16:00")], Held: new Hold("s1", start));
        var message = FakeProvider.Delivery("When would it suit you?", booking);

        Assert.That(CardText.Compose(message), Is.EqualTo("When would it suit you?\n\n• Haircut\n1. Tuesday, 15:00\n2. Tuesday, 16:00"));
        Assert.That(Choices.Of(message).Select(choice => (choice.Action, choice.Title)), Is.EqualTo(new[] { ("s1", "Tuesday, 15:00"), ("s2", "Tuesday, 16:00") }));
    }

    [Test]
    public void Without_answers_only_the_cards_are_there() =>
        Assert.That(CardText.Compose(FakeProvider.Delivery("This one:", s_vase)), Is.EqualTo("This one:\n\n• Vase – 5.50 EUR"));
}
