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
    public void Without_answers_only_the_cards_are_there() =>
        Assert.That(CardText.Compose(FakeProvider.Delivery("This one:", s_vase)), Is.EqualTo("This one:\n\n• Vase – 5.50 EUR"));
}
