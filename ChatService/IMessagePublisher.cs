using System.Diagnostics;
using Assistify.ServiceDefaults;
using MassTransit;

namespace Assistify.ChatService;

/// <summary>The broker, as this service publishes to it.</summary>
internal interface IMessagePublisher
{
    /// <summary>Returns once the broker has the message safely.</summary>
    /// <exception cref="BrokerUnavailableException">It did not confirm in time; the message may still arrive once.</exception>
    Task Publish<T>(T message, CancellationToken cancellationToken, ActivityContext trace = default) where T : class;

    /// <summary>To every replica; may be lost, and then nothing breaks.</summary>
    Task Broadcast<T>(T message, CancellationToken cancellationToken) where T : class;
}

internal sealed class BrokerPublisher(IBus bus) : IMessagePublisher
{
    public Task Publish<T>(T message, CancellationToken cancellationToken, ActivityContext trace) where T : class =>
        bus.PublishConfirmed(message, cancellationToken, trace);

    public Task Broadcast<T>(T message, CancellationToken cancellationToken) where T : class =>
        bus.PublishTransient(message, cancellationToken);
}
