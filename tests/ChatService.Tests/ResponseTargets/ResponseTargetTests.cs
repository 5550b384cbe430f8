using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.ResponseTargets;

public sealed class ResponseTargetTests : ChatTests
{
    // What is published follows the answer.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private HttpClient _operator = null!;

    [OneTimeSetUp]
    public async Task Promise()
    {
        _operator = _host.Operator();
        using var set = await _host.Operator("admin").PatchAsJsonAsync(
            "/api/settings", new { targets = new { firstResponseMinutes = 10, nextResponseMinutes = 20, resolutionMinutes = 300, businessHoursOnly = false } });
        set.EnsureSuccessStatusCode();
    }

    [OneTimeTearDown]
    public void SignOut() => _operator.Dispose();

    [Test]
    public async Task The_clock_runs_from_the_hand_over_to_the_answer_and_again_from_the_next_message()
    {
        var number = Some.Number();
        var id = await HandedOver(number);
        var first = await Clock(id);
        Assert.That(first.GetProperty("response").GetString(), Is.EqualTo("first"));
        Assert.That(Minutes(first, "responseDueAt"), Is.EqualTo(10));
        Assert.That(Minutes(first, "resolutionDueAt"), Is.EqualTo(300));

        await _operator.PostAsJsonAsync($"/api/conversations/{id}/take_over", new { });
        Assert.That((await Clock(id)).GetProperty("waitingSince").GetDateTimeOffset(), Is.EqualTo(first.GetProperty("waitingSince").GetDateTimeOffset()), "taking over answers nobody");

        await _operator.PostAsJsonAsync($"/api/conversations/{id}/messages", new { text = "Here I am." });
        var answered = await Clock(id);
        Assert.That(answered.TryGetProperty("waitingSince", out _) || answered.TryGetProperty("responseDueAt", out _), Is.False);
        await Eventually.IsTrue(() => Promised(id).SequenceEqual([("PromiseKept", "first_response")]), s_patience);

        await _host.Handle(Some.Message(number, "And the other one?"));
        var next = await Clock(id);
        Assert.That(next.GetProperty("response").GetString(), Is.EqualTo("next"));
        Assert.That(Minutes(next, "responseDueAt"), Is.EqualTo(20));

        await _operator.PostAsJsonAsync($"/api/conversations/{id}/close_conversation", new { });
        var closed = await _operator.GetFromJsonAsync<JsonElement>($"/api/conversations/{id}");
        Assert.That(closed.TryGetProperty("clock", out _), Is.False);
        await Eventually.IsTrue(() => Promised(id).SequenceEqual([("PromiseKept", "first_response"), ("PromiseKept", "resolution")]), s_patience);
    }

    [Test]
    public async Task What_is_late_is_listed_the_longest_first_and_a_late_answer_is_a_broken_promise()
    {
        var (later, sooner, onTime) = (await HandedOver(Some.Number()), await HandedOver(Some.Number()), await HandedOver(Some.Number()));
        await Late(later, minutes: 1);
        await Late(sooner, minutes: 5);

        Assert.That(await Overdue(), Is.EqualTo(new[] { sooner, later }));
        Assert.That((await _host.Operator("viewer", Guid.NewGuid()).GetFromJsonAsync<JsonElement>("/api/conversations/list?overdue=true")).GetProperty("items").GetArrayLength(), Is.Zero);

        await _operator.PostAsJsonAsync($"/api/conversations/{sooner}/messages", new { text = "Sorry for the wait." });
        await _operator.PostAsJsonAsync($"/api/conversations/{later}/hand_back", new { });

        await Eventually.IsTrue(() => Promised(sooner).SequenceEqual([("PromiseMissed", "first_response")]), s_patience);
        Assert.That(Promised(later), Is.Empty);
        Assert.That(await Overdue(), Does.Not.Contain(sooner).And.Not.Contain(later).And.Not.Contain(onTime));
    }

    [Test]
    public async Task Customers_do_not_see_the_clock()
    {
        _host.AnswerWith("I ask a colleague.", handOver: true);
        var customer = await _host.Customer();
        await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "A person, please" });

        Assert.That((await Clock(customer.ConversationId)).TryGetProperty("responseDueAt", out _));
        Assert.That((await customer.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{customer.ConversationId}")).TryGetProperty("clock", out _), Is.False);
    }

    [TestCase("""{"targets":{"firstResponseMinutes":0}}""")]
    [TestCase("""{"targets":{"resolutionMinutes":"soon"}}""")]
    [TestCase("""{"targets":{"nextResponseMinutes":43201}}""")]
    [TestCase("""{"targets":7}""")]
    public async Task Targets_that_make_no_sense_are_refused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _host.Operator("admin").PatchAsync("/api/settings", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("targets", out _));
    }

    private async Task<Guid> HandedOver(string number)
    {
        var message = Some.Message(number, "A person, please");
        await _host.Handle(message);
        await _host.Handle(Some.Reply(_host.Broker.All<ReplyRequested>().Last(request => request.Unanswered.Contains(message.MessageId)), handOver: true));
        return (await _host.Conversation(number)).Id;
    }

    private async Task Late(Guid id, int minutes)
    {
        await using var command = _host.Database.CreateCommand("update conversations set response_due_at = $2 where id = $1");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(DateTimeOffset.UtcNow.AddMinutes(-minutes));
        await command.ExecuteNonQueryAsync();
    }

    private async Task<JsonElement> Clock(Guid id) => (await _operator.GetFromJsonAsync<JsonElement>($"/api/conversations/{id}")).GetProperty("clock");

    private async Task<IEnumerable<Guid>> Overdue() =>
        (await _operator.GetFromJsonAsync<JsonElement>("/api/conversations/list?overdue=true")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());

    private IEnumerable<(string, string?)> Promised(Guid id) =>
        _host.Broker.Events.Where(e => e.ConversationId == id && e.Type.StartsWith("Promise", StringComparison.Ordinal)).Select(e => (e.Type, e.Details.Status));

    private static double Minutes(JsonElement clock, string due) =>
        (clock.GetProperty(due).GetDateTimeOffset() - clock.GetProperty("waitingSince").GetDateTimeOffset()).TotalMinutes;
}
