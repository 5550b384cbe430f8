using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Partitions;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Partitions;

public class PartitionHandlerTests : ChatTests
{
    [Test]
    public async Task A_first_message_makes_customer_and_conversation_and_asks_the_assistant()
    {
        var number = Some.Number();
        var message = Some.Message(number);

        await _host.Handle(message);

        var request = _host.Broker.All<ReplyRequested>().Single();
        Assert.That(request.Version, Is.EqualTo(1));
        Assert.That(request.Unanswered, Is.EqualTo(new[] { message.MessageId }));
        Assert.That(request.History.Single().Text, Is.EqualTo("Do you ship to Cyprus?"));
        Assert.That((request.AnswerWanted, request.Stream, request.CustomerName), Is.EqualTo((true, false, "Ada")));
        Assert.That(_host.Broker.Events.Select(e => e.Type), Is.EquivalentTo(new[] { "CustomerMessageReceived", "ReplyRequested" }));
    }

    [Test]
    public async Task A_redelivered_message_is_stored_once_and_asks_again()
    {
        var message = Some.Message(Some.Number());

        await _host.Handle(message);
        await _host.Handle(message, message);

        Assert.That(await _host.Query<long>("select count(*) from messages where id = $1", message.MessageId), Is.EqualTo(new[] { 1L }));
        Assert.That(_host.Broker.All<ReplyRequested>().Select(r => r.Version), Is.EqualTo(new[] { 1L, 1L }));
        Assert.That(_host.Broker.Events.Select(e => e.EventId).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task An_answer_is_stored_with_its_understandings_and_delivered_once()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var reply = Some.Reply(_host.Broker.All<ReplyRequested>().Single());

        await _host.Handle(reply);
        await _host.Handle(reply);

        var deliveries = _host.Broker.All<DeliverMessage>().ToList();
        Assert.That(deliveries.Select(d => d.DeliveryId), Is.EqualTo(new[] { reply.ReplyId, reply.ReplyId }));
        Assert.That(deliveries[0], Is.EqualTo(deliveries[1]).Using<DeliverMessage>((a, b) => (a.Text, a.Version, a.PreviousDeliveryId) == (b.Text, b.Version, b.PreviousDeliveryId)));
        Assert.That(deliveries[0].Address, Is.EqualTo(number));
        Assert.That(await _host.Query<string>("select intent from messages where conversation_id = $1 and author = 0", reply.ConversationId), Is.EqualTo(new[] { "shipping" }));
        var answered = _host.Broker.Events.First(e => e.Type == "ReplyGenerated");
        Assert.That(answered.Details.WaitMs, Is.GreaterThanOrEqualTo(0));
        Assert.That(answered.Details.InReplyTo, Is.Not.Null);
    }

    [Test]
    public async Task Deliveries_of_a_conversation_name_their_predecessor()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var first = Some.Reply(_host.Broker.All<ReplyRequested>().Last());
        await _host.Handle(first);
        await _host.Handle(Some.Message(number));
        var second = Some.Reply(_host.Broker.All<ReplyRequested>().Last());
        await _host.Handle(second);

        Assert.That(_host.Broker.All<DeliverMessage>().Select(d => d.PreviousDeliveryId), Is.EqualTo(new Guid?[] { null, first.ReplyId }));
    }

    [Test]
    public async Task An_answer_to_an_older_version_is_not_sent_but_what_it_understood_is_kept()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var late = Some.Reply(_host.Broker.All<ReplyRequested>().Single());
        await _host.Handle(Some.Message(number, "And to Malta?"));

        await _host.Handle(late);

        Assert.That(_host.Broker.All<DeliverMessage>(), Is.Empty);
        Assert.That(_host.Broker.All<TurnMoved>().Single().Version, Is.EqualTo(2));
        Assert.That(await _host.Query<string>("select intent from messages where id = $1", late.Understandings[0].MessageId), Is.EqualTo(new[] { "shipping" }));
        Assert.That(_host.Broker.Events.Single(e => e.Type == "ReplyGenerated").Details.Status, Is.EqualTo("superseded"));
    }

    [Test]
    public async Task A_batch_of_many_people_keeps_everybodys_order_without_gaps()
    {
        var numbers = Enumerable.Range(0, 20).Select(_ => Some.Number()).ToList();
        var messages = Enumerable.Range(0, 10).SelectMany(n => numbers.Select(number => Some.Message(number, $"{n}"))).ToArray<object>();

        await _host.Handle(messages[..150]);
        await _host.Handle(messages[100..]);

        foreach (var number in numbers)
        {
            var conversation = await _host.Conversation(number);
            Assert.That(
                await _host.Query<string>("select text from messages where conversation_id = $1 order by sequence", conversation.Id),
                Is.EqualTo(Enumerable.Range(0, 10).Select(n => $"{n}")));
            Assert.That(
                await _host.Query<long>("select sequence from messages where conversation_id = $1 order by sequence", conversation.Id),
                Is.EqualTo(Enumerable.Range(1, 10).Select(n => (long)n)));
        }
    }

    [Test]
    public async Task Two_replicas_that_meet_a_new_person_at_once_make_one_customer_and_one_conversation()
    {
        var number = Some.Number();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => _host.Handle(Some.Message(number, $"{n}"))));

        Assert.That(await _host.Query<long>("select count(*) from conversations where address = $1", number), Is.EqualTo(new[] { 1L }));
        Assert.That(await _host.Query<long>("select count(*) from customer_identifiers where value = $1", number), Is.EqualTo(new[] { 1L }));
        Assert.That((await _host.Conversation(number)).Sequence, Is.EqualTo(6));
    }

    [Test]
    public async Task Delivery_updates_move_forward_only_in_whatever_order_they_come()
    {
        var (conversation, reply) = await Answered();

        await _host.Handle(Update(reply, DeliveryStatus.Delivered), Update(reply, DeliveryStatus.Sent), Update(reply, DeliveryStatus.Queued));
        await _host.Handle(Update(reply, DeliveryStatus.Read), Update(reply, DeliveryStatus.Failed));

        Assert.That(await _host.Query<short>("select delivery_status from messages where id = $1", reply.ReplyId), Is.EqualTo(new[] { (short)DeliveryStatus.Read }));
        Assert.That(await _host.Query<string>("select external_id from messages where id = $1", reply.ReplyId), Is.EqualTo(new[] { "SM1" }));
        Assert.That((await _host.Conversation(conversation.Address)).Revision, Is.GreaterThan(conversation.Revision));
    }

    [Test]
    public async Task Another_workspaces_message_about_our_conversation_changes_nothing()
    {
        var (conversation, reply) = await Answered();

        await _host.Handle(Update(reply, DeliveryStatus.Failed) with { WorkspaceId = Guid.NewGuid() });

        Assert.That((await _host.Conversation(conversation.Address)).Revision, Is.EqualTo(conversation.Revision));
    }

    [Test]
    public async Task The_assistant_giving_up_leaves_a_note_to_operators_and_the_turn_to_people()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var request = _host.Broker.All<ReplyRequested>().Single();
        var failed = new ReplyFailed(request.ConversationId, request.Version, request.WorkspaceId, request.Partition, "timeout");

        await _host.Handle(failed, failed);

        var conversation = await _host.Conversation(number);
        Assert.That((conversation.Turn, conversation.Status, conversation.Sequence), Is.EqualTo((TurnHolder.Agent, ConversationStatus.Pending, 2L)));
        Assert.That(await _host.Query<bool>("select private from messages where conversation_id = $1 and author = 3", conversation.Id), Is.EqualTo(new[] { true }));
        Assert.That(_host.Broker.All<DeliverMessage>(), Is.Empty);
    }

    [Test]
    public async Task A_burst_waits_and_is_then_asked_for_once_by_the_clock()
    {
        var number = Some.Number();
        var wait = TimeSpan.FromMilliseconds(300);
        var started = Stopwatch.GetTimestamp();
        await _host.Handle(Some.Message(number, "One", wait), Some.Message(number, "Two", wait));

        await Testing.Eventually.IsTrue(() => _host.Broker.All<ReplyRequested>().Any());

        // The two clocks differ by a little.
        Assert.That(Stopwatch.GetElapsedTime(started), Is.GreaterThan(wait * 0.9));
        var request = _host.Broker.All<ReplyRequested>().Single();
        Assert.That((request.Version, request.Unanswered.Count), Is.EqualTo((2L, 2)));
        Assert.That(request.History.Select(m => m.Text), Is.EqualTo(new[] { "One", "Two" }));
    }

    [Test]
    public async Task A_failed_delivery_that_somebody_sends_again_begins_anew_and_only_once()
    {
        var (_, reply) = await Answered();
        var failed = Update(reply, DeliveryStatus.Failed);
        var again = Update(reply, DeliveryStatus.Queued) with { Again = true, UpdatedAt = failed.UpdatedAt.AddSeconds(1) };

        await _host.Handle(failed);
        await _host.Handle(Update(reply, DeliveryStatus.Sent));
        Assert.That(await Status(reply), Is.EqualTo("failed"));
        await _host.Handle(again);
        Assert.That(await Status(reply), Is.EqualTo("queued"));
        await _host.Handle(Update(reply, DeliveryStatus.Sent) with { UpdatedAt = failed.UpdatedAt.AddSeconds(2) });
        await _host.Handle(again);

        Assert.That(await Status(reply), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_quoted_message_is_found_by_the_providers_id()
    {
        var number = Some.Number();
        var first = Some.Message(number, "First", externalId: "SM-first-" + number);
        await _host.Handle(first);

        var second = Some.Message(number, "Second");
        await _host.Handle(second with { Content = second.Content with { ReplyToExternalId = "SM-first-" + number } });

        Assert.That(await _host.Query<Guid>("select reply_to from messages where id = $1", second.MessageId), Is.EqualTo(new[] { first.MessageId }));
    }

    [Test]
    public async Task Text_that_cannot_be_stored_is_made_storable()
    {
        var number = Some.Number();
        var emoji = string.Concat(Enumerable.Repeat("😀", 4_000));

        await _host.Handle(
            Some.Message(number, "a\0b\uD83D"), Some.Message(number, emoji), Some.Message(number, "\u200F\u202Eשלום"));

        var conversation = await _host.Conversation(number);
        Assert.That(
            await _host.Query<string>("select text from messages where conversation_id = $1 order by sequence", conversation.Id),
            Is.EqualTo(new[] { "a\uFFFDb\uFFFD", emoji, "\u200F\u202Eשלום" }));
    }

    private async Task<(Conversation Conversation, ReplyGenerated Reply)> Answered()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var reply = Some.Reply(_host.Broker.All<ReplyRequested>().Last());
        await _host.Handle(reply);
        return (await _host.Conversation(number), reply);
    }

    private async Task<string> Status(ReplyGenerated reply) =>
        Statuses.NameOf((DeliveryStatus)(await _host.Query<short>("select delivery_status from messages where id = $1", reply.ReplyId)).Single());

    private static DeliveryUpdated Update(ReplyGenerated reply, DeliveryStatus status) => new(
        reply.ReplyId, reply.ConversationId, reply.WorkspaceId, reply.Partition, status, "SM1", null, null, DateTimeOffset.UtcNow);
}
