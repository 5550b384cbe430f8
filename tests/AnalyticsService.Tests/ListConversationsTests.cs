using System.Net;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AnalyticsService.Tests;

internal sealed class ListConversationsTests
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
    public async Task A_conversation_is_one_row_with_what_happened_in_it()
    {
        var message = Guid.NewGuid();
        var first = Some.Answered("2026-11-03T10:00:01Z", 900);
        await _analytics.Record(
            Some.Received("2026-11-03T10:00:00Z", message: message), Some.Understood("2026-11-03T10:00:01Z", message, "returns", "negative", -0.5), first,
            Some.Answered("2026-11-03T10:05:00Z", 300),
            Some.Event("DeliveryUpdated", "2026-11-03T10:00:02Z", new EventDetails(Status: "sent"), message: first.MessageId),
            Some.Event("DeliveryUpdated", "2026-11-03T10:00:03Z", new EventDetails(Status: "delivered"), message: first.MessageId),
            Some.Event("DeliveryUpdated", "2026-11-03T10:00:04Z", new EventDetails(Status: "read"), message: first.MessageId),
            // An answer that nobody wanted any more is no message.
            Some.Event("ReplyGenerated", "2026-11-03T10:00:05Z", new EventDetails(Author.Assistant, Model: "offline", Status: "superseded")),
            Some.Event("TakeOver", "2026-11-03T10:06:00Z"), Some.Event("OperatorReply", "2026-11-03T10:07:00Z", new EventDetails(Author.Agent)));

        var row = (await _analytics.Get("/conversations" + Range)).GetProperty("items").EnumerateArray().Single();

        Assert.That(row.GetProperty("conversationId").GetGuid(), Is.EqualTo(Some.Conversation));
        Assert.That(row.GetProperty("customerId").GetGuid(), Is.EqualTo(Some.Customer));
        Assert.That(row.GetProperty("channel").GetString(), Is.EqualTo("whatsapp"));
        Assert.That(row.GetProperty("startedAt").GetString(), Is.EqualTo("2026-11-03T10:00:00Z"));
        Assert.That(row.GetProperty("lastActivityAt").GetString(), Is.EqualTo("2026-11-03T10:07:00Z"));
        Assert.That(row.GetProperty("customerMessages").GetInt64(), Is.EqualTo(1));
        Assert.That(row.GetProperty("assistantMessages").GetInt64(), Is.EqualTo(2));
        Assert.That(row.GetProperty("agentMessages").GetInt64(), Is.EqualTo(1));
        Assert.That(row.GetProperty("deliveredMessages").GetInt64(), Is.EqualTo(1));
        Assert.That(row.GetProperty("handedOver").GetBoolean(), Is.True);
        Assert.That(row.GetProperty("closed").GetBoolean(), Is.False);
        Assert.That(row.GetProperty("firstResponseMs").GetInt64(), Is.EqualTo(900));
        Assert.That(row.GetProperty("averageResponseMs").GetInt64(), Is.EqualTo(600));
        Assert.That(row.GetProperty("mainIntent").GetString(), Is.EqualTo("returns"));
        Assert.That(row.GetProperty("lastSentiment").GetString(), Is.EqualTo("negative"));
    }

    [Test]
    public async Task Pages_show_every_conversation_once_and_csv_shows_all()
    {
        var conversations = Enumerable.Range(1, 7).Select(i => Guid.CreateVersion7(Some.At("2026-11-03T10:00:00Z").AddMinutes(i))).ToArray();
        await _analytics.Record([.. conversations.SelectMany(id => new[] { Some.Received("2026-11-03T12:00:00Z", conversation: id), Some.Received("2026-11-03T13:00:00Z", conversation: id) })]);

        var seen = new List<Guid>();
        string? next = null;
        do
        {
            var page = await _analytics.Get($"/conversations{Range}&limit=3{(next is null ? "" : $"&cursor={next}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("conversationId").GetGuid()));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null);
        var csv = await _analytics.Csv("/conversations" + Range);

        Assert.That(seen, Is.EqualTo(conversations.Reverse()));
        Assert.That(csv[0][0], Is.EqualTo("conversationId"));
        Assert.That(csv.Skip(1).Select(row => Guid.Parse(row[0])), Is.EqualTo(seen));
    }

    [TestCase("limit=0")]
    [TestCase("limit=1000")]
    [TestCase("cursor=first")]
    public async Task A_wrong_page_is_refused(string query)
    {
        using var response = await _analytics.Client.GetAsync($"/api/analytics/conversations?{query}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
