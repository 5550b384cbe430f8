using Assistify.Contracts;
using Assistify.ServiceDefaults;
using MassTransit;

namespace Assistify.AnalyticsService.Alerts;

/// <summary>Tells the people of a workspace that something does worse than before.</summary>
internal interface IQualityAlerts
{
    Task Tell(QualityDropped dropped, CancellationToken cancellationToken);
}

/// <summary>Over the bus to those who are at their screens; the figures show it to the others.</summary>
internal sealed class BusQualityAlerts(IBus bus) : IQualityAlerts
{
    public Task Tell(QualityDropped dropped, CancellationToken cancellationToken) => bus.PublishTransient(dropped, cancellationToken);
}
