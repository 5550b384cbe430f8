using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Partitions;

/// <summary>What customers change afterwards, what others say in our name, and what is only kept.</summary>
public class MessageChangeTests : ChatTests
{
    // The provider's ids count within a connection.
    private Guid _connection;

    [SetUp]
    public void Connect() => _connection = Guid.NewGuid();

    [Test]
    public async Task An_edit_replaces_the_text_and_a_late_repeat_of_an_older_one_does_not()
    {
        var number = Some.Number();
        await _host.Handle(Message(number, "m1", "size 42"));
        var first = Change(number, MessageChange.Edited, "m1", text: "size 43");
        var second = Change(number, MessageChange.Edited, "m1", text: "size 44", after: 1);

        await _host.Handle(first);
        await _host.Handle(second, first);

        var message = (await Messages(number)).Single();
        Assert.That(message.GetProperty("text").GetString(), Is.EqualTo("size 44"));
        Assert.That(message.TryGetProperty("editedAt", out _), Is.True);
        Assert.That(message.TryGetProperty("deletedAt", out _), Is.False);
        Assert.That((await _host.Conversation(number)).LastMessageText, Is.EqualTo("size 44"));
    }

    [Test]
    public async Task A_deletion_erases_the_text_and_everything_else_that_was_said()
    {
        var number = Some.Number();
        var card = Message(number, "m1", "my card is 4111");
        await _host.Handle(card with { Content = card.Content with { Attachments = [new Attachment(Guid.NewGuid(), "image", "image/png", Source: "https://a.example/x")] } });

        var deletion = Change(number, MessageChange.Deleted, "m1");
        await _host.Handle(deletion);
        await _host.Handle(deletion, Change(number, MessageChange.Edited, "m1", text: "my card is 4111", after: 1));

        var message = (await Messages(number)).Single();
        Assert.That(message.GetProperty("text").GetString(), Is.Empty);
        Assert.That(message.GetProperty("attachments").GetArrayLength(), Is.Zero);
        Assert.That(message.TryGetProperty("deletedAt", out _), Is.True);
        Assert.That(await Stored("4111"), Is.Zero);
    }

    [Test]
    public async Task A_deletion_and_an_edit_that_come_before_their_messages_count_when_these_come()
    {
        var number = Some.Number();
        await _host.Handle(Change(number, MessageChange.Deleted, "m1"), Change(number, MessageChange.Edited, "m2", text: "blue"));

        await _host.Handle(Message(number, "m1", "my pin is 9876"), Message(number, "m2", "red"));

        var messages = await Messages(number);
        Assert.That(messages.Select(m => m.GetProperty("text").GetString()), Is.EqualTo(new[] { "", "blue" }));
        Assert.That(await Stored("9876"), Is.Zero);
        Assert.That(_host.Broker.All<ReplyRequested>().Single().History.Select(m => m.Text), Is.EqualTo(new[] { "[deleted]", "blue" }));
    }

    [Test]
    public async Task A_message_that_came_first_in_the_same_batch_is_changed_too()
    {
        var number = Some.Number();

        await _host.Handle(Message(number, "m1", "red"), Change(number, MessageChange.Edited, "m1", text: "blue"));

        Assert.That((await Messages(number)).Single().GetProperty("text").GetString(), Is.EqualTo("blue"));
    }

    [Test]
    public async Task A_deletion_reaches_into_closed_conversations()
    {
        var number = Some.Number();
        await _host.Handle(Message(number, "m1", "secret-one"));
        await _host.Query<int>("update conversations set status = 2 where address = $1 returning 1", number);
        await _host.Handle(Message(number, "m2", "another matter"));

        await _host.Handle(Change(number, MessageChange.Deleted, "m1"));

        Assert.That(await Stored("secret-one"), Is.Zero);
        Assert.That(await Stored("another matter"), Is.Positive);
    }

    [Test]
    public async Task The_only_unanswered_message_taken_back_leaves_nothing_to_answer()
    {
        var number = Some.Number();
        await _host.Handle(Message(number, "m1", "never mind") with { BurstWait = TimeSpan.FromSeconds(5) });

        await _host.Handle(Change(number, MessageChange.Deleted, "m1"));

        var conversation = await _host.Conversation(number);
        Assert.That((conversation.IsUnanswered, conversation.DueAt), Is.EqualTo((false, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task A_reaction_stays_until_it_is_taken_back()
    {
        var number = Some.Number();
        await _host.Handle(Message(number, "m1"));
        var reply = Some.Reply(_host.Broker.All<ReplyRequested>().Single());
        await _host.Handle(reply);
        await _host.Handle(new DeliveryUpdated(
            reply.ReplyId, reply.ConversationId, Some.Workspace, reply.Partition, DeliveryStatus.Sent, "out1", null, null, DateTimeOffset.UtcNow));
        var heart = Change(number, MessageChange.Reacted, "out1", emoji: "❤️");

        await _host.Handle(heart, heart);
        var reactions = (await Messages(number))[1].GetProperty("reactions");
        await _host.Handle(Change(number, MessageChange.Reacted, "out1", emoji: null, after: 1), heart);

        Assert.That(reactions.EnumerateArray().Select(reaction => reaction.GetProperty("emoji").GetString()), Is.EqualTo(new[] { "❤️" }));
        Assert.That((await Messages(number))[1].TryGetProperty("reactions", out _), Is.False);
    }

    [Test]
    public async Task An_answer_from_elsewhere_is_kept_as_sent_and_the_turn_goes_to_people()
    {
        var number = Some.Number();
        await _host.Handle(Message(number, "m1"));
        var late = Some.Reply(_host.Broker.All<ReplyRequested>().Single());
        _host.Broker.Published.Clear();
        var outside = new OutsideReplyReceived(
            Identifiers.InboundMessage(_connection, "echo1"), Some.Workspace, _connection, "whatsapp", Partition.For(_connection, number),
            new CustomerAddress("whatsapp", number), new MessageContent("Answered from my phone"), DateTimeOffset.UtcNow, "echo1");

        await _host.Handle(outside);
        await _host.Handle(outside);
        await _host.Handle(late);

        var messages = await Messages(number);
        Assert.That(messages.Select(m => m.GetProperty("text").GetString()), Is.EqualTo(new[] { "Do you ship to Cyprus?", "Answered from my phone" }));
        Assert.That(messages[1].GetProperty("author").GetProperty("type").GetString(), Is.EqualTo("agent"));
        Assert.That(messages[1].GetProperty("delivery").GetProperty("status").GetString(), Is.EqualTo("sent"));
        Assert.That(_host.Broker.All<DeliverMessage>(), Is.Empty);
        Assert.That(_host.Broker.All<CancelDeliveries>().Select(c => c.BelowVersion), Is.EqualTo(new[] { 2L, 2L }));
        var conversation = await _host.Conversation(number);
        Assert.That((conversation.Turn, conversation.Version, conversation.AssigneeId), Is.EqualTo((TurnHolder.Agent, 2L, (Guid?)null)));
    }

    [Test]
    public async Task What_wants_no_answer_is_kept_and_belongs_to_the_history_of_what_does()
    {
        var number = Some.Number();
        await _host.Handle(Message(number, "m1", "among us") with { AnswerWanted = false });
        Assert.That(_host.Broker.All<ReplyRequested>(), Is.Empty);

        await _host.Handle(Message(number, "m2", "to you"));

        var request = _host.Broker.All<ReplyRequested>().Single();
        Assert.That(request.History.Select(m => m.Text), Is.EqualTo(new[] { "among us", "to you" }));
        Assert.That(request.Unanswered, Is.EqualTo(new[] { Identifiers.InboundMessage(_connection, "m2") }));
    }

    [Test]
    public async Task The_assistant_is_told_which_time_it_is_in_the_workspace()
    {
        await _host.Query<string>("update workspaces set time_zone = 'Asia/Nicosia' where id = $1 returning time_zone", Identifiers.DefaultWorkspace);

        await _host.Handle(Message(Some.Number(), "m1", "are you open tomorrow?"));

        Assert.That(_host.Broker.All<ReplyRequested>().Single().TimeZone, Is.EqualTo("Asia/Nicosia"));
    }

    [Test]
    public async Task The_assistant_is_told_what_the_workspace_decided_about_it()
    {
        var admin = _host.Operator("admin");
        await admin.PatchAsJsonAsync("/api/settings", new { tone = "formal", businessHours = new { monday = new[] { new { from = "09:00", to = "24:00" } } },
            holidays = new[] { new { date = "2026-12-25", name = "Christmas", yearly = true, times = new[] { new { from = "10:00", to = "12:00" } } } } });
        await admin.PutAsJsonAsync("/api/feature_flags/assistant.models", new { enabled = false });
        await admin.PutAsJsonAsync("/api/feature_flags/assistant.recommendations", new { enabled = true });
        await admin.PutAsJsonAsync("/api/feature_flags/assistant.cache", new { enabled = true, percent = 0 });
        await admin.PutAsJsonAsync("/api/feature_flags/offers", new { enabled = false });

        await _host.Handle(Message(Some.Number(), "m1", "hello"));

        var told = _host.Broker.All<ReplyRequested>().Single().Assistant!;
        Assert.That(told.Tone, Is.EqualTo("formal"));
        Assert.That(told.StaffedTimes, Is.EqualTo(new[] { new StaffedTime(DayOfWeek.Monday, TimeSpan.FromHours(9), TimeSpan.FromHours(24)) }));
        var holiday = told.Holidays!.Single();
        Assert.That((holiday.Date, holiday.Yearly), Is.EqualTo((new DateOnly(2026, 12, 25), true)));
        Assert.That(holiday.Times, Is.EqualTo(new[] { new HolidayTime(TimeSpan.FromHours(10), TimeSpan.FromHours(12)) }));
        Assert.That(told.FeaturesOff, Is.EquivalentTo(new[] { "models", "cache" }));
    }

    [Test]
    public async Task The_assistant_is_told_what_the_customer_chose()
    {
        var message = Message(Some.Number(), "m1", "Yes");

        await _host.Handle(message with { Content = message.Content with { Choice = new Choice("assistant:person", "Yes") } });

        Assert.That(_host.Broker.All<ReplyRequested>().Single().History.Single().Choice, Is.EqualTo(new Choice("assistant:person", "Yes")));
    }

    [Test]
    public async Task A_new_address_belongs_to_the_same_customer()
    {
        var (old, moved) = (Some.Number(), Some.Number());
        await _host.Handle(Message(old, "m1"));
        var change = Moved(old, moved);

        await _host.Handle(change);
        await _host.Handle(change);
        await _host.Handle(Message(moved, "m2"));

        Assert.That((await _host.Conversation(moved)).CustomerId, Is.EqualTo((await _host.Conversation(old)).CustomerId));
        Assert.That((await Messages(old)).Count(m => m.GetProperty("author").GetProperty("type").GetString() == "system"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_new_address_that_is_somebody_elses_is_noted_and_nobody_is_merged()
    {
        var (one, other) = (Some.Number(), Some.Number());
        await _host.Handle(Message(one, "m1"), Message(other, "m2"));

        await _host.Handle(Moved(one, other));

        Assert.That((await _host.Conversation(one)).CustomerId, Is.Not.EqualTo((await _host.Conversation(other)).CustomerId));
        Assert.That((await Messages(one))[^1].GetProperty("text").GetString(), Does.Contain("merge them"));
    }

    [Test]
    public async Task A_person_is_known_by_his_own_id_where_answers_go_to_a_room()
    {
        var (room, another) = (Some.Number(), Some.Number());
        var person = $"U{Guid.NewGuid():N}";

        await _host.Handle(In(room, person, "m1"));
        await _host.Handle(In(another, person, "m2"));

        Assert.That((await _host.Conversation(room)).CustomerId, Is.EqualTo((await _host.Conversation(another)).CustomerId));
        Assert.That(await _host.Query<string>("select value from customer_identifiers where value in ($1, $2, $3)", room, another, person), Is.EqualTo(new[] { person }));

        CustomerMessageReceived In(string room, string person, string externalId)
        {
            var message = Message(room, externalId);
            return message with { From = message.From with { Person = person } };
        }
    }

    [Test]
    public async Task Orders_forms_and_unknown_kinds_can_be_read()
    {
        var number = Some.Number();
        await _host.Handle(
            Message(number, "m1") with { Content = new MessageContent("Love these!", Order: [new OrderLine("p1", 2, new Money(30, "USD")), new OrderLine("p2", 1)]) },
            Message(number, "m2") with { Content = new MessageContent("", Unsupported: "poll_creation") },
            Message(number, "m3") with { Content = new MessageContent("Sent", Form: """{"size":"42","flow_token":"x"}""") });

        var messages = await Messages(number);

        Assert.That(messages[0].GetProperty("text").GetString(), Is.EqualTo("Love these!\n2 × p1 (30 USD)\n1 × p2"));
        Assert.That(messages[0].GetProperty("order")[0].GetProperty("price").GetProperty("amount").GetString(), Is.EqualTo("30.00"));
        Assert.That(messages[1].GetProperty("unsupported").GetString(), Is.EqualTo("poll_creation"));
        Assert.That(messages[1].GetProperty("text").GetString(), Does.Contain("does not pass on"));
        Assert.That(messages[2].GetProperty("text").GetString(), Is.EqualTo("Sent\nsize: 42"));
    }

    [Test]
    public async Task A_delivery_says_until_when_it_may_go()
    {
        var number = Some.Number();
        var message = Message(number, "m1");
        await _host.Handle(message);

        await _host.Handle(Some.Reply(_host.Broker.All<ReplyRequested>().Single()));

        Assert.That(
            _host.Broker.All<DeliverMessage>().Single().WindowExpiresAt,
            Is.EqualTo(message.ReceivedAt.AddHours(24)).Within(TimeSpan.FromMilliseconds(1)));
    }

    private async Task<List<JsonElement>> Messages(string number)
    {
        var conversation = await _host.Conversation(number);
        var page = await _host.Operator().GetFromJsonAsync<JsonElement>($"/api/messages/get_conversation_messages?conversationId={conversation.Id}");
        var list = page.ValueKind == JsonValueKind.Array ? page : page.GetProperty("items");
        return [.. list.EnumerateArray().OrderBy(message => message.GetProperty("sequence").GetInt64())];
    }

    // Wherever a message says it.
    private async Task<long> Stored(string text) =>
        (await _host.Query<long>("select count(*) from messages m where m::text like $1", $"%{text}%"))[0]
        + (await _host.Query<long>("select count(*) from conversations c where c::text like $1", $"%{text}%"))[0];

    private CustomerMessageReceived Message(string number, string externalId, string text = "Do you ship to Cyprus?")
    {
        var message = Some.Message(number, text, id: Identifiers.InboundMessage(_connection, externalId), externalId: externalId);
        return message with { ConnectionId = _connection, Partition = Partition.For(_connection, number) };
    }

    private MessageChanged Change(
        string number, MessageChange change, string target, string? text = null, string? emoji = null, int after = 0) => new(
        Guid.NewGuid(), Some.Workspace, _connection, "whatsapp", Partition.For(_connection, number), new CustomerAddress("whatsapp", number),
        change, target, text, emoji, DateTimeOffset.UtcNow.AddSeconds(1 + after));

    private CustomerAddressChanged Moved(string from, string to) => new(
        Guid.NewGuid(), Some.Workspace, _connection, "whatsapp", Partition.For(_connection, from), new CustomerAddress("whatsapp", from), to, DateTimeOffset.UtcNow);
}
