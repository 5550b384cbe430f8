namespace Assistify.ServiceDefaults;

/// <summary>
/// Puts the messages of one queue back into the order in which the broker delivered them. The bus hands messages out in
/// parallel; the broker numbers the deliveries of a channel 1, 2, 3 …, so each waits until its predecessors were offered
/// or were finished without being offered (unreadable ones).
/// </summary>
/// <param name="forward">Called in delivery order, never concurrently.</param>
internal sealed class OrderedIntake<T>(Action<T> forward) where T : class
{
    // Late deliveries of a channel that broke overlap with its successor's, so each channel has a line of its own.
    private const int LinesKept = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, Line> _lines = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<object> _channels = [];

    /// <summary>Offers the delivery's content; it is forwarded as soon as its turn comes, perhaps at once.</summary>
    /// <param name="channel">The channel it came through, by reference; the broker counts each channel's deliveries from 1.</param>
    public void Offer(object channel, ulong delivery, T item) => Advance(channel, delivery, item);

    /// <summary>The delivery is over. Has no effect if it was offered.</summary>
    public void Finish(object channel, ulong delivery) => Advance(channel, delivery, null);

    private void Advance(object channel, ulong delivery, T? item)
    {
        lock (_lock)
        {
            var line = LineOf(channel);
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

    private Line LineOf(object channel)
    {
        if (_lines.TryGetValue(channel, out var line))
            return line;

        if (_channels.Count == LinesKept)
            _lines.Remove(_channels.Dequeue());
        _channels.Enqueue(channel);
        return _lines[channel] = new Line();
    }

    private sealed class Line
    {
        public ulong Next { get; set; } = 1;
        public Dictionary<ulong, T?> Waiting { get; } = [];
    }
}
