using System.Net;
using System.Net.Http.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Partitions;

/// <summary>Who wants no messages gets none, and who is blocked gets no automatic ones.</summary>
public class OptOutTests : ChatTests
{
    [TestCase("STOP", "You will get no more messages from us. Write START to get them again.")]
    [TestCase(" Opt-out. ", "You will get no more messages from us. Write START to get them again.")]
    [TestCase("/stop", "You will get no more messages from us. Write START to get them again.")]
    [TestCase("Abmelden", "Sie bekommen keine Nachrichten mehr von uns. Mit START bekommen Sie sie wieder.")]
    [TestCase("Στοπ", "Δεν θα λαμβάνετε άλλα μηνύματα από εμάς. Γράψτε START για να τα λαμβάνετε ξανά.")]
    public async Task A_word_that_ends_messages_is_confirmed_once_in_its_language_and_never_answered(string word, string confirmation)
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, word));
        await _host.Handle(Some.Message(number, word));

        Assert.That(_host.Broker.All<DeliverMessage>().Select(delivery => (delivery.Text, delivery.Author)), Is.EqualTo(new[] { (confirmation, Author.System) }));
        Assert.That(_host.Broker.All<ReplyRequested>().Where(request => request.AnswerWanted), Is.Empty);
        Assert.That((await _host.Conversation(number)).OptedOutAt, Is.Not.Null);
    }

    [Test]
    public async Task A_redelivered_word_is_confirmed_by_the_same_message()
    {
        var word = Some.Message(Some.Number(), "stop");

        await _host.Handle(word);
        await _host.Handle(word);

        Assert.That(_host.Broker.All<DeliverMessage>().Select(delivery => delivery.DeliveryId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(_host.Broker.All<DeliverMessage>().Count(), Is.EqualTo(2));
    }

    [TestCase("Stop by tomorrow?")]
    [TestCase("cancel")]
    [TestCase("Start")]
    public async Task Other_words_are_answered_as_ever(string text)
    {
        await _host.Handle(Some.Message(Some.Number(), text));

        Assert.That(_host.Broker.All<ReplyRequested>().Single().AnswerWanted, Is.True);
        Assert.That(_host.Broker.All<DeliverMessage>(), Is.Empty);
    }

    [Test]
    public async Task An_answer_that_was_under_way_is_called_back()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var asked = _host.Broker.All<ReplyRequested>().Single();

        await _host.Handle(Some.Message(number, "STOP"));
        await _host.Handle(Some.Reply(asked));

        Assert.That(_host.Broker.All<DeliverMessage>().Single().Author, Is.EqualTo(Author.System));
        Assert.That(_host.Broker.All<CancelDeliveries>().Single().BelowVersion, Is.GreaterThan(asked.Version));
    }

    [Test]
    public async Task What_is_written_after_opting_out_waits_for_people_and_only_then_may_they_answer()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "STOP"));
        var id = (await _host.Conversation(number)).Id;

        Assert.That((await Answer(id, "A special offer")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));

        await _host.Handle(Some.Message(number, "Where is my parcel?"));
        var waiting = await _host.Conversation(number);
        Assert.That((waiting.Status, waiting.Turn), Is.EqualTo((ConversationStatus.Pending, TurnHolder.Agent)));
        Assert.That(_host.Broker.All<ReplyRequested>().Any(request => request.AnswerWanted), Is.False);

        Assert.That((await Answer(id, "It comes tomorrow")).StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await Answer(id, "And a special offer")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await Answer(id, "He does not want offers", isPrivate: true)).StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task The_wish_outlives_its_conversation()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "STOP"));
        var first = await _host.Conversation(number);
        await _host.Operator().PostAsJsonAsync($"/api/conversations/{first.Id}/close_conversation", new { });

        await _host.Handle(Some.Message(number, "Hello again"));

        var second = await _host.Conversation(number);
        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
        Assert.That(second.OptedOutAt, Is.Not.Null);
        Assert.That(_host.Broker.All<ReplyRequested>().Any(request => request.AnswerWanted), Is.False);
    }

    [Test]
    public async Task A_word_that_resumes_messages_is_confirmed_and_the_next_message_is_answered()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "STOP"));
        await _host.Handle(Some.Message(number, "start"));
        await _host.Handle(Some.Message(number, "Do you ship?"));

        Assert.That(_host.Broker.All<DeliverMessage>().Select(delivery => delivery.Text).Last(), Is.EqualTo("Welcome back: you get messages from us again."));
        Assert.That(_host.Broker.All<ReplyRequested>().Single().AnswerWanted, Is.True);
        Assert.That((await _host.Conversation(number)).OptedOutAt, Is.Null);
    }

    [Test]
    public async Task A_customer_of_whom_only_the_provider_knows_that_he_wants_nothing_counts_as_opted_out_until_he_says_otherwise()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        await _host.Handle(Some.Reply(_host.Broker.All<ReplyRequested>().Single()));
        var refused = await Refusal(number);

        await _host.Handle(refused);
        await _host.Handle(refused);

        var conversation = await _host.Conversation(number);
        Assert.That(conversation.OptedOutAt, Is.Not.Null);
        Assert.That(_host.Broker.All<CancelDeliveries>().Last().BelowVersion, Is.EqualTo(conversation.Version));
        Assert.That((await Answer(conversation.Id, "A special offer")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        await _host.Handle(Some.Message(number, "Where is my parcel?"));
        Assert.That(_host.Broker.All<ReplyRequested>().Count(request => request.AnswerWanted), Is.EqualTo(1), "people answer what is written afterwards");

        await _host.Handle(Some.Message(number, "START"));
        await _host.Handle(refused);
        Assert.That((await _host.Conversation(number)).OptedOutAt, Is.Null, "what was told before he wanted messages again says nothing any more");
    }

    [Test]
    public async Task What_was_being_answered_when_the_provider_told_goes_to_people()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        await _host.Handle(Some.Reply(_host.Broker.All<ReplyRequested>().Single()));
        var refused = await Refusal(number);
        await _host.Handle(Some.Message(number, "And to Malta?"));
        var asked = _host.Broker.All<ReplyRequested>().Last();

        await _host.Handle(refused);
        await _host.Handle(Some.Reply(asked));

        var conversation = await _host.Conversation(number);
        Assert.That((conversation.Status, conversation.Turn, conversation.IsUnanswered), Is.EqualTo((ConversationStatus.Pending, TurnHolder.Agent, true)));
        Assert.That(_host.Broker.All<DeliverMessage>().Count(), Is.EqualTo(1), "the answer under way is not sent");
    }

    [Test]
    public async Task A_word_that_nobody_vouches_for_ends_nothing()
    {
        var number = Some.Number();

        await _host.Handle(Some.Message(number, "STOP") with { Verified = false });

        Assert.That((await _host.Conversation(number)).OptedOutAt, Is.Null);
        Assert.That(_host.Broker.All<ReplyRequested>().Single().AnswerWanted, Is.True);
    }

    [Test]
    public async Task Who_is_blocked_is_kept_and_not_answered_until_he_is_unblocked()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var asked = _host.Broker.All<ReplyRequested>().Single();
        var customer = (await _host.Conversation(number)).CustomerId;

        Assert.That((await _host.Operator("viewer").PostAsync($"/api/customers/{customer}/block", null)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator(workspaceId: Guid.NewGuid()).PostAsync($"/api/customers/{customer}/block", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var blocked = await _host.Operator().PostAsync($"/api/customers/{customer}/block", null);
        Assert.That(await blocked.Content.ReadAsStringAsync(), Does.Contain("blockedAt"));
        await _host.Handle(Some.Reply(asked));
        await _host.Handle(Some.Message(number, "Anybody there?"));

        Assert.That(_host.Broker.All<DeliverMessage>(), Is.Empty);
        Assert.That(_host.Broker.All<ReplyRequested>().Count(), Is.EqualTo(1));
        Assert.That((await _host.Conversation(number)).Sequence, Is.EqualTo(2));

        await _host.Operator().PostAsync($"/api/customers/{customer}/unblock", null);
        await _host.Handle(Some.Message(number, "And now?"));
        Assert.That(_host.Broker.All<ReplyRequested>().Count(), Is.EqualTo(2));
    }

    private async Task<DeliveryUpdated> Refusal(string number)
    {
        var conversation = await _host.Conversation(number);
        return new DeliveryUpdated(
            _host.Broker.All<DeliverMessage>().Single().DeliveryId, conversation.Id, Some.Workspace, conversation.Partition, DeliveryStatus.Failed, null,
            "21610", "The recipient has opted out.", DateTimeOffset.UtcNow, OptedOut: true);
    }

    private Task<HttpResponseMessage> Answer(Guid conversationId, string text, bool isPrivate = false) =>
        _host.Operator().PostAsJsonAsync($"/api/conversations/{conversationId}/messages", new { text, @private = isPrivate });
}
