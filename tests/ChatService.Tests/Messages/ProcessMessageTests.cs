using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Messages;

public class ProcessMessageTests : ChatTests
{
    private const string Path = "/api/messages/process_message";
    [Test]
    public async Task A_caller_waits_for_the_answer()
    {
        _host.AnswerWith("We open at ten.");
        var customer = await _host.Customer();

        var response = await customer.Client.PostAsJsonAsync(Path, new { text = "When do you open?" });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var body = await Json(response);
        Assert.That(body.GetProperty("conversationId").GetGuid(), Is.EqualTo(customer.ConversationId));
        Assert.That(body.GetProperty("message").GetProperty("sequence").GetInt64(), Is.EqualTo(1));
        Assert.That(body.GetProperty("message").GetProperty("direction").GetString(), Is.EqualTo("inbound"));
        var reply = body.GetProperty("reply");
        Assert.That(reply.GetProperty("text").GetString(), Is.EqualTo("We open at ten."));
        Assert.That(reply.GetProperty("author").GetProperty("type").GetString(), Is.EqualTo("assistant"));
        Assert.That(reply.GetProperty("delivery").GetProperty("status").GetString(), Is.EqualTo("sent"));
        Assert.That(_host.Broker.All<DeliverMessage>(), Is.Empty, "The web is shown by push.");
    }

    [Test]
    public async Task Who_does_not_wait_gets_a_job_that_has_the_messages_id()
    {
        var customer = await _host.Customer();

        var response = await Post(customer.Client, new { text = "Hello" }, prefer: "respond-async");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var location = response.Headers.Location!.ToString();
        var job = await customer.Client.GetFromJsonAsync<JsonElement>(location);
        Assert.That((job.GetProperty("kind").GetString(), job.GetProperty("status").GetString()), Is.EqualTo(("message", "running")));

        await Answer("Hi!");
        await Testing.Eventually.IsTrue(async () =>
            (await customer.Client.GetFromJsonAsync<JsonElement>(location)).GetProperty("status").GetString() == "succeeded");
        job = await customer.Client.GetFromJsonAsync<JsonElement>(location);
        Assert.That(job.GetProperty("result").GetProperty("reply").GetProperty("text").GetString(), Is.EqualTo("Hi!"));
        Assert.That(job.GetProperty("id").GetGuid(), Is.EqualTo(job.GetProperty("result").GetProperty("message").GetProperty("id").GetGuid()));
    }

    [Test]
    public async Task An_answer_slower_than_the_wait_becomes_a_job()
    {
        var customer = await _host.Customer();

        var response = await Post(customer.Client, new { text = "Hello" }, prefer: "wait=1");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task A_stream_shows_the_answer_growing_and_ends_with_it()
    {
        var customer = await _host.Customer();
        var hints = (ChatService.Live.ChangeHints)_host.Services.GetService(typeof(ChatService.Live.ChangeHints))!;
        using var response = await OpenStream(customer.Client, new { text = "When?" });
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        var events = new List<(string Name, JsonElement Data)> { await Event(reader) };
        await Testing.Eventually.IsTrue(() => _host.Broker.All<ReplyRequested>().Any());
        var request = _host.Broker.All<ReplyRequested>().Single();
        hints.Raise(new ReplyDelta(request.ConversationId, request.Version, 1, "at ten."));
        hints.Raise(new ReplyDelta(request.ConversationId, request.Version, 0, "We open "));
        events.Add(await Event(reader));
        events.Add(await Event(reader));
        await _host.Broker.Publish(Some.Reply(request, "We open at ten."), CancellationToken.None);
        events.Add(await Event(reader));

        Assert.That(await reader.ReadToEndAsync(), Is.Empty);
        Assert.That(events.Select(e => e.Name), Is.EqualTo(new[] { "message.accepted", "reply.delta", "reply.delta", "reply.completed" }));
        Assert.That(events[1].Data.GetProperty("text").GetString() + events[2].Data.GetProperty("text").GetString(), Is.EqualTo("We open at ten."));
        Assert.That(events[1].Data.GetProperty("index").GetInt32(), Is.Zero);
        Assert.That(events[3].Data.GetProperty("text").GetString(), Is.EqualTo("We open at ten."));
    }

    [Test]
    public async Task The_same_client_message_id_is_the_same_message_and_reply()
    {
        var customer = await _host.Customer();

        var calls = Enumerable.Range(0, 2).Select(_ => customer.Client.PostAsJsonAsync(Path, new { text = "Hello", clientMessageId = "one" })).ToList();
        await Answer("Once.");
        var both = await Task.WhenAll(calls);
        var later = await customer.Client.PostAsJsonAsync(Path, new { text = "Hello", clientMessageId = "one" });
        var other = await customer.Client.PostAsJsonAsync(Path, new { text = "Good bye", clientMessageId = "one" });

        var replies = new List<Guid>();
        foreach (var response in both.Append(later))
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            replies.Add((await Json(response)).GetProperty("reply").GetProperty("id").GetGuid());
        }

        Assert.That(replies.Distinct().Count(), Is.EqualTo(1));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await _host.Query<long>("select count(*) from messages where conversation_id = $1", customer.ConversationId), Is.EqualTo(new[] { 2L }));
    }

    [Test]
    public async Task Calls_of_one_burst_share_its_answer()
    {
        var customer = await _host.Customer();

        var first = customer.Client.PostAsJsonAsync(Path, new { text = "One" });
        await Testing.Eventually.IsTrue(() => _host.Broker.All<ReplyRequested>().Any());
        var second = customer.Client.PostAsJsonAsync(Path, new { text = "Two" });
        await Testing.Eventually.IsTrue(() => _host.Broker.All<ReplyRequested>().Count() == 2);
        foreach (var request in _host.Broker.All<ReplyRequested>().ToList())
            await _host.Broker.Publish(Some.Reply(request, $"Version {request.Version}"), CancellationToken.None);

        Assert.That((await Json(await first)).GetProperty("reply").GetProperty("text").GetString(), Is.EqualTo("Version 2"));
        Assert.That((await Json(await second)).GetProperty("reply").GetProperty("text").GetString(), Is.EqualTo("Version 2"));
    }

    [Test]
    public async Task While_people_hold_the_turn_there_is_no_reply_to_wait_for()
    {
        var customer = await _host.Customer();
        await Post(customer.Client, new { text = "Hello" }, prefer: "respond-async");
        var taken = await _host.Operator().PostAsync($"/api/conversations/{customer.ConversationId}/take_over", null);
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var response = await customer.Client.PostAsJsonAsync(Path, new { text = "Anybody?" });
        var events = await Stream(customer.Client, new { text = "Really?" });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Json(response)).TryGetProperty("reply", out _), Is.False);
        Assert.That(events.Select(e => e.Name), Is.EqualTo(new[] { "message.accepted", "reply.completed" }));
        Assert.That(_host.Broker.All<ReplyRequested>().Last().AnswerWanted, Is.False);
    }

    [Test]
    public async Task With_the_broker_away_the_call_can_be_repeated()
    {
        var customer = await _host.Customer();
        _host.AnswerWith("Back again.");
        _host.Broker.IsAway = true;

        var away = await customer.Client.PostAsJsonAsync(Path, new { text = "Hello", clientMessageId = "r" });
        _host.Broker.IsAway = false;
        var back = await customer.Client.PostAsJsonAsync(Path, new { text = "Hello", clientMessageId = "r" });

        Assert.That(away.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await away.Content.ReadAsStringAsync(), Does.Contain("Please repeat it."));
        Assert.That(away.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(away.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task After_a_close_the_next_message_opens_a_new_conversation()
    {
        _host.AnswerWith("Hello again.");
        var customer = await _host.Customer();
        await customer.Client.PostAsJsonAsync(Path, new { text = "Hello" });
        await _host.Operator().PostAsJsonAsync($"/api/conversations/{customer.ConversationId}/close_conversation", new { reason = "solved" });

        var body = await Json(await customer.Client.PostAsJsonAsync(Path, new { conversationId = customer.ConversationId, text = "One more thing" }));

        Assert.That(body.GetProperty("conversationId").GetGuid(), Is.Not.EqualTo(customer.ConversationId));
        Assert.That(body.GetProperty("message").GetProperty("sequence").GetInt64(), Is.EqualTo(1));
        Assert.That(body.GetProperty("reply").GetProperty("text").GetString(), Is.EqualTo("Hello again."));
    }

    [Test]
    public async Task A_program_writes_for_a_customer_whose_conversation_it_names()
    {
        _host.AnswerWith("Yes.");
        var program = _host.Operator();
        var created = await Json(await program.PostAsJsonAsync("/api/conversations/create_conversation", new { subject = "Test" }));

        var response = await program.PostAsJsonAsync(Path, new { conversationId = created.GetProperty("id").GetGuid(), text = "Hello?" });

        var body = await Json(response);
        Assert.That(body.GetProperty("message").GetProperty("author").GetProperty("type").GetString(), Is.EqualTo("customer"));
        Assert.That(body.GetProperty("reply").GetProperty("model").GetString(), Is.EqualTo("offline"));
        Assert.That((await program.PostAsJsonAsync(Path, new { text = "No name" })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _host.Operator("viewer").PostAsJsonAsync(Path, new { conversationId = created.GetProperty("id").GetGuid(), text = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("""{"text":"a\u0000b\ud83d"}""", "a\uFFFDb\uFFFD")]
    [TestCase("""{"text":"\u200f\u202e\u05e9\u05dc\u05d5\u05dd \"quoted\" \\ \/ \t"}""", "\u200F\u202Eשלום \"quoted\" \\ / \t")]
    [TestCase("""{"text":"\ud83d\ude00"}""", "😀")]
    public async Task Whatever_can_be_written_is_stored_and_answered(string json, string stored)
    {
        _host.AnswerWith("Got it.");
        var customer = await _host.Customer();

        var response = await customer.Client.PostAsync(Path, new StringContent(json, Encoding.UTF8, "application/json"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var body = await Json(response);
        Assert.That(body.GetProperty("message").GetProperty("text").GetString(), Is.EqualTo(stored));
        Assert.That(body.GetProperty("reply").GetProperty("text").GetString(), Is.EqualTo("Got it."));
    }

    [Test]
    public async Task Four_thousand_emoji_are_one_message()
    {
        _host.AnswerWith("Nice.");
        var customer = await _host.Customer();
        var emoji = string.Concat(Enumerable.Repeat("🏳️‍🌈", 1_300));

        var body = await Json(await customer.Client.PostAsJsonAsync(Path, new { text = emoji }));

        Assert.That(body.GetProperty("message").GetProperty("text").GetString(), Is.EqualTo(emoji));
        var plain = string.Concat(Enumerable.Repeat("😀", 4_000));
        body = await Json(await customer.Client.PostAsJsonAsync(Path, new { text = plain }));
        Assert.That(body.GetProperty("message").GetProperty("text").GetString(), Is.EqualTo(plain));
    }

    private async Task Answer(string text)
    {
        await Testing.Eventually.IsTrue(() => _host.Broker.All<ReplyRequested>().Any());
        await _host.Broker.Publish(Some.Reply(_host.Broker.All<ReplyRequested>().Last(), text), CancellationToken.None);
    }

    private static async Task<HttpResponseMessage> Post(HttpClient client, object body, string prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Prefer", prefer);
        return await client.SendAsync(request);
    }

    private static async Task<List<(string Name, JsonElement Data)>> Stream(HttpClient client, object body)
    {
        using var response = await OpenStream(client, body);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = await reader.ReadToEndAsync();
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\n')).Select(lines =>
            (lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement))];
    }

    private static async Task<HttpResponseMessage> OpenStream(HttpClient client, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(body) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        return response;
    }

    /// <summary>The next one, once it comes.</summary>
    private static async Task<(string Name, JsonElement Data)> Event(StreamReader reader)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var name = (await reader.ReadLineAsync(deadline.Token))!["event: ".Length..];
        var data = JsonDocument.Parse((await reader.ReadLineAsync(deadline.Token))!["data: ".Length..]).RootElement;
        Assert.That(await reader.ReadLineAsync(deadline.Token), Is.Empty);
        return (name, data);
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
