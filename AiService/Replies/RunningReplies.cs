namespace Assistify.AiService.Replies;

/// <summary>The answers that this replica is working on, and how far each conversation's turn is known to have moved.</summary>
internal sealed class RunningReplies
{
    private const int MaxRemembered = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Conversation, long Version), RunningReply> _running = [];
    private Dictionary<Guid, long> _moved = [];
    private Dictionary<Guid, long> _movedBefore = [];

    /// <summary>Null when this replica is at it already.</summary>
    public RunningReply? Start(Guid conversationId, long version, CancellationToken stopping)
    {
        lock (_lock)
        {
            if (_running.ContainsKey((conversationId, version))) return null;
            var reply = new RunningReply(this, conversationId, version, stopping);
            _running.Add((conversationId, version), reply);
            if (Latest(conversationId) > version) reply.MakeObsolete();
            return reply;
        }
    }

    /// <summary>Answers to lower versions are no longer wanted.</summary>
    public void Move(Guid conversationId, long version)
    {
        List<RunningReply> obsolete;
        lock (_lock)
        {
            if (Latest(conversationId) >= version) return;
            if (_moved.Count >= MaxRemembered) (_movedBefore, _moved) = (_moved, []);
            _moved[conversationId] = version;
            obsolete = [.. _running.Values.Where(reply => reply.ConversationId == conversationId && reply.Version < version)];
        }
        foreach (var reply in obsolete) reply.MakeObsolete();
    }

    public IReadOnlyList<(Guid Conversation, long Version)> All()
    {
        lock (_lock) return [.. _running.Keys];
    }

    internal void End(RunningReply reply)
    {
        lock (_lock) _running.Remove((reply.ConversationId, reply.Version));
    }

    private long Latest(Guid conversationId) =>
        _moved.TryGetValue(conversationId, out var version) || _movedBefore.TryGetValue(conversationId, out version) ? version : long.MinValue;
}

internal sealed class RunningReply(RunningReplies owner, Guid conversationId, long version, CancellationToken stopping) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    public Guid ConversationId => conversationId;

    public long Version => version;

    public bool IsObsolete { get; private set; }

    /// <summary>Cancelled when the answer is no longer wanted, or the service stops.</summary>
    public CancellationToken Token => _cancellation.Token;

    public void MakeObsolete()
    {
        IsObsolete = true;
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this very moment.
        }
    }

    public void Dispose()
    {
        owner.End(this);
        _cancellation.Dispose();
    }
}
