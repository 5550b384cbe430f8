namespace Assistify.ChannelService.Webhooks;

/// <summary>A short memory of "the broker is away", so that not every webhook waits for it in vain.</summary>
internal sealed class BrokerState(TimeProvider time)
{
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(3);

    private long _awayUntil;

    public bool SeemsAvailable => time.GetUtcNow().UtcTicks >= Interlocked.Read(ref _awayUntil);

    public void IsAway() => Interlocked.Exchange(ref _awayUntil, (time.GetUtcNow() + s_memory).UtcTicks);

    public void IsBack() => Interlocked.Exchange(ref _awayUntil, 0);
}
