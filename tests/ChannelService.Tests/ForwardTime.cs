namespace Assistify.ChannelService.Tests;

/// <summary>The clock can be put forward, or stopped; timers run as ever, so that polling services go on.</summary>
internal sealed class ForwardTime : TimeProvider
{
    private long _offset;
    private long _stoppedAt;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public void StopAt(DateTimeOffset now) => Interlocked.Exchange(ref _stoppedAt, now.UtcTicks);

    public override DateTimeOffset GetUtcNow() =>
        Interlocked.Read(ref _stoppedAt) is var stopped and > 0
            ? new DateTimeOffset(stopped, TimeSpan.Zero)
            : base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));
}
