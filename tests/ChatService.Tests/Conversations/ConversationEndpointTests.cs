using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Conversations;

public class ConversationEndpointTests : ChatTests
{
    private HttpClient _operator = null!;

    [OneTimeSetUp]
    public void SignIn() => _operator = _host.Operator();

    [Test]
    public async Task A_customer_says_how_well_he_was_helped_once_it_is_over_and_operators_see_it()
    {
        _host.AnswerWith("From ten.");
        var (customer, other) = (await _host.Customer(), await _host.Customer());
        await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "When do you open?" });
        var path = $"/api/conversations/{customer.ConversationId}/satisfaction";
        Assert.That((await customer.Client.PostAsJsonAsync(path, new { score = 5 })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "not over yet");
        await _operator.PostAsJsonAsync($"/api/conversations/{customer.ConversationId}/close_conversation", new { });

        Assert.That((await customer.Client.PostAsJsonAsync(path, new { score = 0 })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await other.Client.PostAsJsonAsync(path, new { score = 1 })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _operator.PostAsJsonAsync(path, new { score = 1 })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await customer.Client.PostAsJsonAsync(path, new { score = 3 })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await customer.Client.PostAsJsonAsync(path, new { score = 4 })).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var seen = await _operator.GetFromJsonAsync<JsonElement>($"/api/conversations/{customer.ConversationId}");
        Assert.That(seen.GetProperty("satisfaction").GetInt32(), Is.EqualTo(4));
        // What is published follows the answer.
        await Eventually.IsTrue(
            () => _host.Broker.Events.Where(e => e.Type == "Rate" && e.ConversationId == customer.ConversationId).Select(e => e.Details.Status).SequenceEqual(["3", "4"]),
            TimeSpan.FromSeconds(60));
        await Eventually.IsTrue(
            () => _host.Broker.All<ConversationRated>().Where(rated => rated.ConversationId == customer.ConversationId).Select(rated => rated.Score).SequenceEqual([3, 4]), TimeSpan.FromSeconds(60));
    }

    [Test]
    public async Task Who_waits_for_people_is_listed_the_longest_first_page_by_page()
    {
        var client = _host.Operator();
        var numbers = Enumerable.Range(0, 3).Select(_ => Some.Number()).ToList();
        foreach (var number in numbers)
        {
            await _host.Handle(Some.Message(number, "A person, please"));
            await _host.Handle(Some.Reply(_host.Broker.All<ReplyRequested>().Last(), handOver: true));
        }

        var answered = (await _host.Conversation(numbers[1])).Id;
        await client.PostAsync($"/api/conversations/{answered}/take_over", null);
        await client.PostAsJsonAsync($"/api/conversations/{answered}/messages", new { text = "Here I am." });
        await _host.Handle(Some.Message(numbers[0], "Still there?"));

        var ids = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/conversations/list?waiting=true&limit=1&cursor={cursor}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        // Writing again moves nobody back.
        var expected = new[] { (await _host.Conversation(numbers[0])).Id, (await _host.Conversation(numbers[2])).Id };
        Assert.That(ids.Where(id => expected.Contains(id) || id == answered), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_operators_reply_takes_the_turn_and_cancels_what_the_assistant_was_about_to_say()
    {
        var (id, request) = await OnWhatsApp();

        var response = await _operator.PostAsJsonAsync($"/api/conversations/{id}/messages", new { text = "This is Eve." });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var messageId = (await Json(response)).GetProperty("messageId").GetGuid();
        Assert.That(_host.Broker.All<DeliverMessage>().Single().DeliveryId, Is.EqualTo(messageId));
        Assert.That(_host.Broker.All<CancelDeliveries>().Single().BelowVersion, Is.EqualTo(2));
        Assert.That(_host.Broker.All<TurnMoved>().Single().Version, Is.EqualTo(2));

        await _host.Handle(Some.Reply(request));
        Assert.That(_host.Broker.All<DeliverMessage>().Count(), Is.EqualTo(1), "The late answer is not sent.");
        var view = await Get(id);
        Assert.That((view.GetProperty("turn").GetString(), view.GetProperty("assignee").GetProperty("name").GetString()), Is.EqualTo(("agent", "Eve")));
    }

    [Test]
    public async Task A_private_note_leaves_the_turn_and_is_for_operators_only()
    {
        _host.AnswerWith("Hello!");
        var customer = await _host.Customer();
        await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "Hi" });
        await _operator.PostAsJsonAsync($"/api/conversations/{customer.ConversationId}/messages", new { text = "Careful", @private = true });

        Assert.That((await Get(customer.ConversationId)).GetProperty("turn").GetString(), Is.EqualTo("assistant"));
        var theirs = await Messages(customer.Client, customer.ConversationId);
        var ours = await Messages(_operator, customer.ConversationId);
        Assert.That(theirs.Select(m => m.GetProperty("sequence").GetInt64()), Is.EqualTo(new[] { 1L, 2L }));
        Assert.That(ours.Select(m => m.GetProperty("sequence").GetInt64()), Is.EqualTo(new[] { 1L, 2L, 3L }));
        Assert.That(ours[0].GetProperty("nlu").GetProperty("intent").GetString(), Is.EqualTo("shipping"));
        Assert.That(theirs[0].TryGetProperty("nlu", out _) || theirs[1].TryGetProperty("model", out _), Is.False);
        Assert.That((await Get(customer.ConversationId)).GetProperty("lastMessage").GetProperty("text").GetString(), Is.EqualTo("Hello!"));
    }

    [Test]
    public async Task The_same_client_message_id_is_one_message_and_with_another_text_a_conflict()
    {
        var (id, _) = await OnWhatsApp();
        var path = $"/api/conversations/{id}/messages";

        var first = await Json(await _operator.PostAsJsonAsync(path, new { text = "Hello", clientMessageId = "a" }));
        var second = await Json(await _operator.PostAsJsonAsync(path, new { text = "Hello", clientMessageId = "a" }));
        var other = await _operator.PostAsJsonAsync(path, new { text = "Bye", clientMessageId = "a" });

        Assert.That(second.GetProperty("messageId").GetGuid(), Is.EqualTo(first.GetProperty("messageId").GetGuid()));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Taken_over_and_handed_back_the_unanswered_message_is_answered()
    {
        var (id, request) = await OnWhatsApp();

        await _operator.PostAsync($"/api/conversations/{id}/take_over/", null);
        await _host.Handle(Some.Reply(request));
        Assert.That(_host.Broker.All<DeliverMessage>(), Is.Empty);
        Assert.That(_host.Broker.All<ReplyRequested>().Last().AnswerWanted, Is.False, "What was asked for is still to be understood.");

        var handed = await Json(await _operator.PostAsync($"/api/conversations/{id}/hand_back", null));
        Assert.That(handed.GetProperty("turn").GetString(), Is.EqualTo("assistant"));
        var again = _host.Broker.All<ReplyRequested>().Last();
        Assert.That((again.AnswerWanted, again.Version), Is.EqualTo((true, 3L)));
        await _host.Handle(Some.Reply(again));
        Assert.That(_host.Broker.All<DeliverMessage>().Single().Version, Is.EqualTo(3));
    }

    [Test]
    public async Task A_closed_conversation_refuses_replies_and_takes_notes()
    {
        var (id, _) = await OnWhatsApp();
        var closed = await Json(await _operator.PostAsJsonAsync($"/api/conversations/{id}/close_conversation", new { }));

        Assert.That(closed.GetProperty("status").GetString(), Is.EqualTo("closed"));
        Assert.That((await _operator.PostAsJsonAsync($"/api/conversations/{id}/messages", new { text = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await _operator.PostAsync($"/api/conversations/{id}/take_over", null)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await _operator.PostAsJsonAsync($"/api/conversations/{id}/messages", new { text = "x", @private = true })).StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await _operator.PostAsync($"/api/conversations/{id}/close_conversation", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Assigning_and_labelling_are_shown_and_found_in_the_inbox()
    {
        var (id, _) = await OnWhatsApp();
        var assignee = Guid.NewGuid();

        await _operator.PostAsJsonAsync($"/api/conversations/{id}/assign", new { assignee, name = "Bob" });
        var view = await Json(await _operator.PostAsJsonAsync($"/api/conversations/{id}/labels", new { labels = new[] { "vip", "returns", "vip" } }));

        Assert.That(view.GetProperty("labels").EnumerateArray().Select(l => l.GetString()), Is.EqualTo(new[] { "vip", "returns" }));
        Assert.That(view.GetProperty("assignee").GetProperty("id").GetGuid(), Is.EqualTo(assignee));
        Assert.That(await Ids($"/api/conversations/list?label=vip&assignee={assignee}&channel=whatsapp&status=open"), Is.EqualTo(new[] { id }));
        Assert.That(await Ids("/api/conversations/list?label=nobody"), Is.Empty);
        Assert.That((await Json(await _operator.PostAsJsonAsync($"/api/conversations/{id}/assign", new { }))).TryGetProperty("assignee", out _), Is.False);
    }

    [Test]
    public async Task The_inbox_pages_from_the_newest_activity_on_and_leaves_out_what_has_no_messages()
    {
        var empty = await _host.Customer();
        var made = new List<Guid>();
        for (var i = 0; i < 5; i++) made.Add((await OnWhatsApp()).Id);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await Json(await _operator.GetAsync($"/api/conversations/list?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.That(seen, Is.Unique);
        Assert.That(seen.Take(5), Is.EqualTo(made.AsEnumerable().Reverse()));
        Assert.That(seen, Does.Not.Contain(empty.ConversationId));
    }

    [Test]
    public async Task A_search_finds_names_addresses_and_texts_and_takes_wildcards_as_letters()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "A very 100% particular_question"));
        var id = (await _host.Conversation(number)).Id;

        Assert.That(await Ids($"/api/conversations/list?q={Uri.EscapeDataString(number[^8..])}"), Does.Contain(id));
        Assert.That(await Ids("/api/conversations/list?q=ada"), Does.Contain(id));
        Assert.That(await Ids($"/api/conversations/list?q={Uri.EscapeDataString("100% PARTICULAR_")}"), Is.EqualTo(new[] { id }));
        Assert.That(await Ids($"/api/conversations/list?q={Uri.EscapeDataString("particular%question")}"), Is.Empty);
    }

    [Test]
    public async Task Messages_page_both_ways_in_sequence_order()
    {
        var number = Some.Number();
        await _host.Handle([.. Enumerable.Range(1, 7).Select(n => Some.Message(number, $"{n}"))]);
        var id = (await _host.Conversation(number)).Id;

        var first = await Json(await _operator.GetAsync($"/api/messages/get_conversation_messages?conversationId={id}&limit=3"));
        var second = await Json(await _operator.GetAsync($"/api/messages/get_conversation_messages?conversationId={id}&limit=3&after={first.GetProperty("next").GetInt64()}"));
        var back = await Json(await _operator.GetAsync($"/api/messages/get_conversation_messages/?conversationId={id}&limit=3&before=6"));

        Assert.That(Sequences(first), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(Sequences(second), Is.EqualTo(new[] { 4, 5, 6 }));
        Assert.That(Sequences(back), Is.EqualTo(new[] { 3, 4, 5 }));
        Assert.That(back.GetProperty("next").GetInt64(), Is.EqualTo(3));

        static IEnumerable<int> Sequences(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("sequence").GetInt32());
    }

    [Test]
    public async Task Nobody_sees_what_belongs_to_another_customer_or_workspace()
    {
        _host.AnswerWith("Hello!");
        var (mine, theirs) = (await _host.Customer(), await _host.Customer());
        var sent = await Json(await theirs.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "Secret" }));
        var messageId = sent.GetProperty("message").GetProperty("id").GetGuid();
        var stranger = _host.Operator("owner", Guid.NewGuid());
        var id = theirs.ConversationId;

        foreach (var client in new[] { mine.Client, stranger })
        {
            foreach (var path in new[]
            {
                $"/api/conversations/{id}", $"/api/messages/get_conversation_messages?conversationId={id}", $"/api/jobs/{messageId}", $"/api/cards/{id}",
            })
            {
                Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
            }

            Assert.That((await client.PostAsJsonAsync("/api/messages/process_message", new { conversationId = id, text = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await client.PostAsync($"/api/cards/{id}/auto_display", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await client.PostAsJsonAsync("/api/conversations/create_conversation", new { customerId = theirs.CustomerId })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }

        foreach (var action in new[] { "take_over", "hand_back", "close_conversation" })
            Assert.That((await stranger.PostAsync($"/api/conversations/{id}/{action}", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), action);
        foreach (var path in new[] { "list", $"{id}/take_over", $"{id}/messages" })
        {
            var response = path == "list" ? await mine.Client.GetAsync("/api/conversations/list") : await mine.Client.PostAsJsonAsync($"/api/conversations/{path}", new { text = "x" });
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }

        Assert.That((await stranger.GetAsync($"/api/customers/{theirs.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.DeleteAsync($"/api/customers/{theirs.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _host.CreateClient().GetAsync($"/api/conversations/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Cards_are_shown_by_themselves_once()
    {
        _host.Broker.Assistant = request => _host.Broker.Publish(
            Some.Reply(request) with { Cards = [new Card("product", "p1", "Blue vase", Price: new Money(39.5m, "EUR"))] }, CancellationToken.None);
        var customer = await _host.Customer();
        await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "A vase?" });
        var path = $"/api/cards/{customer.ConversationId}";

        var displays = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => customer.Client.PostAsync($"{path}/auto_display", null)));
        var shown = await Task.WhenAll(displays.Select(Json));

        Assert.That(shown.Count(s => s.GetProperty("items").GetArrayLength() == 1), Is.EqualTo(1));
        var card = (await Json(await customer.Client.GetAsync(path))).GetProperty("items")[0];
        Assert.That(card.GetProperty("price").GetProperty("amount").GetString(), Is.EqualTo("39.50"));
    }

    [Test]
    public async Task With_the_broker_away_a_command_is_refused_and_can_be_repeated()
    {
        var (id, _) = await OnWhatsApp();
        _host.Broker.IsAway = true;

        var away = await _operator.PostAsync($"/api/conversations/{id}/take_over", null);
        _host.Broker.IsAway = false;

        Assert.That(away.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await _operator.PostAsync($"/api/conversations/{id}/take_over", null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task<(Guid Id, ReplyRequested Request)> OnWhatsApp()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        return ((await _host.Conversation(number)).Id, _host.Broker.All<ReplyRequested>().Last());
    }

    private async Task<JsonElement> Get(Guid id) => await Json(await _operator.GetAsync($"/api/conversations/{id}"));

    private async Task<List<Guid>> Ids(string path) =>
        [.. (await Json(await _operator.GetAsync(path))).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid())];

    private static async Task<List<JsonElement>> Messages(HttpClient client, Guid id) =>
        [.. (await Json(await client.GetAsync($"/api/messages/get_conversation_messages?conversationId={id}"))).GetProperty("items").EnumerateArray()];

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
