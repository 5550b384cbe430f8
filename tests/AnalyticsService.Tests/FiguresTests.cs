using System.Net;
using System.Text.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using NUnit.Framework;

namespace Assistify.AnalyticsService.Tests;

internal sealed class FiguresTests
{
    private const string Range = "?from=2026-11-01&to=2026-11-11";
    private AnalyticsUnderTest _analytics = null!;

    [OneTimeSetUp]
    public void Start() => _analytics = new AnalyticsUnderTest();

    [SetUp]
    public Task Empty() => _analytics.Clear();

    [OneTimeTearDown]
    public async Task Stop() => await _analytics.DisposeAsync();

    [Test]
    public async Task Customers_messages_are_counted_by_channel_and_day_over_the_days_border()
    {
        await _analytics.Record(
            Some.Received("2026-11-02T23:59:59.999Z"), Some.Received("2026-11-03T00:00:00Z"), Some.Received("2026-11-03T01:30:00+02:00"),
            Some.Received("2026-11-03T12:00:00Z", "web"), Some.Received("2026-10-31T23:59:59Z"), Some.Received("2026-11-11T00:00:00Z"));

        var figure = await _analytics.Get("/channel_stats" + Range);

        Assert.That(figure.GetProperty("from").GetString(), Is.EqualTo("2026-11-01T00:00:00Z"));
        Assert.That(figure.GetProperty("to").GetString(), Is.EqualTo("2026-11-11T00:00:00Z"));
        Assert.That(figure.GetProperty("bucket").GetString(), Is.EqualTo("day"));
        Assert.That(Items(figure), Is.EqualTo(new[]
        {
            ("2026-11-02T00:00:00Z", "whatsapp", 2L), ("2026-11-03T00:00:00Z", "web", 1L), ("2026-11-03T00:00:00Z", "whatsapp", 1L),
        }));
        Assert.That(Totals(figure), Is.EqualTo(new[] { ("web", 1L), ("whatsapp", 3L) }));
    }

    [TestCase("hour", "2026-11-03T10:00:00Z")]
    [TestCase("day", "2026-11-03T00:00:00Z")]
    [TestCase("week", "2026-11-02T00:00:00Z")] // a Monday
    public async Task Buckets_begin_with_the_hour_the_day_or_the_week(string bucket, string start)
    {
        await _analytics.Record(Some.Received("2026-11-03T10:59:59Z"));

        Assert.That(Items(await _analytics.Get($"/channel_stats{Range}&bucket={bucket}")), Is.EqualTo(new[] { (start, "whatsapp", 1L) }));
    }

    [Test]
    public async Task Promises_are_counted_by_kind_with_those_that_were_kept()
    {
        await _analytics.Record(
            Promise("PromiseKept", "first_response"), Promise("PromiseKept", "first_response"), Promise("PromiseMissed", "first_response"),
            Promise("PromiseMissed", "resolution"));

        var figure = await _analytics.Get("/promises" + Range);

        Assert.That(Totals(figure), Is.EqualTo(new[] { ("first_response", 3L), ("resolution", 1L) }));
        Assert.That(figure.GetProperty("totals").EnumerateArray().Select(total => total.GetProperty("kept").GetInt64()), Is.EqualTo(new[] { 2L, 0L }));

        static RecordedEvent Promise(string type, string kind) => Some.Event(type, "2026-11-03T10:00:00Z", new EventDetails(Author.Agent, Status: kind));
    }

    [Test]
    public async Task Of_a_customers_ratings_of_a_conversation_the_last_one_counts()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        await _analytics.Record(
            Rated("2026-11-03T10:00:00Z", one, "2"), Rated("2026-11-03T10:01:00Z", one, "5"), Rated("2026-11-04T10:00:00Z", other, "5"),
            Rated("2026-11-05T10:00:00Z", Guid.NewGuid(), "1"));

        Assert.That(Totals(await _analytics.Get("/satisfaction" + Range)), Is.EqualTo(new[] { ("1", 1L), ("5", 2L) }));

        static RecordedEvent Rated(string at, Guid conversation, string score) =>
            Some.Event("Rate", at, new EventDetails(Author.Customer, Status: score), conversation: conversation);
    }

    [Test]
    public async Task What_is_recorded_twice_counts_once()
    {
        var message = Guid.NewGuid();
        var received = Some.Received("2026-11-03T10:00:00Z", message: message);
        var understood = Some.Understood("2026-11-03T10:00:01Z", message, "returns", "negative", -0.8);

        await _analytics.Record(received, received, understood);
        await _analytics.Record(received, understood);
        // Understood again for a later turn, under an id of its own.
        await _analytics.Record(Some.Understood("2026-11-03T10:00:02Z", message, "greeting", "positive", 0.9), Some.Received("2026-11-03T10:00:05Z", message: message));

        Assert.That(Totals(await _analytics.Get("/channel_stats" + Range)), Is.EqualTo(new[] { ("whatsapp", 1L) }));
        Assert.That(Totals(await _analytics.Get("/intent_stats" + Range)), Is.EqualTo(new[] { ("returns", 1L) }));
        var sentiment = await _analytics.Get("/sentiment_stats" + Range);
        Assert.That(Totals(sentiment), Is.EqualTo(new[] { ("negative", 1L) }));
        Assert.That(sentiment.GetProperty("totals")[0].GetProperty("averageScore").GetDouble(), Is.EqualTo(-0.8));
    }

    [Test]
    public async Task A_message_counts_on_the_day_it_was_received_however_late_it_is_understood([Values("MessagesUnderstood", "MessagesUnderstood")] string type)
    {
        var (late, web) = (Guid.NewGuid(), Guid.NewGuid());
        await _analytics.Record(
            Some.Received("2026-11-10T23:59:59Z", message: late), Some.Understood("2026-11-11T00:00:01Z", late, "returns", type: type),
            Some.Received("2026-11-04T10:00:00Z", "web", web), Some.Understood("2026-11-04T10:00:01Z", web, "greeting", channel: "web", type: type));

        Assert.That(Items(await _analytics.Get("/intent_stats" + Range)), Is.EqualTo(new[]
        {
            ("2026-11-04T00:00:00Z", "greeting", 1L), ("2026-11-10T00:00:00Z", "returns", 1L),
        }));
        Assert.That(Totals(await _analytics.Get($"/intent_stats{Range}&channel=web")), Is.EqualTo(new[] { ("greeting", 1L) }));
    }

    [Test]
    public async Task Response_times_have_exact_percentiles()
    {
        await _analytics.Record([.. Enumerable.Range(1, 100).Select(ms => Some.Answered("2026-11-03T10:00:00Z", ms))]);
        await _analytics.Record(Some.Answered("2026-11-04T10:00:00Z", 1000), Some.Answered("2026-11-04T10:00:00Z", waitMs: null));

        var figure = await _analytics.Get("/response_times" + Range);

        var day = figure.GetProperty("items")[0];
        Assert.That((day.GetProperty("count").GetInt64(), day.GetProperty("p50Ms").GetInt64(), day.GetProperty("p90Ms").GetInt64(), day.GetProperty("p99Ms").GetInt64()),
            Is.EqualTo((100L, 50L, 90L, 99L)));
        Assert.That(day.GetProperty("averageMs").GetInt64(), Is.EqualTo(51)); // 50.5
        var total = figure.GetProperty("totals")[0];
        Assert.That((total.GetProperty("key").GetString(), total.GetProperty("count").GetInt64(), total.GetProperty("averageMs").GetInt64()), Is.EqualTo(("whatsapp", 101L, 60L)));
    }

    [Test]
    public async Task Models_are_measured_with_what_they_cost()
    {
        await _analytics.Record(
            Some.Answered("2026-11-03T10:00:00Z", model: "big", latencyMs: 300, cost: 0.0012m), Some.Answered("2026-11-03T10:00:00Z", model: "big", latencyMs: 500, cost: 0.0034m),
            Some.Answered("2026-11-03T10:00:00Z", model: "offline", latencyMs: 3));

        var totals = (await _analytics.Get("/model_metrics" + Range)).GetProperty("totals");

        Assert.That(totals[0].GetProperty("key").GetString(), Is.EqualTo("big"));
        Assert.That(totals[0].GetProperty("averageLatencyMs").GetInt64(), Is.EqualTo(400));
        Assert.That(totals[0].GetProperty("cost").GetRawText(), Is.EqualTo("""{"amount":"0.0046","currency":"USD"}"""));
        Assert.That(totals[1].GetProperty("key").GetString(), Is.EqualTo("offline"));
        Assert.That(totals[1].TryGetProperty("cost", out _), Is.False);
    }

    [Test]
    public async Task What_operators_correct_is_measured_once_for_each_message()
    {
        var messages = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var message in messages) await _analytics.Record(Some.Received("2026-11-03T10:00:00Z", message: message), Some.Understood("2026-11-03T10:00:01Z", message, "shipping"));
        await _analytics.Record(
            Some.Corrected("2026-11-03T11:00:00Z", messages[0]), Some.Corrected("2026-11-03T12:00:00Z", messages[0]), Some.Corrected("2026-11-03T11:00:00Z", messages[1], "right"),
            Some.Corrected("2026-11-03T11:00:00Z", Guid.NewGuid()), Some.Corrected("2026-11-03T11:00:00Z", messages[2], workspace: Guid.NewGuid()));

        var total = (await _analytics.Get("/model_metrics" + Range)).GetProperty("totals").EnumerateArray().Single();
        var conversations = await _analytics.Get("/conversations" + Range);

        Assert.That((total.GetProperty("key").GetString(), total.GetProperty("count").GetInt64(), total.GetProperty("corrected").GetInt64()), Is.EqualTo(("intents", 4L, 1L)));
        Assert.That((total.GetProperty("accuracy").GetDouble(), total.GetProperty("averageConfidence").GetDouble(), total.GetProperty("drops").GetInt64()), Is.EqualTo((0.75, 0.5, 0L)));
        Assert.That(conversations.GetProperty("items").GetArrayLength(), Is.EqualTo(1), "a correction is no conversation");
    }

    [Test]
    public async Task The_funnel_follows_the_conversations_that_begin_in_the_range()
    {
        var (served, waiting, old) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var answer = Some.Answered("2026-11-03T10:00:01Z", conversation: served);
        await _analytics.Record(
            Some.Received("2026-11-03T10:00:00Z", conversation: served), Some.Received("2026-11-04T10:00:00Z", conversation: served), answer,
            Some.Event("DeliveryUpdated", "2026-11-03T10:00:02Z", new EventDetails(Status: "delivered"), message: answer.MessageId, conversation: served),
            Some.Event("TakeOver", "2026-11-04T10:00:00Z", conversation: served), Some.Event("Close", "2026-11-12T10:00:00Z", conversation: served),
            Some.Received("2026-11-03T11:00:00Z", conversation: waiting),
            Some.Received("2026-10-31T10:00:00Z", conversation: old), Some.Received("2026-11-03T10:00:00Z", conversation: old));

        var figure = await _analytics.Get("/funnel" + Range);

        Assert.That(Totals(figure), Is.EqualTo(new[] { ("received", 2L), ("answered", 1L), ("delivered", 1L), ("handed_over", 1L), ("closed", 1L) }));
        Assert.That(Items(figure).Select(i => i.Item1).Distinct(), Is.EqualTo(new[] { "2026-11-03T00:00:00Z" }));
    }

    [Test]
    public async Task Customers_who_stop_writing_are_counted_in_the_bucket_after()
    {
        var (stays, goes) = (Guid.NewGuid(), Guid.NewGuid());
        await _analytics.Record(
            Some.Received("2026-11-03T10:00:00Z", customer: stays), Some.Received("2026-11-04T10:00:00Z", customer: stays), Some.Received("2026-11-03T10:00:00Z", customer: goes),
            Some.Received("2026-10-25T10:00:00Z", customer: goes), Some.Received("2026-10-25T10:00:00Z", customer: Guid.NewGuid()));

        var figure = await _analytics.Get("/customers/churn" + Range);

        Assert.That(Items(figure), Is.EqualTo(new[] { ("2026-11-04T00:00:00Z", "whatsapp", 1L), ("2026-11-05T00:00:00Z", "whatsapp", 1L) }));
        Assert.That(figure.GetProperty("items")[0].GetProperty("activeBefore").GetInt64(), Is.EqualTo(2));
        Assert.That(Totals(figure), Is.EqualTo(new[] { ("whatsapp", 1L) }));
    }

    [Test]
    public async Task Nothing_is_invented_where_events_say_nothing()
    {
        await _analytics.Record(Some.Received("2026-11-03T10:00:00Z"));

        var figure = await _analytics.Get("/customers/lifetime_value" + Range);

        Assert.That(Items(figure), Is.Empty);
        Assert.That(Totals(figure), Is.Empty);
    }

    [TestCase("/channel_stats")]
    [TestCase("/intent_stats")]
    [TestCase("/sentiment_stats")]
    [TestCase("/response_times")]
    [TestCase("/model_metrics")]
    [TestCase("/funnel")]
    [TestCase("/customers/churn")]
    public async Task The_csv_has_what_the_json_has(string path)
    {
        await RecordSomeWeeks(seed: 5);

        var json = (await _analytics.Get($"{path}{Range}&bucket=day")).GetProperty("items");
        var csv = await _analytics.Csv($"{path}{Range}&bucket=day");

        var header = csv[0];
        Assert.That(header.Take(3), Is.EqualTo(new[] { "bucketStart", "key", "count" }));
        Assert.That(csv, Has.Length.EqualTo(json.GetArrayLength() + 1).And.Length.GreaterThan(5));
        foreach (var (item, row) in json.EnumerateArray().Zip(csv.Skip(1)))
            Assert.That(row, Is.EqualTo(header.Select(column => Text(item, column))));

        static string Text(JsonElement item, string column) => column switch
        {
            "cost" => item.TryGetProperty("cost", out var cost) ? cost.GetProperty("amount").GetString()! : "",
            "currency" => item.TryGetProperty("cost", out var cost) ? cost.GetProperty("currency").GetString()! : "",
            _ => item.TryGetProperty(column, out var value) ? value.ToString() : "",
        };
    }

    [Test]
    public async Task Figures_equal_a_count_by_hand([Values(1, 2, 3)] int seed)
    {
        var events = await RecordSomeWeeks(seed);
        var messages = events.Where(e => e.Type == "CustomerMessageReceived").DistinctBy(e => e.MessageId)
            .Where(e => e.OccurredAt >= Some.At("2026-11-01T00:00:00Z") && e.OccurredAt < Some.At("2026-11-11T00:00:00Z")).ToList();
        var intents = events.Where(e => e.Type == "MessagesUnderstood").DistinctBy(e => e.MessageId).ToDictionary(e => e.MessageId!.Value, e => e.Details.Intent!);

        var channels = messages.GroupBy(e => (Day: e.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'00:00:00'Z'", null), e.Channel))
            .Select(g => (g.Key.Day, g.Key.Channel, (long)g.Count()));
        var expected = messages.Where(e => intents.ContainsKey(e.MessageId!.Value)).GroupBy(e => intents[e.MessageId!.Value]).Select(g => (g.Key, (long)g.Count()));

        Assert.That(Items(await _analytics.Get("/channel_stats" + Range)), Is.EquivalentTo(channels));
        Assert.That(Totals(await _analytics.Get("/intent_stats" + Range)), Is.EquivalentTo(expected));
    }

    [Test]
    public async Task A_workspace_sees_only_its_own()
    {
        var (other, message) = (Guid.NewGuid(), Guid.NewGuid());
        await _analytics.Record(
            Some.Received("2026-11-03T10:00:00Z", message: message, workspace: other), Some.Understood("2026-11-03T10:00:00Z", message, "returns", workspace: other));
        using var theirs = _analytics.As(Roles.Owner, other);

        Assert.That(Totals(await _analytics.Get("/channel_stats" + Range)), Is.Empty);
        Assert.That(Totals(await _analytics.Get("/intent_stats" + Range)), Is.Empty);
        Assert.That((await _analytics.Get("/conversations" + Range)).GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That(await theirs.GetStringAsync("/api/analytics/channel_stats" + Range), Does.Contain("whatsapp"));
    }

    [Test]
    public async Task Only_operators_may_ask()
    {
        using var anonymous = _analytics.Anonymous();
        using var customer = _analytics.As(Roles.Customer, AnalyticsUnderTest.Workspace);

        using var unknown = await anonymous.GetAsync("/api/analytics/channel_stats");
        using var refused = await customer.GetAsync("/api/analytics/conversations");

        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("?from=yesterday", "from")]
    [TestCase("?to=2026-13-01", "to")]
    [TestCase("?from=2026-11-02&to=2026-11-01", "from")]
    [TestCase("?bucket=minute", "bucket")]
    [TestCase("?channel=pigeon", "channel")]
    [TestCase("?from=0001-01-01&to=0001-01-02&bucket=week&channel=%00", "channel")]
    public async Task A_wrong_query_is_refused_with_the_field(string query, string field)
    {
        foreach (var path in new[] { "channel_stats", "conversations", "funnel" })
        {
            using var response = await _analytics.Client.GetAsync($"/api/analytics/{path}{query}");
            var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(problem.GetProperty("errors").TryGetProperty(field, out _), Is.True);
        }
    }

    [TestCase("?from=0001-01-01&to=0001-01-03")]
    [TestCase("?from=9999-12-30&to=9999-12-31T23:59:59.9999999Z")]
    [TestCase("?from=1970-01-01T00:00:00Z&to=9000-01-01&bucket=hour")]
    [TestCase("/")]
    [TestCase("")]
    public async Task Any_range_can_be_asked_for(string query)
    {
        foreach (var path in new[] { "channel_stats", "intent_stats", "response_times", "funnel", "customers/churn", "model_metrics", "conversations" })
        {
            using var response = await _analytics.Client.GetAsync($"/api/analytics/{path}{query}");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        }
    }

    private async Task<List<RecordedEvent>> RecordSomeWeeks(int seed)
    {
        var random = new Random(seed);
        var events = new List<RecordedEvent>();
        for (var i = 0; i < 400; i++)
        {
            var at = Some.At("2026-10-25T00:00:00Z").AddMinutes(random.Next(24 * 60 * 24)).ToString("o");
            var channel = new[] { "web", "whatsapp", "telegram" }[random.Next(3)];
            var conversation = new Guid(random.Next(60), 0, 0, new byte[8]);
            var received = Some.Received(at, channel, conversation: conversation, customer: conversation);
            events.Add(received);
            if (random.Next(10) > 0) events.Add(Some.Understood(at, received.MessageId!.Value, $"intent{random.Next(4)}", "neutral", Math.Round(random.NextDouble(), 3), channel));
            if (random.Next(10) > 1)
                events.Add(Some.Answered(at, random.Next(2000), channel, $"model{random.Next(2)}", random.Next(300), random.Next(2) == 0 ? null : 0.001m * random.Next(9), conversation));
            if (random.Next(5) == 0) events.Add(events[random.Next(events.Count)]);
        }

        // In pieces, some at once and some again, as redeliveries come.
        await Task.WhenAll(events.Chunk(37).Select(piece => _analytics.Record(piece)));
        await _analytics.Record([.. events.Skip(100).Take(100)]);
        return events;
    }

    private static (string, string, long)[] Items(JsonElement figure) =>
        [.. figure.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("bucketStart").GetString()!, i.GetProperty("key").GetString()!, i.GetProperty("count").GetInt64()))];

    private static (string, long)[] Totals(JsonElement figure) =>
        [.. figure.GetProperty("totals").EnumerateArray().Select(i => (i.GetProperty("key").GetString()!, i.GetProperty("count").GetInt64()))];
}
