using System.Diagnostics.CodeAnalysis;

namespace Assistify.Sandbox.StandIns;

/// <summary>Every message of an account, in the order of acceptance; the oldest go when there are too many.</summary>
internal sealed class MessageLog(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Message> _bySid = new(StringComparer.Ordinal);
    private readonly List<Message> _inbound = [];
    private readonly List<Message> _outbound = [];
    private readonly Dictionary<string, DateTimeOffset> _lastWrote = new(StringComparer.Ordinal);
    private long _lastInbound;
    private long _lastOutbound;
    private long _place;

    /// <returns>False where the message is known already: a webhook made again with the same sid.</returns>
    public bool Add(Message message)
    {
        lock (_gate)
        {
            if (!_bySid.TryAdd(message.Sid, message)) return false;

            message.Place = ++_place;
            message.Ordinal = message.Inbound ? ++_lastInbound : ++_lastOutbound;
            var log = message.Inbound ? _inbound : _outbound;
            log.Add(message);
            if (message.Inbound) _lastWrote[message.From] = message.CreatedAt;
            Trim(log);
            return true;
        }
    }

    public bool TryGet(string sid, [NotNullWhen(true)] out Message? message)
    {
        lock (_gate) return _bySid.TryGetValue(sid, out message);
    }

    /// <summary>Whether the customer wrote recently enough for free text to be sent to him.</summary>
    public bool WindowIsOpen(string address, DateTimeOffset now, TimeSpan window)
    {
        lock (_gate) return _lastWrote.TryGetValue(address, out var at) && now - at < window;
    }

    /// <summary>Who wrote since then.</summary>
    public List<string> Writers(DateTimeOffset since)
    {
        lock (_gate) return [.. _lastWrote.Where(one => one.Value >= since).Select(one => one.Key)];
    }

    public void Advance(Message message, string status, int? errorCode, DateTimeOffset now)
    {
        lock (_gate) message.State = message.State.Advance(status, errorCode, now);
    }

    /// <summary>What was accepted after <paramref name="after"/>, oldest first.</summary>
    public List<Message> Outbox(string? to, long after, int limit)
    {
        lock (_gate)
        {
            var found = new List<Message>(Math.Min(limit, 256));
            var start = _outbound.Count == 0 ? 0 : Math.Max(0, after - _outbound[0].Ordinal + 1);
            for (var i = (int)Math.Min(start, _outbound.Count); i < _outbound.Count && found.Count < limit; i++)
                if (to is null || _outbound[i].To == to)
                    found.Add(_outbound[i]);
            return found;
        }
    }

    /// <summary>Newest first, beginning below the place <paramref name="before"/>, until one is past.</summary>
    public List<Message> List(Func<Message, bool> matches, Func<Message, bool> isPast, long before, int limit)
    {
        lock (_gate)
        {
            var found = new List<Message>(Math.Min(limit, 64));
            var (i, o) = (_inbound.Count - 1, _outbound.Count - 1);
            while ((i >= 0 || o >= 0) && found.Count < limit)
            {
                var message = o < 0 || (i >= 0 && _inbound[i].Place > _outbound[o].Place) ? _inbound[i--] : _outbound[o--];
                if (message.Place >= before) continue;
                if (isPast(message)) break;
                if (matches(message)) found.Add(message);
            }

            return found;
        }
    }

    /// <summary>Forgets every message. Ordinals go on, so that a cursor read before stays good.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _bySid.Clear();
            _inbound.Clear();
            _outbound.Clear();
        }
    }

    // A tenth more than the capacity is let in before anything moves, so that dropping costs little for each message.
    private void Trim(List<Message> log)
    {
        var excess = log.Count - capacity;
        if (excess <= capacity / 10) return;

        for (var i = 0; i < excess; i++) _bySid.Remove(log[i].Sid);
        log.RemoveRange(0, excess);
    }
}
