using Assistify.AnalyticsService.Events;
using Assistify.Contracts;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AnalyticsService.Tests;

internal sealed class EventsRecordedConsumerTests
{
    [Test]
    public async Task What_travels_the_bus_is_in_the_figures_once_however_often_it_is_delivered()
    {
        await using var analytics = new AnalyticsUnderTest();
        await analytics.Clear();
        await using var services = new ServiceCollection()
            .AddSingleton(analytics.Log)
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30));
                bus.AddConsumer<EventsRecordedConsumer>();
            })
            .BuildServiceProvider(true);
        var harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        var batches = Enumerable.Range(0, 30)
            .Select(_ => new EventsRecorded([.. Enumerable.Range(0, 5).Select(_ => Some.Received("2026-11-03T10:00:00+01:00"))])).ToArray();

        await Task.WhenAll(batches.Concat(batches).Select(batch => harness.Bus.Publish(batch)));
        var consumed = 0;
        await foreach (var _ in harness.Consumed.SelectAsync<EventsRecorded>())
            if (++consumed == 60) break;

        var figure = await analytics.Get("/channel_stats?from=2026-11-03&to=2026-11-04&bucket=hour");
        Assert.That(figure.GetProperty("items").GetRawText(), Is.EqualTo("""[{"bucketStart":"2026-11-03T09:00:00Z","key":"whatsapp","count":150}]"""));
        Assert.That(harness.Published.Select<Fault<EventsRecorded>>(), Is.Empty);
    }

    [Test]
    public async Task Every_part_of_an_event_is_kept()
    {
        await using var analytics = new AnalyticsUnderTest();
        var full = new RecordedEvent(
            Guid.NewGuid(), "ReplyGenerated", AnalyticsUnderTest.Workspace, Some.Conversation, Some.Customer, "web", Guid.NewGuid(), Some.At("2026-11-03T10:00:00.123456Z"),
            new EventDetails(Author.Agent, "returns", 0.75, "negative", -0.5, "pt-BR", "big", 12, 0.00021m, "USD", "stored", "63016", Guid.NewGuid(), 34, Guid.NewGuid()));

        await analytics.Record(full);

        var row = await analytics.Row(
            """
            select concat_ws('|', event_id, type, workspace_id, conversation_id, customer_id, channel, message_id, author, intent, confidence, sentiment, sentiment_score,
                language, model, latency_ms, cost, currency, status, error_code, in_reply_to, wait_ms, operator_id, occurred_at = '2026-11-03T10:00:00.123456Z') from events
            """);
        Assert.That(row, Is.EqualTo(
            $"{full.EventId}|ReplyGenerated|{full.WorkspaceId}|{full.ConversationId}|{full.CustomerId}|web|{full.MessageId}|agent|returns|0.75|negative|-0.5|pt-BR|big|12|0.00021|USD|stored|63016|{full.Details.InReplyTo}|34|{full.Details.OperatorId}|t"));
    }
}
