using System.Runtime.CompilerServices;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Puts the messages of one queue back into the order in which the broker delivered them. The bus hands messages out in
/// parallel; the broker numbers the deliveries of a channel 1, 2, 3 …, so each waits until its predecessors were offered
/// or were finished without being offered (unreadable ones).
/// </summary>
/// <param name="forward">Called in delivery order, never concurrently.</param>
/// <param name="drop">Called with what the broker will deliver again elsewhere, since its channel closed before its turn came.</param>
internal sealed class OrderedIntake<T>(Action<T> forward, Action<T> drop) where T : class
{
    private readonly Lock _lock = new();

    // Late deliveries of a channel that broke overlap with its successor's, so each channel has a line of its own, as long as it lives.
    private readonly ConditionalWeakTable<object, Line> _lines = [];

    /// <summary>Offers the delivery's content; it is forwarded as soon as its turn comes, perhaps at once.</summary>
    /// <param name="channel">The channel it came through, by reference; the broker counts each channel's deliveries from 1.</param>
    public void Offer(object channel, ulong delivery, T item) => Advance(channel, delivery, item);

    /// <summary>The delivery is over. Has no effect if it was offered.</summary>
    public void Finish(object channel, ulong delivery) => Advance(channel, delivery, null);

    /// <summary>
    /// The channel is closed. Some of its deliveries may never be offered, so those that wait for them, and those offered from here on, are dropped.
    /// </summary>
    public void Abandon(object channel)
    {
        lock (_lock)
        {
            var line = _lines.GetOrCreateValue(channel);
            line.IsAbandoned = true;
            foreach (var item in line.Waiting.Values)
            {
                if (item is not null)
                    drop(item);
            }

            line.Waiting.Clear();
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
        public bool IsAbandoned { get; set; }
    }
}
