using System.Diagnostics;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Spaces out the starts of batches that follow each other closely, so that more items share one. Whoever comes after a quiet
/// moment does not wait. Not for one caller at a time: callers that wait together start together.
/// </summary>
internal sealed class Pace(TimeSpan interval)
{
    /// <summary>Between two starts, where nothing else is said: several items at hundreds a second, and short beside what people notice.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(10);

    private long _started;

    public async ValueTask Wait()
    {
        var since = Stopwatch.GetElapsedTime(Volatile.Read(ref _started));
        if (since < interval)
            await Task.Delay(interval - since, TimeProvider.System);
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
    }
}
