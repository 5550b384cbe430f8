using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Customers;

public sealed class UnmergeTests : ChatTests
{
    [Test]
    public async Task Who_was_merged_by_mistake_is_himself_again_with_all_that_was_his()
    {
        _host.AnswerWith("Hello!");
        var (kept, merged) = (await _host.Customer(new { name = "Ada" }), await _host.Customer(new { name = "Grace", email = "grace@example.org" }));
        await merged.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "Hi" });
        await _host.Operator().PostAsJsonAsync($"/api/conversations/{merged.ConversationId}/messages", new { text = "She is new.", @private = true });
        var picture = await Upload(merged);
        var joined = await Json(await Merge(kept.CustomerId, merged.CustomerId));
        var from = joined.GetProperty("mergedFrom").EnumerateArray().Single();
        Assert.That((from.GetProperty("customerId").GetGuid(), from.GetProperty("name").GetString()), Is.EqualTo((merged.CustomerId, "Grace")));

        _host.Broker.Published.Clear();
        var alone = await Json(await Undo(kept.CustomerId, merged.CustomerId));

        Assert.That((alone.GetProperty("name").GetString(), alone.TryGetProperty("email", out _), alone.TryGetProperty("mergedFrom", out _)), Is.EqualTo(("Ada", false, false)));
        Assert.That(alone.GetProperty("identifiers").GetArrayLength(), Is.EqualTo(1));
        var back = await Json(await _host.Operator().GetAsync($"/api/customers/{merged.CustomerId}"));
        Assert.That((back.GetProperty("name").GetString(), back.GetProperty("email").GetString()), Is.EqualTo(("Grace", "grace@example.org")));
        Assert.That(await OwnerOf(merged.ConversationId), Is.EqualTo(merged.CustomerId));
        Assert.That(await _host.Query<Guid>("select customer_id from media where id = $1", picture), Is.EqualTo(new[] { merged.CustomerId }));
        var notes = await Json(await _host.Operator().GetAsync($"/api/messages/get_conversation_messages?conversationId={merged.ConversationId}"));
        Assert.That(notes.GetProperty("items").EnumerateArray().Select(message => message.GetProperty("text").GetString()), Does.Contain("She is new."));

        Assert.That(
            _host.Broker.All<ConversationsChanged>().SelectMany(hint => hint.Changes).Select(change => change.ConversationId), Does.Contain(merged.ConversationId),
            "who looks at it is told");

        // Each sees his own again, by the token that he always had.
        Assert.That((await merged.Client.GetAsync($"/api/conversations/{merged.ConversationId}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await kept.Client.GetAsync($"/api/conversations/{merged.ConversationId}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(
            await _host.Query<string>("select action from audit_log where subject_id = $1 order by at", kept.CustomerId.ToString()),
            Is.EqualTo(new[] { "customer.merged", "customer.unmerged" }));
    }

    [Test]
    public async Task What_came_after_the_merge_stays_with_the_one_whose_address_it_came_from()
    {
        var (one, other) = (await Writes(Some.Number()), await Writes(Some.Number()));
        await Merge(one.Customer, other.Customer);
        await _host.Query<Guid>("update conversations set status = 2 where id in ($1, $2) returning id", one.Conversation, other.Conversation);
        var oneLater = await Writes(one.Number);
        var otherLater = await Writes(other.Number);
        Assert.That((oneLater.Customer, otherLater.Customer), Is.EqualTo((one.Customer, one.Customer)));

        await Undo(one.Customer, other.Customer);

        Assert.That(await OwnerOf(oneLater.Conversation), Is.EqualTo(one.Customer));
        Assert.That(await OwnerOf(otherLater.Conversation), Is.EqualTo(other.Customer));
        await _host.Query<Guid>("update conversations set status = 2 where id = $1 returning id", otherLater.Conversation);
        Assert.That((await Writes(other.Number)).Customer, Is.EqualTo(other.Customer));
    }

    [Test]
    public async Task Another_form_of_his_number_that_came_since_is_his()
    {
        // Argentina writes the same number with a 9 from abroad.
        var line = Random.Shared.Next(1000, 9999);
        var one = await Writes(Some.Number());
        var other = await Writes($"whatsapp:+5491123{line}77");
        await Merge(one.Customer, other.Customer);
        var again = await Writes($"whatsapp:+541123{line}77");
        Assert.That(again.Customer, Is.EqualTo(one.Customer));

        await Undo(one.Customer, other.Customer);

        Assert.That(await OwnerOf(again.Conversation), Is.EqualTo(other.Customer));
        Assert.That(
            await _host.Query<Guid>("select distinct customer_id from customer_identifiers where value like $1", $"%1123{line}77"), Is.EqualTo(new[] { other.Customer }));
    }

    [Test]
    public async Task Where_a_persons_id_is_not_where_answers_go_the_room_says_whose_a_later_conversation_is()
    {
        var one = await Writes(Some.Number());
        var (person, room) = ($"U{Guid.NewGuid():N}", $"D{Guid.NewGuid():N}");
        await InRoom(person, room);
        var other = await _host.Conversation(room);
        await Merge(one.Customer, other.CustomerId);
        await _host.Query<Guid>("update conversations set status = 2 where id = $1 returning id", other.Id);
        await InRoom(person, room);
        var later = await _host.Conversation(room);
        Assert.That((later.Id == other.Id, later.CustomerId), Is.EqualTo((false, one.Customer)));

        await Undo(one.Customer, other.CustomerId);

        Assert.That(await OwnerOf(later.Id), Is.EqualTo(other.CustomerId));
    }

    [Test]
    public async Task A_merge_within_a_merge_is_undone_after_it()
    {
        var (a, b, c) = (await Writes(Some.Number()), await Writes(Some.Number()), await Writes(Some.Number()));
        await Merge(b.Customer, a.Customer);
        await Merge(c.Customer, b.Customer);

        Assert.That((await Undo(c.Customer, a.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await Undo(b.Customer, a.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "who was merged is not there");
        Assert.That((await Undo(c.Customer, b.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await OwnerOf(a.Conversation), await OwnerOf(b.Conversation), await OwnerOf(c.Conversation)), Is.EqualTo((b.Customer, b.Customer, c.Customer)));
        Assert.That((await Undo(b.Customer, a.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await OwnerOf(a.Conversation), Is.EqualTo(a.Customer));
    }

    [Test]
    public async Task Undone_again_it_is_as_it_is()
    {
        var (a, b) = (await Writes(Some.Number()), await Writes(Some.Number()));
        await Merge(a.Customer, b.Customer);

        Assert.That((await Undo(a.Customer, b.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Undo(a.Customer, b.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await OwnerOf(b.Conversation), Is.EqualTo(b.Customer));
        Assert.That(
            await _host.Query<long>("select count(*) from audit_log where subject_id = $1 and action = 'customer.unmerged'", a.Customer.ToString()), Is.EqualTo(new[] { 1L }));

        await Merge(a.Customer, b.Customer);
        Assert.That((await Undo(a.Customer, b.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await OwnerOf(b.Conversation), Is.EqualTo(b.Customer));
    }

    [Test]
    public async Task Nobody_undoes_what_never_was_or_is_none_of_his_business()
    {
        var (a, b) = (await Writes(Some.Number()), await Writes(Some.Number()));
        Assert.That((await Undo(a.Customer, b.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await Merge(a.Customer, b.Customer);

        var path = $"/api/customers/{a.Customer}/unmerge";
        Assert.That((await _host.Operator("viewer").PostAsJsonAsync(path, new { customerId = b.Customer })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("owner", Guid.NewGuid()).PostAsJsonAsync(path, new { customerId = b.Customer })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _host.Operator().PostAsJsonAsync(path, new { customerId = a.Customer })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _host.Operator().PostAsJsonAsync(path, new { })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await OwnerOf(b.Conversation), Is.EqualTo(a.Customer));
    }

    [Test]
    public async Task After_thirty_days_it_stays_as_it_is()
    {
        var (a, b) = (await Writes(Some.Number()), await Writes(Some.Number()));
        await Merge(a.Customer, b.Customer);
        await _host.Query<Guid>("update customer_merges set merged_at = merged_at - interval '30 days 1 hour' where from_id = $1 returning id", b.Customer);

        Assert.That((await Undo(a.Customer, b.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        await _host.Query<Guid>("delete from customer_merges where from_id = $1 returning id", b.Customer);
        Assert.That((await Undo(a.Customer, b.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "nobody remembers it");
        Assert.That(await OwnerOf(b.Conversation), Is.EqualTo(a.Customer));
    }

    [Test]
    public async Task The_erased_stay_erased()
    {
        var (a, b) = (await Writes(Some.Number()), await Writes(Some.Number()));
        await Merge(a.Customer, b.Customer);
        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{a.Customer}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That((await Undo(a.Customer, b.Customer)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _host.Query<long>("select count(*) from customer_merges where into_id = $1 or from_id = $2", a.Customer, b.Customer), Is.EqualTo(new[] { 0L }));
        Assert.That(await _host.Query<long>("select count(*) from customer_merge_parts where value = $1", b.Number), Is.EqualTo(new[] { 0L }));
    }

    /// <summary>Whatever is merged and undone in whatever order: an address, with its conversations, is of the customer who stands for its first owner.</summary>
    [Test]
    public async Task Any_sequence_of_merges_and_undos_leaves_everybody_his_own([Range(1, 6)] int seed) => await new Sequence(this, seed).Run();

    private sealed class Sequence(UnmergeTests tests, int seed)
    {
        private const int People = 4;
        private readonly Random _random = new(seed);
        private readonly List<(string Number, Guid Customer)> _people = [];
        private readonly List<(int Person, Guid Conversation)> _conversations = [];
        private readonly int?[] _within = new int?[People];
        private readonly string?[] _emails = new string?[People];
        private readonly List<(int Into, int From)> _merges = [];
        private readonly HashSet<(int Into, int From)> _undone = [];

        public async Task Run()
        {
            for (var person = 0; person < People; person++)
            {
                var (number, customer, conversation) = await tests.Writes(Some.Number());
                _emails[person] = person == 0 ? null : $"{seed}.{person}@shop.example";
                await tests._host.Query<Guid>("update customers set name = null, email = nullif($2, '') where id = $1 returning id", customer, _emails[person] ?? "");
                _people.Add((number, customer));
                _conversations.Add((person, conversation));
            }

            for (var step = 0; step < 14; step++)
            {
                var (one, other) = Two();
                switch (_random.Next(3))
                {
                    case 0: await Merge(one, other); break;
                    case 1: await Undo(one, other); break;
                    default: await WritesAgain(one); break;
                }

                await Check($"seed {seed}, step {step}");
            }
        }

        private (int One, int Other) Two()
        {
            var one = _random.Next(People);
            return (one, (one + 1 + _random.Next(People - 1)) % People);
        }

        private async Task Merge(int into, int from)
        {
            var expected = _within[into] is null && _within[from] is null ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            Assert.That((await tests.Merge(_people[into].Customer, _people[from].Customer)).StatusCode, Is.EqualTo(expected));
            if (expected != HttpStatusCode.OK) return;
            _within[from] = into;
            _merges.Add((into, from));
        }

        private async Task Undo(int into, int from)
        {
            var allowed = _within[into] is null && _within[from] == into;
            var answer = await tests.Undo(_people[into].Customer, _people[from].Customer);
            Assert.That(answer.StatusCode == HttpStatusCode.OK, Is.EqualTo(allowed || (_within[into] is null && WasUndone(into, from))));
            if (!allowed) return;
            _within[from] = null;
            _merges.Remove((into, from));
            _undone.Add((into, from));
        }

        // A repeat of an undo, as long as he did not come back with another since.
        private bool WasUndone(int into, int from) => _undone.Contains((into, from)) && Root(from) != into;

        private async Task WritesAgain(int person)
        {
            await tests._host.Query<Guid>("update conversations set status = 2 where address = $1 returning id", _people[person].Number);
            _conversations.Add((person, (await tests.Writes(_people[person].Number)).Conversation));
            // Somebody without a name is called as the channel calls him; this is about what merges do.
            await tests._host.Query<Guid>("update customers set name = null where id = $1 returning id", _people[Root(person)].Customer);
        }

        private int Root(int person) => _within[person] is { } into ? Root(into) : person;

        private string? Email(int person) =>
            _emails[person] ?? _merges.Where(merge => merge.Into == person).Select(merge => Email(merge.From)).FirstOrDefault(email => email is not null);

        private async Task Check(string when)
        {
            for (var person = 0; person < People; person++)
            {
                Assert.That(
                    await tests._host.Query<Guid>("select distinct customer_id from customer_identifiers where value = $1", _people[person].Number),
                    Is.EqualTo(new[] { _people[Root(person)].Customer }), $"the address of {person}, {when}");
                var email = await tests._host.Query<string>("select coalesce(email, '') from customers where id = $1", _people[person].Customer);
                Assert.That(email.Single(), Is.EqualTo(_within[person] is null ? Email(person) ?? "" : ""), $"the e-mail of {person}, {when}");
            }

            foreach (var (person, conversation) in _conversations)
                Assert.That(await tests.OwnerOf(conversation), Is.EqualTo(_people[Root(person)].Customer), $"a conversation of {person}, {when}");
        }
    }

    private Task<HttpResponseMessage> Merge(Guid into, Guid from) => _host.Operator().PostAsJsonAsync($"/api/customers/{into}/merge", new { customerId = from });

    private Task<HttpResponseMessage> Undo(Guid into, Guid from) => _host.Operator().PostAsJsonAsync($"/api/customers/{into}/unmerge", new { customerId = from });

    private async Task<(string Number, Guid Customer, Guid Conversation)> Writes(string number)
    {
        await _host.Handle(Some.Message(number));
        var conversation = await _host.Conversation(number);
        return (number, conversation.CustomerId, conversation.Id);
    }

    private Task InRoom(string person, string room) => _host.Handle(new CustomerMessageReceived(
        Guid.NewGuid(), Some.Workspace, Some.WhatsApp, "slack", Partition.For(Some.WhatsApp, room), new CustomerAddress("slack", room, "Ada", Person: person),
        new MessageContent("Hi"), DateTimeOffset.UtcNow, default, null));

    private async Task<Guid> OwnerOf(Guid conversation) => (await _host.Query<Guid>("select customer_id from conversations where id = $1", conversation)).Single();

    private static async Task<Guid> Upload(WebCustomer customer)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent("a note"u8.ToArray()) { Headers = { ContentType = new("text/plain") } }, "file", "note.txt" } };
        using var answer = await customer.Client.PostAsync("/api/media", form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return (await Json(answer)).GetProperty("id").GetGuid();
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
