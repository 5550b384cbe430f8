using System.Diagnostics;
using Assistify.ServiceDefaults;
using MassTransit;

namespace Assistify.ChannelService;

/// <summary>The boundary to the broker: a message that it confirmed is safe.</summary>
internal interface IBroker
{
    /// <exception cref="BrokerUnavailableException">Not confirmed in time; it may still arrive once.</exception>
    Task Publish<T>(T message, ActivityContext trace, CancellationToken cancellationToken) where T : class;
}

internal sealed class MassTransitBroker(IBus bus) : IBroker
{
    public Task Publish<T>(T message, ActivityContext trace, CancellationToken cancellationToken) where T : class =>
        bus.PublishConfirmed(message, cancellationToken, trace);
}
