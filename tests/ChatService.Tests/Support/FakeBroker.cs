using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Live;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Tests.Support;

/// <summary>
/// Remembers what was published, hands what belongs to a partition to its handler, and lets a test play the assistant.
/// </summary>
internal sealed class FakeBroker(Func<IPartitionHandler> handler) : IMessagePublisher, IAsyncDisposable
{
    private readonly Channel<PartitionMessage> _queue = Channel.CreateUnbounded<PartitionMessage>();
    private Task? _worker;

    public ConcurrentQueue<object> Published { get; } = new();

    /// <summary>While true, nothing is confirmed.</summary>
    public bool IsAway { get; set; }

    /// <summary>What the assistant does with a request; by default nothing.</summary>
    public Func<ReplyRequested, Task>? Assistant { get; set; }

    public IEnumerable<T> All<T>() => Published.OfType<T>();

    public IEnumerable<RecordedEvent> Events => All<EventsRecorded>().SelectMany(e => e.Events);

    public Task Publish<T>(T message, CancellationToken cancellationToken, ActivityContext trace = default) where T : class
    {
        if (IsAway) throw new BrokerUnavailableException();
        Published.Enqueue(message);
        if (message is IPartitioned partitioned)
        {
            _queue.Writer.TryWrite(new PartitionMessage(message, partitioned.Partition, default));
            lock (_queue) _worker ??= Task.Run(Work, CancellationToken.None);
        }
        else if (message is ReplyRequested request && Assistant is { } assistant)
        {
            _ = Task.Run(() => assistant(request), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task Broadcast<T>(T message, CancellationToken cancellationToken) where T : class
    {
        Published.Enqueue(message);
        return Task.CompletedTask;
    }

    private async Task Work()
    {
        await foreach (var first in _queue.Reader.ReadAllAsync())
        {
            var batch = new List<PartitionMessage> { first };
            while (batch.Count < 50 && _queue.Reader.TryRead(out var next)) batch.Add(next);
            await handler().Handle(batch, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (_worker is not null) await _worker;
    }
}
