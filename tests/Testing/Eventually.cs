using System.Diagnostics;

namespace Assistify.Testing;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Eventually
{
    /// <exception cref="TimeoutException">The condition did not come true in time.</exception>
    public static Task IsTrue(Func<bool> condition, TimeSpan? within = null) =>
        IsTrue(() => Task.FromResult(condition()), within);

    /// <inheritdoc cref="IsTrue(Func{bool}, TimeSpan?)"/>
    public static async Task IsTrue(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(30);
        for (var started = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(10))
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"The condition did not come true within {limit.TotalSeconds} s.");
        }
    }
}
