using System.Collections.Concurrent;
using System.Threading.Channels;
using Assistify.ChatService.Conversations;
using Assistify.Contracts;

namespace Assistify.ChatService.Live;

/// <summary>
/// Tells those who wait in this replica that a conversation changed. Only a hint: whoever waits reads the database, and
/// looks once a second without any.
/// </summary>
internal sealed class ChangeHints(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, List<Watch>> _watches = new();

    /// <summary>Identifies this replica, which need not be told what it did.</summary>
    public Guid Origin { get; } = Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Every change that comes to be known here.</summary>
    public event Action<IReadOnlyList<ConversationChange>>? Raised;

    public void Raise(IReadOnlyList<ConversationChange> changes)
    {
        if (changes.Count == 0) return;
        Raised?.Invoke(changes);
        if (_watches.IsEmpty) return;
        foreach (var change in changes) Tell(change.ConversationId, LiveEvent.Changed);
    }

    public void Raise(ReplyDelta delta) => Tell(delta.ConversationId, new LiveEvent(delta, null));

    public void Raise(ReplyReset reset) => Tell(reset.ConversationId, new LiveEvent(null, reset));

    /// <summary>Watch before acting, so that no hint is missed; dispose when done.</summary>
    public Watch On(Guid conversationId)
    {
        var watch = new Watch(this, conversationId);
        while (true)
        {
            var watches = _watches.GetOrAdd(conversationId, static _ => []);
            lock (watches)
            {
                // An emptied list was taken out of the dictionary and hears nothing anymore.
                if (!_watches.TryGetValue(conversationId, out var current) || current != watches) continue;
                watches.Add(watch);
                return watch;
            }
        }
    }

    private void Tell(Guid conversationId, LiveEvent live)
    {
        if (!_watches.TryGetValue(conversationId, out var watches)) return;
        lock (watches)
        {
            foreach (var watch in watches) watch.Tell(live);
        }
    }

    private void Remove(Watch watch)
    {
        if (!_watches.TryGetValue(watch.ConversationId, out var watches)) return;
        lock (watches)
        {
            watches.Remove(watch);
            if (watches.Count == 0) _watches.TryRemove(new KeyValuePair<Guid, List<Watch>>(watch.ConversationId, watches));
        }
    }

    internal sealed class Watch(ChangeHints hints, Guid conversationId) : IDisposable
    {
        private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(
            new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public Guid ConversationId => conversationId;

        public void Tell(LiveEvent live) => _events.Writer.TryWrite(live);

        /// <returns>The next event; a change, for the sake of looking, when none comes in time.</returns>
        public async Task<LiveEvent> Next(TimeSpan timeout, CancellationToken cancellationToken)
        {
            if (_events.Reader.TryRead(out var ready)) return ready;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(timeout);
            try
            {
                return await _events.Reader.ReadAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return LiveEvent.Changed;
            }
        }

        public void Dispose() => hints.Remove(this);
    }
}

/// <summary>A change (neither), a piece of an answer, or its withdrawal.</summary>
internal sealed record LiveEvent(ReplyDelta? Delta, ReplyReset? Reset)
{
    public static readonly LiveEvent Changed = new(null, null);

    public bool IsChange => Delta is null && Reset is null;
}
