using Assistify.AiService.Replies;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>Answers to tap, and what a tap means.</summary>
public sealed class QuickReplyTests
{
    [TestCase("What is the meaning of quantum entanglement?", "Yes", "No")]
    [TestCase("Ποια είναι η πρωτεύουσα της Μογγολίας;", "Ναι", "Όχι")]
    public async Task Where_a_person_is_offered_yes_and_no_can_be_tapped(string question, string yes, string no)
    {
        var offer = await Ask(question);

        Assert.That(offer.Cards.Select(card => card.Title), Is.EqualTo(new[] { yes, no }));
        Assert.That(offer.Cards.Select(card => card.IsChoice()), Is.All.True);
    }

    [Test]
    public async Task A_tap_on_yes_asks_for_a_person_and_one_on_no_does_not()
    {
        var offer = await Ask("What is the meaning of quantum entanglement?");
        var (yes, no) = (offer.Cards[0], offer.Cards[1]);

        Assert.That((await Tap(offer, yes)).HandOver);
        Assert.That((await Tap(offer, yes)).Cards, Is.Empty);
        var refused = await Tap(offer, no);
        Assert.That((refused.HandOver, refused.Text), Is.EqualTo((false, "All right. What else would you like to know?")));
    }

    [Test]
    public async Task A_tap_counts_after_other_messages_too()
    {
        var offer = await Ask("What is the meaning of quantum entanglement?");
        HistoryMessage[] later = [Some.Says(Author.Customer, "when are you open?"), Some.Says(Author.Assistant, "Every day.")];

        Assert.That((await Tap(offer, offer.Cards[0], later)).HandOver);
    }

    [Test]
    public async Task Of_several_products_one_can_be_chosen_and_is_described()
    {
        var offer = await Ask("Do you have vases?", channel: "whatsapp");
        var choices = offer.Cards.Where(card => card.IsChoice()).ToList();
        Assert.That(choices, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(choices.Select(choice => choice.Title), Is.EqualTo(offer.Cards.Where(card => card.Kind == "product").Select(card => card.Title)));
        var second = choices[1];

        // By the id with a title that the channel cut, by the title, by the number in a list.
        foreach (var chosen in new[] { Some.Says(Author.Customer, "Va…", new Choice(second.Action!, "Va…")), Some.Says(Author.Customer, second.Title.ToUpperInvariant()), Some.Says(Author.Customer, "2") })
        {
            var reply = await Choose(offer, chosen, "whatsapp");
            Assert.That(reply.Cards.Single(card => card.Kind == "product").Title, Is.EqualTo(second.Title), chosen.Text);
            Assert.That(reply.Text, Does.StartWith($"{second.Title} costs"));
        }
    }

    [Test]
    public async Task On_our_own_pages_the_cards_themselves_are_tapped() =>
        Assert.That((await Ask("Do you have vases?")).Cards.Any(card => card.IsChoice()), Is.False);

    [Test]
    public async Task What_was_not_offered_is_an_ordinary_message()
    {
        var offer = await Ask("What is the meaning of quantum entanglement?");
        var other = await Choose(offer, Some.Says(Author.Customer, "When are you open on Sunday?", new Choice("menu/7", "When are you open on Sunday?")));

        Assert.That(other.Text, Does.Contain("11:00 to 15:00"));
    }

    [Test]
    public async Task They_can_be_switched_off()
    {
        var request = Some.Question("What is the meaning of quantum entanglement?") with { Assistant = new BusinessSettings("friendly", null, [Features.QuickReplies]) };

        Assert.That((await (await Shop.Shared).Answer(request)).Cards, Is.Empty);
    }

    private static async Task<ReplyGenerated> Ask(string text, string channel = "web") =>
        await (await Shop.Shared).Answer(Some.Question(text) with { Channel = channel });

    private static Task<ReplyGenerated> Tap(ReplyGenerated offer, Card choice, params HistoryMessage[] later) =>
        Choose(offer, Some.Says(Author.Customer, choice.Title, new Choice(choice.Action!, choice.Title)), "web", later);

    private static async Task<ReplyGenerated> Choose(ReplyGenerated offer, HistoryMessage chosen, string channel = "web", params HistoryMessage[] later)
    {
        var asked = Some.Says(Author.Customer, "Can you tell me what you have, please?");
        var request = Some.Request(offer.ConversationId, 2, [asked, Some.Said(offer), .. later, chosen], [chosen.Id], channel: channel);
        return await (await Shop.Shared).Answer(request);
    }
}
