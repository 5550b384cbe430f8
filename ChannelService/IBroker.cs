using System.Diagnostics;
using Assistify.ServiceDefaults;
using MassTransit;

namespace Assistify.ChannelService;

/// <summary>The boundary to the broker: a message that it confirmed is safe.</summary>
internal interface IBroker
{
    /// <exception cref="BrokerUnavailableException">Not confirmed in time; it may still arrive once.</exception>
    Task Publish(object message, ActivityContext trace, CancellationToken cancellationToken);
}

internal sealed class MassTransitBroker(IBus bus) : IBroker
{
    public Task Publish(object message, ActivityContext trace, CancellationToken cancellationToken) =>
        bus.PublishConfirmed(message, cancellationToken, trace);
}
