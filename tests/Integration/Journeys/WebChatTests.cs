using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.Testing;

namespace Assistify.Integration.Journeys;

[TestFixture]
public sealed class WebChatTests
{
    private static HttpClient Http => Shared.System.Http;

    [Test]
    public async Task First_message_by_the_steps_of_the_readme_is_answered_with_its_source()
    {
        var visitor = await WebCustomer.Start(Http, new { name = "Ada", email = Shared.Confidential.Add("a visitor's e-mail", "ada.quokka@visitor.example") });
        var text = Shared.Confidential.Add("a visitor's text", "When are you open on Sunday, quokkasunday?");

        var answer = await visitor.Write(Http, new { text });

        using var _ = Assert.EnterMultipleScope();
        Assert.That(answer.GetProperty("conversationId").GetGuid(), Is.EqualTo(visitor.ConversationId));
        Assert.That(answer.GetProperty("message").GetProperty("text").GetString(), Is.EqualTo(text));
        var reply = answer.GetProperty("reply");
        Assert.That(reply.GetProperty("author").GetProperty("type").GetString(), Is.EqualTo("assistant"));
        Assert.That(reply.GetProperty("text").GetString(), Does.Contain("Sunday").IgnoreCase);
        Assert.That(reply.GetProperty("citations").GetArrayLength(), Is.GreaterThan(0));
        // An answer is confidential, but parts of it are the shop's own words: only the whole is searched for.
        Shared.Confidential.Add("an answer", reply.GetProperty("text").GetString()!);
    }

    [Test]
    public async Task Product_question_is_answered_with_cards()
    {
        var visitor = await WebCustomer.Start(Http);

        var answer = await visitor.Write(Http, new { text = "I am looking for a blue vase under 50 EUR" });

        var cards = answer.GetProperty("reply").GetProperty("cards").EnumerateArray().ToList();
        Assert.That(cards.Select(card => card.GetProperty("title").GetString()), Has.Some.Contains("vase").IgnoreCase);
        var price = cards[0].GetProperty("price");
        Assert.That(price.GetProperty("currency").GetString(), Is.EqualTo("EUR"));
        Assert.That(decimal.Parse(price.GetProperty("amount").GetString()!, System.Globalization.CultureInfo.InvariantCulture), Is.LessThan(50));
    }

    [Test]
    public async Task The_same_client_message_id_gets_the_same_message_and_reply_and_another_text_a_conflict()
    {
        var visitor = await WebCustomer.Start(Http);
        var clientMessageId = Guid.NewGuid().ToString();

        var first = await visitor.Write(Http, new { text = "Do you ship to Cyprus?", clientMessageId });
        var again = await visitor.Write(Http, new { text = "Do you ship to Cyprus?", clientMessageId });
        using var other = await Http.SendAsync(visitor.Request(HttpMethod.Post, "/api/messages/process_message", new { text = "Something else", clientMessageId }));

        using var _ = Assert.EnterMultipleScope();
        Assert.That(Id(again, "message"), Is.EqualTo(Id(first, "message")));
        Assert.That(Id(again, "reply"), Is.EqualTo(Id(first, "reply")));
        Assert.That((int)other.StatusCode, Is.EqualTo(409));
        Assert.That((await visitor.Messages(Http)).GetProperty("items").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Streamed_answer_grows_by_deltas_and_ends_with_the_stored_reply()
    {
        var visitor = await WebCustomer.Start(Http);
        using var request = visitor.Request(HttpMethod.Post, "/api/messages/process_message", new { text = "How do I return something?" });
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));

        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var events = await ReadEvents(await response.Content.ReadAsStreamAsync());

        Assert.That(events.Select(e => e.Name).First(), Is.EqualTo("message.accepted"));
        Assert.That(events[^1].Name, Is.EqualTo("reply.completed"));
        var deltas = events.Where(e => e.Name == "reply.delta").ToList();
        Assert.That(deltas, Is.Not.Empty);
        Assert.That(deltas.Select(e => e.Data.GetProperty("index").GetInt32()), Is.EqualTo(Enumerable.Range(0, deltas.Count)));
        Assert.That(string.Concat(deltas.Select(e => e.Data.GetProperty("text").GetString())).Trim(), Is.EqualTo(events[^1].Data.GetProperty("text").GetString()!.Trim()));
    }

    [Test]
    public async Task Asynchronous_call_gets_a_job_that_ends_with_the_reply()
    {
        var visitor = await WebCustomer.Start(Http);
        using var request = visitor.Request(HttpMethod.Post, "/api/messages/process_message", new { text = "How long does shipping take?" });
        request.Headers.Add("Prefer", "respond-async");

        using var accepted = await Http.SendAsync(request);

        Assert.That((int)accepted.StatusCode, Is.EqualTo(202));
        var job = default(JsonElement);
        await Eventually.IsTrue(async () =>
        {
            using var response = await Http.SendAsync(visitor.Request(HttpMethod.Get, accepted.Headers.Location!.ToString()));
            job = await response.Content.ReadFromJsonAsync<JsonElement>();
            return job.GetProperty("status").GetString() == "succeeded";
        });
        Assert.That(job.GetProperty("result").GetRawText(), Does.Contain("reply"));
    }

    [Test]
    public async Task Ideas_are_asked_for_and_come_as_a_job()
    {
        var visitor = await WebCustomer.Start(Http);

        using var accepted = await Http.SendAsync(visitor.Request(HttpMethod.Post, "/api/v1/ai/inspire", new { context = new { taste = "blue, a vase" } }));

        Assert.That((int)accepted.StatusCode, Is.EqualTo(202));
        var job = default(JsonElement);
        await Eventually.IsTrue(async () =>
        {
            using var response = await Http.SendAsync(visitor.Request(HttpMethod.Get, accepted.Headers.Location!.ToString()));
            job = await response.Content.ReadFromJsonAsync<JsonElement>();
            return job.GetProperty("status").GetString() == "succeeded";
        });
        Assert.That(job.GetProperty("kind").GetString(), Is.EqualTo("inspiration"));
        Assert.That(job.GetProperty("result").GetProperty("items").GetArrayLength(), Is.GreaterThan(0));
    }

    [Test]
    public async Task Customers_see_neither_classification_nor_model_and_operators_do()
    {
        var visitor = await WebCustomer.Start(Http);
        await visitor.Write(Http, new { text = "Are you open on Sunday?" });

        var customers = (await visitor.Messages(Http)).GetRawText();
        var operators = await Shared.System.Operator.Get<JsonElement>($"/api/messages/get_conversation_messages?conversationId={visitor.ConversationId}", CancellationToken.None);

        using var _ = Assert.EnterMultipleScope();
        Assert.That(customers, Does.Not.Contain("\"nlu\"").And.Not.Contain("\"model\"").And.Not.Contain("\"cost\""));
        Assert.That(operators.GetRawText(), Does.Contain("\"intent\"").And.Contain("\"model\""));
    }

    [Test]
    public async Task Figures_count_the_customers_messages()
    {
        var visitor = await WebCustomer.Start(Http);

        var answer = await visitor.Write(Http, new { text = "Do you ship to Cyprus?" });

        // Only its own moment: what other tests wrote may still be on its way to the figures.
        var from = answer.GetProperty("message").GetProperty("createdAt").GetDateTimeOffset();
        var window = $"from={from.UtcDateTime:O}&to={from.UtcDateTime.AddSeconds(1):O}";
        await Eventually.IsTrue(async () => await Count() == 1, TimeSpan.FromSeconds(60));

        async Task<int> Count()
        {
            var stats = await Shared.System.Operator.Get<JsonElement>($"/api/analytics/channel_stats?{window}", CancellationToken.None);
            return stats.GetProperty("totals").EnumerateArray().Where(total => total.GetProperty("key").GetString() == "web").Sum(total => total.GetProperty("count").GetInt32());
        }
    }

    private static string? Id(JsonElement answer, string part) => answer.GetProperty(part).GetProperty("id").GetString();

    private static async Task<List<(string Name, JsonElement Data)>> ReadEvents(Stream body)
    {
        var events = new List<(string, JsonElement)>();
        var name = "message";
        using var reader = new StreamReader(body);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event:", StringComparison.Ordinal)) name = line[6..].Trim();
            if (line.StartsWith("data:", StringComparison.Ordinal)) events.Add((name, JsonDocument.Parse(line[5..]).RootElement.Clone()));
        }

        return events;
    }
}
