namespace Assistify.ChannelService.Deliveries;

/// <summary>How long to wait before the next try: doubling up to half a minute, scattered, and never less than the provider asks.</summary>
internal static class Backoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>One person got too much at once: 1, 4, 16 … seconds.</summary>
    public static TimeSpan Pair(int attempt) => TimeSpan.FromSeconds(1 << (2 * Math.Clamp(attempt - 1, 0, 4)));

    public static TimeSpan For(int attempt, TimeSpan? atLeast = null)
    {
        var full = TimeSpan.FromTicks(Math.Min(s_longest.Ticks, s_first.Ticks << Math.Clamp(attempt - 1, 0, 10)));
#pragma warning disable CA5394 // Scattering needs no secrecy.
        var scattered = full * (0.5 + Random.Shared.NextDouble() / 2);
#pragma warning restore CA5394
        return atLeast is { } least && least > scattered ? least + scattered / 10 : scattered;
    }
}
