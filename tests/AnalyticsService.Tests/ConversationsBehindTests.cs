using System.Net;
using System.Text.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using NUnit.Framework;

namespace Assistify.AnalyticsService.Tests;

/// <summary>Every number opens the conversations that it counts, and together they are the number.</summary>
internal sealed class ConversationsBehindTests
{
    private const string Range = "from=2026-11-01&to=2026-11-11";
    private static readonly string[] s_figures = ["channel_stats", "intent_stats", "sentiment_stats", "response_times", "model_metrics", "promises", "satisfaction", "funnel"];
    private AnalyticsUnderTest _analytics = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _analytics = new AnalyticsUnderTest();
        await _analytics.Clear();
        await _analytics.Record(
        [
            .. Conversation("2026-11-03", "whatsapp", "returns", "negative"), .. Conversation("2026-11-04", "web", "shipping", "neutral"),
            .. Conversation("2026-11-05", "web", "shipping", "positive"), .. Conversation("2026-10-20", "web", "shipping", "positive"),
            .. Untouched("2026-11-06"),
        ]);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _analytics.DisposeAsync();

    [TestCaseSource(nameof(s_figures))]
    public async Task A_number_is_the_sum_of_its_rows(string figure)
    {
        foreach (var channel in new[] { "", "&channel=web" })
        {
            var totals = (await _analytics.Get($"/{figure}?{Range}{channel}")).GetProperty("totals").EnumerateArray().ToList();
            Assert.That(totals, Is.Not.Empty);
            foreach (var total in totals)
            {
                // The intents' own line is about messages of no answer, and is not opened.
                if (total.GetProperty("key").GetString() is not { } key || key == "intents") continue;
                await Matches($"figure={figure}&key={key}{channel}", total.GetProperty("count").GetInt64());
                if (total.TryGetProperty("kept", out var kept)) await Matches($"figure=promises_kept&key={key}{channel}", kept.GetInt64());
            }
        }
    }

    [Test]
    public async Task Who_was_not_handed_over_was_kept()
    {
        var totals = (await _analytics.Get($"/funnel?{Range}")).GetProperty("totals").EnumerateArray()
            .ToDictionary(total => total.GetProperty("key").GetString()!, total => total.GetProperty("count").GetInt64());

        await Matches("figure=funnel&key=kept", totals["received"] - totals["handed_over"]);
    }

    [Test]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        var all = await Behind("figure=channel_stats");
        var first = await Behind("figure=channel_stats&limit=2");
        var second = await Behind("figure=channel_stats&limit=2&skip=2");

        Assert.That(Ids(first).Concat(Ids(second)), Is.EqualTo(Ids(all)));
        var beyond = await Behind("figure=channel_stats&skip=1000");
        Assert.That(Ids(beyond), Is.Empty);
        foreach (var page in new[] { first, second, beyond }) Assert.That(page.GetProperty("total").GetInt64(), Is.EqualTo(all.GetProperty("total").GetInt64()));
    }

    [Test]
    public async Task Another_workspaces_conversations_are_not_there()
    {
        using var stranger = _analytics.As(Roles.Owner, Guid.NewGuid());
        var answer = JsonDocument.Parse(await stranger.GetStringAsync($"/api/analytics/behind?figure=channel_stats&{Range}")).RootElement;

        Assert.That((answer.GetProperty("total").GetInt64(), answer.GetProperty("items").GetArrayLength()), Is.EqualTo((0L, 0)));
    }

    [TestCase("")]
    [TestCase("figure=customers/churn")]
    [TestCase("figure=funnel&limit=0")]
    [TestCase("figure=funnel&skip=x")]
    [TestCase("figure=funnel&from=2026-11-02&to=2026-11-01")]
    public async Task A_wrong_question_is_refused(string query)
    {
        using var response = await _analytics.Client.GetAsync($"/api/analytics/behind?{query}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private async Task Matches(string query, long count)
    {
        var behind = await Behind(query);
        Assert.That(behind.GetProperty("items").EnumerateArray().Sum(row => row.GetProperty("count").GetInt64()), Is.EqualTo(count), query);
        Assert.That(behind.GetProperty("total").GetInt64(), Is.EqualTo(count), query);
        Assert.That(behind.GetProperty("conversations").GetInt64(), Is.EqualTo(Ids(behind).Distinct().Count()), query);
    }

    private Task<JsonElement> Behind(string query) => _analytics.Get($"/behind?{query}&{Range}");

    private static List<Guid> Ids(JsonElement behind) => [.. behind.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("conversationId").GetGuid())];

    /// <summary>With everything that is counted, some of it more than once.</summary>
    private static List<RecordedEvent> Conversation(string day, string channel, string intent, string sentiment)
    {
        var id = Guid.NewGuid();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        return
        [
            Some.Received($"{day}T10:00:00Z", channel, first, conversation: id), Some.Understood($"{day}T10:00:01Z", first, intent, sentiment, channel: channel),
            Some.Received($"{day}T10:05:00Z", channel, second, conversation: id), Some.Understood($"{day}T10:05:01Z", second, intent, sentiment, channel: channel),
            Some.Answered($"{day}T10:00:02Z", 900, channel, conversation: id), Some.Answered($"{day}T10:05:02Z", 300, channel, conversation: id),
            Of("DeliveryUpdated", "10:00:03", new EventDetails(Status: "delivered")), Of("TakeOver", "10:06:00", new EventDetails()),
            Of("PromiseKept", "10:07:00", new EventDetails(Author.Agent, Status: "first_response")), Of("PromiseMissed", "10:08:00", new EventDetails(Author.Agent, Status: "resolution")),
            Of("Close", "10:09:00", new EventDetails()), Of("Rate", "10:10:00", new EventDetails(Author.Customer, Status: "2")),
            Of("Rate", "10:11:00", new EventDetails(Author.Customer, Status: "4")),
        ];

        RecordedEvent Of(string type, string time, EventDetails details) => Some.Event(type, $"{day}T{time}Z", details, channel, Guid.NewGuid(), conversation: id);
    }

    private static List<RecordedEvent> Untouched(string day) => [Some.Received($"{day}T10:00:00Z", "web", conversation: Guid.NewGuid())];
}
