using System.Collections.Concurrent;
using System.Diagnostics;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Tests;

/// <summary>A broker that remembers what it confirmed, and can be away.</summary>
internal sealed class FakeBroker : IBroker
{
    private readonly ConcurrentQueue<object> _published = new();

    public bool IsAway { get; set; }

    public IReadOnlyList<CustomerMessageReceived> Messages => [.. _published.OfType<CustomerMessageReceived>()];

    public IReadOnlyList<object> Published => [.. _published];

    public IReadOnlyList<DeliveryUpdated> Updates => [.. _published.OfType<DeliveryUpdated>()];

    public Task Publish(object message, ActivityContext trace, CancellationToken cancellationToken)
    {
        if (IsAway) throw new BrokerUnavailableException();
        _published.Enqueue(message);
        return Task.CompletedTask;
    }
}
