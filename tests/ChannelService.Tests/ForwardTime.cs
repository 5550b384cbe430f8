namespace Assistify.ChannelService.Tests;

/// <summary>The clock can be put forward; timers run as ever, so that polling services go on.</summary>
internal sealed class ForwardTime : TimeProvider
{
    private long _offset;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));
}
