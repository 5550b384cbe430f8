using Assistify.Contracts;
using MassTransit;

namespace Assistify.AnalyticsService.Events;

/// <summary>Appends what happened to the event log.</summary>
public sealed class EventsRecordedConsumer(EventLog log) : IConsumer<EventsRecorded>
{
    public Task Consume(ConsumeContext<EventsRecorded> context) => log.Append(context.Message, context.CancellationToken);
}
