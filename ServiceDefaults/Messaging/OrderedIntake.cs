using System.Runtime.CompilerServices;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Puts the messages of one queue back into the order in which the broker delivered them. The bus hands messages out in
/// parallel; the broker numbers the deliveries of a channel 1, 2, 3 …, so each waits until its predecessors were offered
/// or were finished without being offered (unreadable ones).
/// </summary>
/// <param name="forward">Called in delivery order, never concurrently.</param>
/// <param name="drop">Called with what was not finished when its channel closed: the broker delivers it again.</param>
internal sealed class OrderedIntake<T>(Action<T> forward, Action<T> drop) where T : class
{
    private readonly Lock _lock = new();

    // Late deliveries of a channel that broke overlap with its successor's, so each channel has a line of its own, as long as it lives.
    private readonly ConditionalWeakTable<object, Line> _lines = [];

    /// <summary>Offers the delivery's content; it is forwarded as soon as its turn comes, perhaps at once.</summary>
    /// <param name="channel">The channel it came through, by reference; the broker counts each channel's deliveries from 1.</param>
    public void Offer(object channel, ulong delivery, T item) => Advance(channel, delivery, item);

    /// <summary>The delivery is over, offered or not.</summary>
    public void Finish(object channel, ulong delivery)
    {
        Advance(channel, delivery, null);
        lock (_lock)
            _lines.GetOrCreateValue(channel).Unfinished.Remove(delivery);
    }

    /// <summary>
    /// The channel is closed. All that is not finished is dropped, and what is offered from here on: some of its deliveries may
    /// never be offered, others would wait for it, and the broker's client waits for all of them before it says that its connection is gone.
    /// </summary>
    public void Abandon(object channel)
    {
        lock (_lock)
        {
            var line = _lines.GetOrCreateValue(channel);
            line.IsAbandoned = true;
            line.Waiting.Clear();
            foreach (var item in line.Unfinished.Values)
                drop(item);
            line.Unfinished.Clear();
        }
    }

    private void Advance(object channel, ulong delivery, T? item)
    {
        lock (_lock)
        {
            var line = _lines.GetOrCreateValue(channel);
            if (line.IsAbandoned)
            {
                if (item is not null)
                    drop(item);
                return;
            }

            if (item is not null)
                line.Unfinished[delivery] = item;
            if (delivery < line.Next)
            {
                // Offered again by a retry inside the bus, or finished after it was offered.
                if (item is not null)
                    forward(item);
                return;
            }

            if (!line.Waiting.TryAdd(delivery, item))
                return;
            while (line.Waiting.Remove(line.Next, out var turn))
            {
                line.Next++;
                if (turn is not null)
                    forward(turn);
            }
        }
    }

    private sealed class Line
    {
        public ulong Next { get; set; } = 1;
        public Dictionary<ulong, T?> Waiting { get; } = [];
        public Dictionary<ulong, T> Unfinished { get; } = [];
        public bool IsAbandoned { get; set; }
    }
}
