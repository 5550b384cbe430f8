using Assistify.Load.Channels;

namespace Assistify.Load.Chaos;

/// <summary>A message that a customer will write, and what became of sending it.</summary>
/// <param name="Phase">The kill around which it is sent.</param>
/// <param name="Delay">After the phase began.</param>
/// <param name="WithoutWaiting">Sent while the customer's message before it may still be under way.</param>
/// <param name="AtOnce">So many requests with the same id at the same time.</param>
/// <param name="Again">So many times more after it was answered 200.</param>
internal sealed record PlannedMessage(
    int Customer, CustomerMessage Message, string Text, int Phase, TimeSpan Delay, bool WithoutWaiting, int AtOnce, int Again)
{
    private long _firstSent = long.MaxValue;
    private long _acknowledged = long.MaxValue;

    /// <summary>As Assistify gives it out.</summary>
    public string Sid => Message.StoredId;

    /// <summary>Stopwatch stamps; <see cref="long.MaxValue"/> where it did not happen.</summary>
    public long FirstSent => Volatile.Read(ref _firstSent);

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public bool IsAcknowledged => Acknowledged != long.MaxValue;

    public void Sent(long stamp) => Lower(ref _firstSent, stamp);

    public void Acknowledge(long stamp) => Lower(ref _acknowledged, stamp);

    private static void Lower(ref long value, long candidate)
    {
        for (var current = Volatile.Read(ref value); candidate < current;)
        {
            var seen = Interlocked.CompareExchange(ref value, candidate, current);
            if (seen == current) return;
            current = seen;
        }
    }
}
