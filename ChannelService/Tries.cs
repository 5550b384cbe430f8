using System.Collections.Concurrent;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService;

/// <summary>Counts what may be tried so often in a time: in Redis for all replicas together, else here.</summary>
internal sealed class Tries(TimeProvider time, Cache? cache = null)
{
    private const int MostKeys = 100_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset Start, int Count)> _counts = new();

    /// <returns>Null while it may go on, else how long it is refused.</returns>
    public async Task<TimeSpan?> Count(string key, int most, TimeSpan window, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_counts.Count >= MostKeys) _counts.Clear();
        var (start, count) = _counts.AddOrUpdate(key, (now, 1), (_, seen) => now - seen.Start >= window ? (now, 1) : (seen.Start, seen.Count + 1));
        if (count > most) return start + window - now;
        if (cache is null) return null;

        try
        {
            return await cache.Increment(key, window, cancellationToken) > most ? window : null;
        }
        catch (CacheUnavailableException)
        {
            return null;
        }
    }
}
