using Assistify.Load.Channels;
using Assistify.Load.Chaos;
using Assistify.Load.Reading;
using Assistify.Load.WhatsApp;

namespace Assistify.Integration.Chaos;

/// <summary>A harness that finds nothing proves nothing: each broken promise must be seen.</summary>
[TestFixture]
public sealed class VerifierTests
{
    private static readonly Guid s_conversation = Guid.NewGuid();

    [Test]
    public void Sound_history_breaks_no_promise() => Assert.That(Verifier.Check(Sound()), Is.Empty);

    [Test]
    public void Lost_message_is_found() =>
        Finds("Every message answered 200 is stored exactly once", Sound() with { Conversations = Conversation(Customer(1, "SM1"), Answer(2, "SMa")) });

    [Test]
    public void Message_stored_twice_is_found() =>
        Finds("Every message answered 200 is stored exactly once", Sound() with { Conversations = Conversation(Customer(1, "SM1"), Customer(2, "SM2"), Customer(3, "SM2"), Answer(4, "SMa")) });

    [Test]
    public void Message_that_was_never_accepted_is_found()
    {
        var never = Planned("SM3");
        never.Sent(1);
        Finds("Every message is accepted in the end", Sound() with { Sent = [.. Sound().Sent, never] });
    }

    [Test]
    public void Gap_in_the_sequence_is_found() =>
        Finds("Sequences start at 1 and have no gaps", Sound() with { Conversations = Conversation(Customer(1, "SM1"), Customer(2, "SM2"), Answer(4, "SMa")) });

    [Test]
    public void Overtaken_message_is_found() =>
        Finds("A webhook sent after an earlier one's 200 never precedes it", Sound() with { Conversations = Conversation(Customer(1, "SM2"), Customer(2, "SM1"), Answer(3, "SMa")) });

    [Test]
    public void Messages_that_were_under_way_together_may_be_stored_in_either_order()
    {
        var together = new[] { Planned("SM1"), Planned("SM2") };
        foreach (var message in together)
        {
            message.Sent(10);
            message.Acknowledge(20);
        }

        var evidence = Sound() with { Sent = together, Conversations = Conversation(Customer(1, "SM2"), Customer(2, "SM1"), Answer(3, "SMa")) };
        Assert.That(Verifier.Check(evidence), Is.Empty);
    }

    [Test]
    public void Unanswered_conversation_is_found() =>
        Finds("No conversation ends unanswered", Sound() with { Conversations = Conversation(Customer(1, "SM1"), Answer(2, "SMa"), Customer(3, "SM2")) });

    [Test]
    public void Second_answer_is_found() =>
        Finds("No turn has two answers", Sound() with { Conversations = Conversation(Customer(1, "SM1"), Customer(2, "SM2"), Answer(3, "SMa"), Answer(4, "SMb")) });

    [Test]
    public void Answer_that_was_sent_twice_is_found() =>
        Finds("The outbox holds nothing else", Sound() with { Outbox = [Item("SMa"), Item("SMb")] });

    [Test]
    public void Answer_marked_sent_that_was_never_sent_is_found() =>
        Finds("Each answer marked sent is in the outbox exactly once", Sound() with { Outbox = [] });

    [Test]
    public void Answer_that_was_overtaken_is_found()
    {
        var sound = Sound();
        Finds("Answers reach the customer in their order", sound with
        {
            Conversations = Conversation(Customer(1, "SM1"), Answer(2, "SMa"), Customer(3, "SM2"), Answer(4, "SMb")),
            Outbox = [Item("SMb"), Item("SMa", 2)],
        });
    }

    [Test]
    public void Answer_of_several_messages_is_whole() =>
        Assert.That(Verifier.Check(Sound() with { Outbox = [Item("SMa") with { Body = "We are" }, Item("SMb", 2) with { Body = "open" }] }), Is.Empty);

    [Test]
    public void Last_part_of_a_text_may_bring_the_choices_with_it_though_an_earlier_one_has_their_words()
    {
        var answer = Answer(3, "SMa") with { Text = "Yes. No day is without us", Cards = [new StoredCard("Yes"), new StoredCard("No")] };
        var evidence = Sound() with
        {
            Conversations = Conversation(Customer(1, "SM1"), Customer(2, "SM2"), answer),
            Outbox = [Item("SMa") with { Body = "Yes. No day" }, Item("SMb", 2) with { Body = "is without us\n1. Yes\n2. No" }],
        };
        Assert.That(Verifier.Check(evidence), Is.Empty);
    }

    [Test]
    public void Part_may_begin_in_the_middle_of_a_card() => Assert.That(Verifier.Check(CutInACard()), Is.Empty);

    [Test]
    public void Part_that_begins_in_the_middle_of_a_card_and_comes_twice_is_found()
    {
        var evidence = CutInACard();
        Finds("The outbox holds nothing else", evidence with { Outbox = [.. evidence.Outbox, evidence.Outbox[^1] with { Sid = "SMc", Ordinal = 3 }] });
    }

    [Test]
    public void Next_answer_in_words_of_the_cards_before_it_is_no_part_of_them()
    {
        var wechat = TestedChannel.All.Single(channel => channel.Name == "wechat");
        var sent = new[] { "SM1", "SM2" }.Select(sid => new PlannedMessage(1, new CustomerMessage(wechat, "wx", sid, _ => Task.FromResult(200)), "Hello", 0, TimeSpan.Zero, false, 1, 0)).ToList();
        for (var i = 0; i < sent.Count; i++)
        {
            sent[i].Sent(10 * i);
            sent[i].Acknowledge((10 * i) + 5);
        }
        var cards = Answer(2, "a/0") with { Text = "This could be it:", Cards = [new StoredCard("Blue vase", "Slim, with a glaze. 28 cm")] };
        var evidence = new Evidence(
            sent, Conversation(Customer(1, "SM1"), cards, Customer(3, "SM2"), Answer(4, "b/0") with { Text = "Slim, with a glaze." }),
            [
                Item("1") with { Channel = "wechat", To = "wx", Body = "This could be it:\n• Blue vase\nSlim, with a glaze. 28 cm tall" },
                Item("2", 2) with { Channel = "wechat", To = "wx", Body = "Slim, with a glaze." },
            ],
            new Dictionary<string, long>());

        Assert.That(Verifier.Check(evidence), Is.Empty);
    }

    private static Evidence CutInACard()
    {
        var answer = Answer(3, "SMa") with { Text = "This could be it:", Cards = [new StoredCard("Blue vase", "Slim, with a glaze. 28 cm", new StoredPrice("39.00", "EUR"))] };
        return Sound() with
        {
            Conversations = Conversation(Customer(1, "SM1"), Customer(2, "SM2"), answer),
            Outbox = [Item("SMa") with { Body = "This could be it:\n• Blue vase – 39.00 EUR\nSlim, with" }, Item("SMb", 2) with { Body = "a glaze. 28 cm" }],
        };
    }

    [Test]
    public void Answer_that_lacks_a_part_is_found() =>
        Finds("What is sent is what was stored", Sound() with { Outbox = [Item("SMa") with { Body = "We are" }] });

    [Test]
    public void Unsettled_delivery_is_found() =>
        Finds("No delivery stays unknown", Sound() with { Conversations = Conversation(Customer(1, "SM1"), Customer(2, "SM2"), Answer(3, "SMa", "unknown")) });

    [Test]
    public void Delivery_that_stays_unknown_though_the_provider_has_it_is_found() => Finds("No delivery stays unknown", LostFirstPart("This could be it:"));

    [Test]
    public void What_follows_a_lost_part_is_no_sign_of_it() => Assert.That(Verifier.Check(LostFirstPart("Blue vase – 39.00 EUR", "White vase – 29.00 EUR")), Is.Empty);

    private static Evidence LostFirstPart(params string[] accepted)
    {
        var cloud = TestedChannel.All.Single(channel => channel.Name == "whatsapp-cloud");
        var sent = new[] { new PlannedMessage(1, new CustomerMessage(cloud, "44", "SM1", _ => Task.FromResult(200)), "Hello", 0, TimeSpan.Zero, false, 1, 0) };
        sent[0].Sent(1);
        sent[0].Acknowledge(2);
        var answer = Answer(2, "x", "unknown") with { ExternalId = null, Text = "This could be it:", Cards = [new StoredCard("Blue vase", null, null), new StoredCard("White vase", null, null)] };
        return new Evidence(
            sent, Conversation(Customer(1, "SM1"), answer),
            [.. accepted.Select((body, index) => Item($"{index}", index + 1) with { Channel = "whatsapp-cloud", To = "44", Body = body })],
            new Dictionary<string, long>());
    }

    [Test]
    public void Message_in_an_error_queue_is_found() =>
        Finds("Nothing is in an error queue", Sound() with { ErrorQueues = new Dictionary<string, long> { ["analytics-events_error"] = 1 } });

    [Test]
    public void Second_conversation_of_a_customer_is_found()
    {
        var other = Guid.NewGuid();
        Finds("A customer has one open conversation", Sound() with
        {
            Conversations = new Dictionary<Guid, List<StoredMessage>>
            {
                [s_conversation] = [Customer(1, "SM1"), Answer(2, "SMa")],
                [other] = [Customer(1, "SM2") with { ConversationId = other }, Answer(2, "SMb") with { ConversationId = other }],
            },
        });
    }

    private static void Finds(string promise, Evidence evidence) =>
        Assert.That(Verifier.Check(evidence).Select(violation => violation.Promise), Has.Member(promise));

    private static Evidence Sound()
    {
        var first = Planned("SM1");
        first.Sent(10);
        first.Acknowledge(20);
        var second = Planned("SM2");
        second.Sent(30);
        second.Acknowledge(40);
        return new Evidence(
            [first, second], Conversation(Customer(1, "SM1"), Customer(2, "SM2"), Answer(3, "SMa")), [Item("SMa")],
            new Dictionary<string, long> { ["analytics-events_error"] = 0 });
    }

    private static PlannedMessage Planned(string sid) =>
        new(1, new CustomerMessage(TestedChannel.Twilio, "whatsapp:+447700900001", sid, _ => Task.FromResult(200)), "Hello", 0, TimeSpan.Zero, false, 1, 0);

    private static Dictionary<Guid, List<StoredMessage>> Conversation(params StoredMessage[] messages) => new() { [s_conversation] = [.. messages] };

    private static StoredMessage Customer(int sequence, string sid) =>
        new(Guid.NewGuid(), s_conversation, sequence, "inbound", new StoredAuthor("customer"), "Hello", DateTimeOffset.UnixEpoch, sid);

    private static StoredMessage Answer(int sequence, string sid, string status = "sent") =>
        new(Guid.NewGuid(), s_conversation, sequence, "outbound", new StoredAuthor("assistant"), "We are open", DateTimeOffset.UnixEpoch, sid, new StoredDelivery(status));

    private static OutboxItem Item(string sid, long ordinal = 1) => new(sid, "whatsapp:+447700900001", "We are open", "queued", DateTimeOffset.UnixEpoch, ordinal);
}
