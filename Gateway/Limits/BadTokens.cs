using System.Net;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.Gateway.Limits;

/// <summary>
/// Checking a signature costs more than any other refusal, so an address that keeps sending bad tokens has to wait. Only bad ones
/// count: many people behind one address are no attack. Each gateway counts for itself.
/// </summary>
internal sealed class BadTokens(TimeProvider time)
{
    private const int PerSecond = 50;
    private readonly RecentTokens<Count> _counts = new(10_000);

    public bool TooMany(IPAddress? address) => _counts.TryGet($"{address}", out var count) && count.IsFull(time.GetTimestamp() / time.TimestampFrequency);

    public void Add(IPAddress? address)
    {
        var key = $"{address}";
        if (!_counts.TryGet(key, out var count)) _counts.Set(key, count = new Count());
        count.Add(time.GetTimestamp() / time.TimestampFrequency);
    }

    private sealed class Count
    {
        private readonly Lock _lock = new();
        private long _second;
        private int _bad;

        public bool IsFull(long second)
        {
            lock (_lock) return _second == second && _bad >= PerSecond;
        }

        public void Add(long second)
        {
            lock (_lock)
            {
                if (_second != second) (_second, _bad) = (second, 0);
                _bad++;
            }
        }
    }
}
