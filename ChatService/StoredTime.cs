namespace Assistify.ChatService;

internal static class StoredTime
{
    /// <summary>Postgres keeps microseconds: what is compared and published is what is stored.</summary>
    public static DateTimeOffset GetStoredNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
