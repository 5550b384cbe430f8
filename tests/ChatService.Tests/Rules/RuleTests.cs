using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Rules;

public sealed class RuleTests
{
    private ChatHost _host = null!;
    private HttpClient _admin = null!;

    // Each test has the rules to itself.
    [SetUp]
    public void Start()
    {
        _host = new ChatHost();
        _admin = _host.Operator("admin");
    }

    [TearDown]
    public async Task Stop()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task A_message_with_the_word_is_labelled_and_noted_once_however_often_it_is_delivered()
    {
        await Rule(new { name = "Refunds", when = "customer_message", @if = new { words = new[] { "refund" }, channels = new[] { "whatsapp" } }, then = new { labels = new[] { "refund" }, note = "Look at the order first." } });
        var number = Some.Number();
        var message = Some.Message(number, "I want a REFUND, please");

        await _host.Handle(message);
        await _host.Handle(message);
        await _host.Handle(Some.Message(Some.Number(), "Do you ship to Cyprus?"));

        var conversation = await _host.Conversation(number);
        Assert.That(conversation.Labels, Is.EqualTo(new[] { "refund" }));
        Assert.That(
            await _host.Query<string>("select text from messages where private and conversation_id = $1", conversation.Id),
            Is.EqualTo(new[] { "Rule “Refunds”: Look at the order first." }));
        Assert.That(await _host.Query<long>("select count(*) from messages where private"), Is.EqualTo(new[] { 1L }), "the other message has not the word");
        Assert.That(_host.Broker.All<ReplyRequested>().Any(request => request.ConversationId == conversation.Id && request.AnswerWanted), "the assistant answers all the same");
    }

    [Test]
    public async Task What_is_handed_over_goes_to_a_team_and_what_is_closed_gets_a_label()
    {
        using var made = await _admin.PostAsJsonAsync("/api/teams", new { name = "Returns", takesHandOvers = false, capacity = 5 });
        var team = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Rule(new { name = "To returns", when = "handed_over", then = new { teamId = team } });
        await Rule(new { name = "Done", when = "closed", then = new { labels = new[] { "done" } } });
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        await _host.Handle(Some.Reply(_host.Broker.All<ReplyRequested>().Last(), handOver: true));
        var id = (await _host.Conversation(number)).Id;

        Assert.That((await _host.Conversation(number)).TeamId, Is.EqualTo(team));
        using var closed = await _admin.PostAsJsonAsync($"/api/conversations/{id}/close_conversation", new { });
        Assert.That((await closed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("labels")[0].GetString(), Is.EqualTo("done"));
    }

    [Test]
    public async Task A_rule_that_closes_leaves_nothing_to_be_answered()
    {
        await Rule(new { name = "Spam", when = "customer_message", @if = new { words = new[] { "casino" } }, then = new { closes = true } });
        var number = Some.Number();

        await _host.Handle(Some.Message(number, "The best casino"));

        var conversation = await _host.Conversation(number);
        Assert.That((conversation.IsClosed, conversation.DueAt), Is.EqualTo((true, (DateTimeOffset?)null)));
        Assert.That(_host.Broker.All<ReplyRequested>().Any(request => request.ConversationId == conversation.Id && request.AnswerWanted), Is.False);
    }

    [Test]
    public async Task A_rule_that_is_off_does_nothing_and_a_dry_run_says_what_it_would_have_been_for()
    {
        var rule = new { name = "Shipping", enabled = false, when = "customer_message", @if = new { words = new[] { "ship" } }, then = new { labels = new[] { "shipping" } } };
        await Rule(rule);
        var (asked, other) = (Some.Number(), Some.Number());
        await _host.Handle(Some.Message(asked), Some.Message(other, "Hello"));

        using var answer = await _admin.PostAsJsonAsync("/api/rules/dry_run", rule);
        var run = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.That((run.GetProperty("looked").GetInt32(), run.GetProperty("matched").GetInt32()), Is.EqualTo((2, 1)));
        Assert.That(run.GetProperty("items")[0].GetProperty("text").GetString(), Is.EqualTo("Do you ship to Cyprus?"));
        Assert.That((await _host.Conversation(asked)).Labels, Is.Empty);

        using var strangers = await _host.Operator("admin", Guid.NewGuid()).PostAsJsonAsync("/api/rules/dry_run", rule);
        Assert.That((await strangers.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("looked").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task A_reply_is_written_once_in_nobodys_name_and_goes_out_again_with_the_event()
    {
        await Rule(new { name = "Away", when = "customer_message", @if = new { words = new[] { "holiday" } }, then = new { reply = "Hello {{customer.firstName|there}}, we are back on Monday." } });
        var number = Some.Number();
        var message = Some.Message(number, "Open in the holidays?");

        await _host.Handle(message);
        await _host.Handle(message);

        var conversation = await _host.Conversation(number);
        var written = await _host.Query<string>("select text from messages where conversation_id = $1 and not private and author = 3", conversation.Id);
        Assert.That(written, Has.Count.EqualTo(1));
        Assert.That(written[0], Does.StartWith("Hello ").And.EndsWith(", we are back on Monday.").And.Not.Contains("{"));
        var sent = _host.Broker.All<DeliverMessage>().Where(delivery => delivery.ConversationId == conversation.Id).ToList();
        Assert.That((sent.Count, sent.Select(delivery => delivery.DeliveryId).Distinct().Count()), Is.EqualTo((2, 1)), "once more with the event that came again");
        Assert.That(sent[0].Author, Is.EqualTo(Author.System));
        Assert.That((conversation.Turn, conversation.IsUnanswered), Is.EqualTo((TurnHolder.Assistant, true)), "the assistant answers all the same");
    }

    [Test]
    public async Task Who_wants_nothing_automatic_gets_no_reply_of_a_rule()
    {
        await Rule(new { name = "Away", when = "customer_message", then = new { reply = "We are back on Monday." } });
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "STOP"));
        await _host.Handle(Some.Message(number, "A question"));

        Assert.That(await _host.Query<long>("select count(*) from messages where text = 'We are back on Monday.'"), Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public async Task What_is_handed_over_by_a_rule_waits_for_people_and_is_somebodys()
    {
        var (_, person) = await _host.StoredOperator("agent");
        await Rule(new { name = "Angry", when = "customer_message", @if = new { words = new[] { "lawyer" } }, then = new { handsOver = true, assigneeId = person } });
        var number = Some.Number();

        await _host.Handle(Some.Message(number, "I call my lawyer"));

        var conversation = await _host.Conversation(number);
        Assert.That((conversation.Status, conversation.Turn, conversation.DueAt), Is.EqualTo((ConversationStatus.Pending, TurnHolder.Agent, (DateTimeOffset?)null)));
        Assert.That((conversation.AssigneeId, conversation.AssigneeName), Is.EqualTo(((Guid?)person, "Adam")));
        Assert.That(conversation.WaitingSince, Is.Not.Null);
        Assert.That(_host.Broker.All<ReplyRequested>().Any(request => request.ConversationId == conversation.Id && request.AnswerWanted), Is.False);
        Assert.That(_host.Broker.All<EventsRecorded>().SelectMany(recorded => recorded.Events).Any(e => e.ConversationId == conversation.Id && e.Type == "HandOver"));
    }

    [Test]
    public async Task Somebody_who_left_is_given_nothing()
    {
        var (_, person) = await _host.StoredOperator("agent");
        await Rule(new { name = "Vases", when = "customer_message", then = new { assigneeId = person, labels = new[] { "vase" } } });
        using var left = await _host.Operator("owner").PatchAsJsonAsync($"/api/users/{person}", new { disabled = true });
        left.EnsureSuccessStatusCode();
        var number = Some.Number();

        // Another change has the rules read anew; who left between two looks may still be given something.
        await Rule(new { name = "Nothing", when = "closed", then = new { labels = new[] { "over" } } });
        await _host.Handle(Some.Message(number));

        var conversation = await _host.Conversation(number);
        Assert.That((conversation.AssigneeId, conversation.Labels), Is.EqualTo(((Guid?)null, new[] { "vase" })));
    }

    [Test]
    public async Task Admins_alone_see_change_and_remove_their_workspaces_rules()
    {
        var id = await Rule(new { name = "Done", when = "closed", then = new { labels = new[] { "done" } } });
        using var taken = await _admin.PostAsJsonAsync("/api/rules", new { name = "Done", when = "closed", then = new { closes = true } });
        using var changed = await _admin.PutAsJsonAsync($"/api/rules/{id}", new { name = "Over", enabled = false, when = "closed", then = new { labels = new[] { "over" } } });
        Assert.That((taken.StatusCode, changed.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.OK)));
        Assert.That((await _host.Operator().GetAsync("/api/rules")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        var stranger = _host.Operator("owner", Guid.NewGuid());
        Assert.That((await stranger.GetFromJsonAsync<JsonElement>("/api/rules")).GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That((await stranger.PutAsJsonAsync($"/api/rules/{id}", new { name = "x", when = "closed", then = new { closes = true } })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.DeleteAsync($"/api/rules/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        Assert.That((await _admin.DeleteAsync($"/api/rules/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            await _host.Query<string>("select action from audit_log where subject_id = $1 order by at", id.ToString()),
            Is.EqualTo(new[] { "rule.added", "rule.changed", "rule.removed" }));
    }

    [TestCase("""{"name":"x","when":"closed"}""", "then")]
    [TestCase("""{"name":"x","when":"whenever","then":{"closes":true}}""", "when")]
    [TestCase("""{"name":"x","when":"closed","if":{"words":["x"]},"then":{"closes":true}}""", "if.words")]
    [TestCase("""{"name":"x","when":"closed","then":{"teamId":"0198c0de-0000-7000-8000-000000000001"}}""", "then.teamId")]
    [TestCase("""{"when":"closed","then":{"labels":[" "]}}""", "then.labels")]
    [TestCase("""{"when":"closed","then":{"reply":"Yours, {{me.name}}"}}""", "then.reply")]
    [TestCase("""{"when":"closed","then":{"handsOver":true}}""", "then.handsOver")]
    [TestCase("""{"when":"closed","then":{"assigneeId":"0198c0de-0000-7000-8000-000000000001"}}""", "then.assigneeId")]
    public async Task What_is_wrong_is_said_by_field(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _admin.PostAsync("/api/rules", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    private async Task<Guid> Rule(object rule)
    {
        using var response = await _admin.PostAsJsonAsync("/api/rules", rule);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
