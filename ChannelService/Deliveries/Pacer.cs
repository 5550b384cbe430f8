using System.Globalization;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Deliveries;

/// <summary>
/// Keeps one connection within its provider's rate, over all replicas: permits for windows of a tenth of a second are counted in
/// Redis; while it is away each replica counts for itself.
/// </summary>
internal sealed class Pacer(Guid connectionId, int? perSecond, TimeProvider time, Cache? cache)
{
    private const string Take =
        "local n = redis.call('INCRBY', KEYS[1], ARGV[1]) if n == tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], 5000) end return {n}";

    private readonly Lock _gate = new();
    private long _window;
    private int _taken;
    private int _spare;

    // Slow providers get one window a second, so that a window never rounds to nothing.
    private readonly TimeSpan _length = perSecond is < 20 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(100);

    public bool IsLimited => perSecond is not null;

    private int Quota => perSecond is < 20 ? perSecond.Value : perSecond!.Value / 10;

    /// <returns>How many of the wanted calls may be made now.</returns>
    public async ValueTask<int> Reserve(int wanted, CancellationToken cancellationToken)
    {
        if (perSecond is null || wanted == 0) return wanted;

        var window = time.GetUtcNow().UtcTicks / _length.Ticks;
        int own;
        int ask;
        lock (_gate)
        {
            if (window != _window) (_window, _taken, _spare) = (window, 0, 0);
            own = Math.Min(wanted, _spare);
            _spare -= own;
            ask = Math.Min(wanted - own, Quota - _taken);
            if (ask <= 0) return own;
            _taken += ask;
        }

        return own + await Share(window, ask, cancellationToken);
    }

    /// <summary>What was reserved and not used.</summary>
    public void Return(int unused)
    {
        lock (_gate) _spare += unused;
    }

    private async Task<int> Share(long window, int wanted, CancellationToken cancellationToken)
    {
        if (cache is null) return wanted;
        try
        {
            var total = await cache.Evaluate(
                Take, [string.Create(CultureInfo.InvariantCulture, $"pace:{connectionId}:{window}")], [wanted], cancellationToken);
            return (int)Math.Clamp(wanted - Math.Max(0, total[0] - Quota), 0, wanted);
        }
        catch (CacheUnavailableException)
        {
            return wanted;
        }
    }
}
