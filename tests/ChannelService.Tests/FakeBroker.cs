using System.Collections.Concurrent;
using System.Diagnostics;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Tests;

/// <summary>A broker that remembers what it confirmed, has an error queue, and can be away.</summary>
internal sealed class FakeBroker : IBroker, IErrorQueues
{
    public List<DeadMessage> Dead { get; } = [];

    public List<Guid> Replayed { get; } = [];

    private readonly ConcurrentQueue<object> _published = new();

    public bool IsAway { get; set; }

    public IReadOnlyList<CustomerMessageReceived> Messages => [.. _published.OfType<CustomerMessageReceived>()];

    /// <summary>What went the way together.</summary>
    public ConcurrentQueue<CustomerMessagesReceived> Batches { get; } = new();

    public IReadOnlyList<object> Published => [.. _published];

    public IReadOnlyList<DeliveryUpdated> Updates => [.. _published.OfType<DeliveryUpdated>()];

    public Task Publish(object message, ActivityContext trace, CancellationToken cancellationToken)
    {
        if (IsAway) throw new BrokerUnavailableException();
        // Whoever consumes them knows single messages only.
        if (message is not CustomerMessagesReceived together)
        {
            _published.Enqueue(message);
            return Task.CompletedTask;
        }

        Batches.Enqueue(together);
        foreach (var single in together.Messages) _published.Enqueue(single);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DeadMessage>> Peek(CancellationToken cancellationToken) =>
        IsAway ? throw new BrokerUnavailableException() : Task.FromResult<IReadOnlyList<DeadMessage>>([.. Dead]);

    public Task<bool> Replay(Guid id, CancellationToken cancellationToken)
    {
        Replayed.Add(id);
        return Drop(id, cancellationToken);
    }

    public Task<bool> Drop(Guid id, CancellationToken cancellationToken) => Task.FromResult(Dead.RemoveAll(message => message.Id == id) > 0);
}
