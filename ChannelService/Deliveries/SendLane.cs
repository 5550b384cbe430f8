using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Deliveries;

/// <summary>The senders of one connection: how many messages may be under way, and when none may begin.</summary>
internal sealed class SendLane(IChannelAdapter adapter, int maxInFlight, TimeProvider time, Cache? cache)
{
    private const int RefusalsUntilPause = 5;
    private static readonly TimeSpan s_hastenEvery = TimeSpan.FromSeconds(5);

    private volatile IChannelAdapter _adapter = adapter;
    private volatile Pacer _pacer = new(adapter.Connection.Id, adapter.MessagesPerSecond, time, cache);
    private int _inFlight;
    private int _refusals;
    private long _pausedUntil;
    private long _hastenAt;

    public IChannelAdapter Adapter => _adapter;

    public int InFlight => Volatile.Read(ref _inFlight);

    public bool IsLimited => _pacer.IsLimited;

    /// <summary>Rows may wait that nobody claimed for want of room.</summary>
    public bool IsStarved { get; private set; }

    public bool IsPaused => time.GetUtcNow().UtcTicks < Volatile.Read(ref _pausedUntil);

    /// <summary>The connection was changed: what is sent from now on goes by the new one.</summary>
    public void Use(IChannelAdapter changed)
    {
        if (ReferenceEquals(changed, _adapter)) return;
        if (changed.MessagesPerSecond != _adapter.MessagesPerSecond) _pacer = new(changed.Connection.Id, changed.MessagesPerSecond, time, cache);
        _adapter = changed;
        Volatile.Write(ref _pausedUntil, 0);
        Succeeded();
    }

    public async ValueTask<int> Reserve(int wanted, CancellationToken cancellationToken)
    {
        if (IsPaused)
        {
            IsStarved = true;
            return 0;
        }

        var room = Interlocked.Add(ref _inFlight, wanted);
        var granted = Math.Max(0, wanted - Math.Max(0, room - maxInFlight));
        Interlocked.Add(ref _inFlight, granted - wanted);
        if (granted > 0)
        {
            var paced = await _pacer.Reserve(granted, cancellationToken);
            Interlocked.Add(ref _inFlight, paced - granted);
            granted = paced;
        }
        IsStarved = granted < wanted;
        return granted;
    }

    /// <summary>Reserved, but there was nothing to send.</summary>
    public void Return(int unused)
    {
        _pacer.Return(unused);
        Release(unused);
    }

    public void Release(int finished) => Interlocked.Add(ref _inFlight, -finished);

    public void Succeeded() => Volatile.Write(ref _refusals, 0);

    /// <summary>Rows wait that may go once messages are taken. So it is assumed at the start, since they outlive the process.</summary>
    public bool MayHasten { private get; set; } = true;

    /// <summary>Whether rows that wait should be made due now that a message was taken; now and then is enough.</summary>
    public bool TakeHasten()
    {
        var (now, due) = (time.GetUtcNow().UtcTicks, Volatile.Read(ref _hastenAt));
        return MayHasten && now >= due && Interlocked.CompareExchange(ref _hastenAt, now + s_hastenEvery.Ticks, due) == due;
    }

    /// <summary>Several refusals in a row mean the connection and not the message: then everything on it waits.</summary>
    public void Refused(TimeSpan wait)
    {
        if (Interlocked.Increment(ref _refusals) < RefusalsUntilPause) return;
        Volatile.Write(ref _pausedUntil, (time.GetUtcNow() + wait).UtcTicks);
    }
}
