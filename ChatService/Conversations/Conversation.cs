namespace Assistify.ChatService.Conversations;

/// <summary>
/// A conversation and its turn. Pure: it decides, the caller stores and publishes what it decided. The rules:
/// the turn belongs to the assistant or to people; its version is raised by every customer message, operator reply,
/// take-over, hand-back and close, so that an answer to a lower version is recognised as no longer wanted; and while
/// the assistant has the turn of an unanswered conversation, <see cref="DueAt"/> says when to ask (again).
/// </summary>
internal sealed class Conversation
{
    /// <summary>However long the customer goes on writing, the assistant is asked this long after the first unanswered message.</summary>
    public static readonly TimeSpan LongestBurst = TimeSpan.FromSeconds(6);

    /// <summary>A request that nobody answered in this time is sent again: no lost request stays lost.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    public required Guid Id { get; init; }
    public required Guid WorkspaceId { get; init; }
    public required Guid CustomerId { get; set; }
    public required Guid ConnectionId { get; init; }
    public required string Channel { get; init; }
    public required string Address { get; init; }
    public required int Partition { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? Subject { get; init; }

    public ConversationStatus Status { get; internal set; }
    public TurnHolder Turn { get; internal set; }

    /// <summary>Of the turn.</summary>
    public long Version { get; internal set; }

    /// <summary>Of the latest message; the first is 1 and there are no gaps.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Raised by every stored change, so that a reader can ask for what changed since.</summary>
    public long Revision { get; internal set; }

    /// <summary>When the assistant is to be asked (again); null unless it owes an answer.</summary>
    public DateTimeOffset? DueAt { get; internal set; }

    /// <summary>The version that the assistant was last asked to answer.</summary>
    public long AskedVersion { get; internal set; }

    /// <summary>The oldest customer message that nobody answered.</summary>
    public Guid? UnansweredId { get; internal set; }
    public long? UnansweredFrom { get; internal set; }

    /// <summary>When it came in by the edge's stamp (for waiting times) and by ours (for the burst).</summary>
    public DateTimeOffset? UnansweredReceivedAt { get; internal set; }
    public DateTimeOffset? UnansweredSince { get; internal set; }

    public Guid? AssigneeId { get; internal set; }
    public string? AssigneeName { get; internal set; }
    public string[] Labels { get; internal set; } = [];
    public DateTimeOffset? ClosedAt { get; internal set; }
    public string? CloseReason { get; internal set; }
    public DateTimeOffset? WindowExpiresAt { get; internal set; }

    /// <summary>Since when the customer waits for people's answer; null while he does not.</summary>
    public DateTimeOffset? WaitingSince { get; internal set; }

    /// <summary>Since when people are wanted at all, until it is closed or handed back.</summary>
    public DateTimeOffset? PeopleSince { get; internal set; }

    /// <summary>When people first answered after that.</summary>
    public DateTimeOffset? PeopleAnsweredAt { get; internal set; }

    /// <summary>By when the workspace promises people's answer, and the end; null where it promises nothing.</summary>
    public DateTimeOffset? ResponseDueAt { get; internal set; }
    public DateTimeOffset? ResolutionDueAt { get; internal set; }

    /// <summary>Whose members it is given to.</summary>
    public Guid? TeamId { get; internal set; }

    /// <summary>Since when the customer wants nothing written on this channel, until he says otherwise.</summary>
    public DateTimeOffset? OptedOutAt { get; internal set; }

    /// <summary>The conversation's latest delivery to a provider; the next one waits for it.</summary>
    public Guid? LastDeliveryId { get; internal set; }

    public Guid? LastMessageId { get; internal set; }
    public long? LastMessageSequence { get; internal set; }
    public string? LastMessageAuthor { get; internal set; }
    public string? LastMessageText { get; internal set; }
    public DateTimeOffset? LastMessageAt { get; internal set; }
    public DateTimeOffset LastActivityAt { get; internal set; }

    /// <summary>The trace of the latest customer message (W3C <c>traceparent</c>): what is asked for later belongs to it.</summary>
    public string? Trace { get; internal set; }

    /// <summary>Moves with everything that the inbox shows.</summary>
    public DateTimeOffset ChangedAt { get; internal set; }

    public bool IsClosed => Status == ConversationStatus.Closed;
    public bool IsUnanswered => UnansweredFrom is not null;

    /// <summary>The assistant was asked for an answer to the current version and has not given it.</summary>
    public bool IsAsked => AssistantOwesAnswer && AskedVersion == Version;

    private bool AssistantOwesAnswer => !IsClosed && Turn == TurnHolder.Assistant && IsUnanswered && OptedOutAt is null;

    /// <summary>Writing would be unasked: the customer wants nothing more, and has asked nothing since.</summary>
    public bool IsUnwelcome => OptedOutAt is not null && !IsUnanswered;

    public Effects ReceiveCustomerMessage(Guid messageId, DateTimeOffset receivedAt, TimeSpan burstWait, DateTimeOffset now)
    {
        ThrowIfClosed();
        var effects = RaiseVersion();
        Append(now);
        if (UnansweredFrom is null)
        {
            UnansweredFrom = Sequence;
            UnansweredId = messageId;
            UnansweredReceivedAt = receivedAt;
            UnansweredSince = now;
        }

        if (Turn == TurnHolder.Agent)
        {
            WaitForPeople(now);
            return effects | Effects.Understand;
        }

        if (burstWait <= TimeSpan.Zero) return effects | Ask(now);

        var latest = UnansweredSince!.Value + LongestBurst;
        var due = now + burstWait;
        DueAt = due < latest ? due : latest;
        return effects;
    }

    /// <summary>What is only kept and shown: nobody is asked, and it takes nothing from what was asked before.</summary>
    public void KeepCustomerMessage(DateTimeOffset now)
    {
        ThrowIfClosed();
        Append(now);
    }

    /// <summary>The customer wants nothing more: what he waited for is off, and what is under way to him is called back.</summary>
    public Effects OptOut(DateTimeOffset now)
    {
        ThrowIfClosed();
        RaiseVersion();
        Append(now);
        ClearUnanswered();
        StopWaiting();
        OptedOutAt ??= now;
        return Effects.TurnMoved | Effects.CancelDeliveries;
    }

    /// <summary>The provider knows that the customer wants nothing more. What he waits for then, people may give him.</summary>
    public void LearnOptOut(DateTimeOffset now)
    {
        OptedOutAt ??= now;
        if (!IsClosed && Turn == TurnHolder.Assistant && IsUnanswered) GiveTurnToPeople(now);
        else RaiseVersion();
        Change(now);
    }

    /// <summary>The customer wants messages again; the assistant answers the next one, unless somebody is working on it.</summary>
    public void OptIn(DateTimeOffset now)
    {
        ThrowIfClosed();
        Append(now);
        OptedOutAt = null;
        if (Status != ConversationStatus.Pending) return;
        Status = ConversationStatus.Open;
        if (AssigneeId is not null || IsUnanswered) return;
        Turn = TurnHolder.Assistant;
        PeopleAreDone();
    }

    /// <summary>The customer wants no automatic answer and yet wrote: people may answer.</summary>
    public Effects ReceiveForPeople(Guid messageId, DateTimeOffset receivedAt, DateTimeOffset now)
    {
        var effects = ReceiveCustomerMessage(messageId, receivedAt, LongestBurst, now);
        if (Turn == TurnHolder.Agent) return effects;
        GiveTurnToPeople(now);
        return effects | Effects.Understand;
    }

    /// <summary>Nobody answers what was asked.</summary>
    public void Drop()
    {
        ClearUnanswered();
        StopWaiting();
    }

    /// <summary>The system tells the customer something, which leaves the turn alone.</summary>
    public void AddNotice(DateTimeOffset now) => Append(now);

    /// <summary>The customer took a message back. If it was all that waited for an answer, nothing does any more.</summary>
    public void Forget(Guid messageId)
    {
        if (UnansweredId != messageId || UnansweredFrom != Sequence) return;
        ClearUnanswered();
        if (Status != ConversationStatus.Pending) StopWaiting();
    }

    /// <returns>False if the answer is no longer wanted; then nothing changed.</returns>
    public bool AcceptAnswer(long version, bool handOver, DateTimeOffset now)
    {
        if (!AssistantOwesAnswer || version != Version) return false;
        Append(now);
        ClearUnanswered();
        if (handOver) GiveTurnToPeople(now);
        return true;
    }

    /// <summary>The assistant gave up: the customer keeps waiting, but for people now. Appends the system message that says so.</summary>
    /// <returns>False if the answer was no longer wanted; then nothing changed.</returns>
    public bool AcceptFailure(long version, DateTimeOffset now)
    {
        if (!AssistantOwesAnswer || version != Version) return false;
        GiveTurnToPeople(now);
        Append(now);
        return true;
    }

    /// <summary>A private note says nothing to the customer and leaves the turn alone.</summary>
    public void AddPrivateNote(DateTimeOffset now) => Append(now);

    /// <param name="operatorId">Null where somebody answered outside, and nobody knows who.</param>
    public Effects ReplyAsOperator(Guid? operatorId, string? operatorName, DateTimeOffset now)
    {
        ThrowIfClosed();
        var effects = TakeTurn(operatorId, operatorName, now);
        if ((effects & Effects.TurnMoved) == 0) effects |= RaiseVersion();
        Append(now);
        ClearUnanswered();
        StopWaiting();
        PeopleSince ??= now;
        PeopleAnsweredAt ??= now;
        return effects;
    }

    public Effects TakeOver(Guid operatorId, string? operatorName, DateTimeOffset now)
    {
        ThrowIfClosed();
        var effects = TakeTurn(operatorId, operatorName, now);
        Change(now);
        return effects;
    }

    /// <summary>People are to answer, although nobody of them has taken it: the workspace wants it so.</summary>
    public Effects HandOver(DateTimeOffset now)
    {
        if (IsClosed || Turn == TurnHolder.Agent) return Effects.None;
        var effects = (IsAsked ? Effects.TurnMoved : Effects.None) | (IsUnanswered ? Effects.Understand : Effects.None);
        GiveTurnToPeople(now);
        Change(now);
        return effects;
    }

    public Effects HandBack(DateTimeOffset now)
    {
        ThrowIfClosed();
        if (Turn == TurnHolder.Assistant) return Effects.None;
        RaiseVersion();
        Turn = TurnHolder.Assistant;
        Status = ConversationStatus.Open;
        AssigneeId = null;
        AssigneeName = null;
        TeamId = null;
        PeopleAreDone();
        Change(now);
        return Effects.TurnMoved | (AssistantOwesAnswer ? Ask(now) : Effects.None);
    }

    public Effects Close(string? reason, DateTimeOffset now)
    {
        if (IsClosed) return Effects.None;
        var understand = AssistantOwesAnswer ? Effects.Understand : Effects.None;
        RaiseVersion();
        Status = ConversationStatus.Closed;
        ClosedAt = now;
        CloseReason = reason;
        DueAt = null;
        PeopleAreDone();
        Change(now);
        return Effects.TurnMoved | understand;
    }

    /// <summary>The customer wrote again and the workspace wants the old conversation rather than a new one.</summary>
    public void Reopen(DateTimeOffset now)
    {
        if (!IsClosed) throw new InvalidOperationException($"Conversation {Id} is not closed.");
        Status = ConversationStatus.Open;
        Turn = TurnHolder.Assistant;
        ClosedAt = null;
        CloseReason = null;
        ClearUnanswered();
        Change(now);
    }

    /// <param name="teamId">Null leaves the team as it is.</param>
    public void Assign(Guid? assigneeId, string? assigneeName, DateTimeOffset now, Guid? teamId = null)
    {
        TeamId = teamId ?? TeamId;
        AssigneeId = assigneeId;
        AssigneeName = assigneeName;
        Change(now);
    }

    public void Label(string[] labels, DateTimeOffset now)
    {
        Labels = labels;
        Change(now);
    }

    /// <summary>A message changed (delivery, understanding) without anything that the inbox shows.</summary>
    public void Touch() => Revision++;

    /// <summary>The due time has come: the request for the current version goes out, and again if it stays without an answer.</summary>
    public Effects Ask(DateTimeOffset now)
    {
        AskedVersion = Version;
        DueAt = now + AskAgainAfter;
        return Effects.Ask;
    }

    private Effects TakeTurn(Guid? operatorId, string? operatorName, DateTimeOffset now)
    {
        var effects = Effects.None;
        if (Turn == TurnHolder.Assistant)
        {
            effects = Effects.TurnMoved | Effects.CancelDeliveries | (IsUnanswered ? Effects.Understand : Effects.None);
            RaiseVersion();
            Turn = TurnHolder.Agent;
            DueAt = null;
            if (IsUnanswered) WaitForPeople(now);
        }

        Status = ConversationStatus.Open;
        if (AssigneeId is null) (AssigneeId, AssigneeName) = (operatorId, operatorName);
        return effects;
    }

    private void GiveTurnToPeople(DateTimeOffset now)
    {
        WaitForPeople(now);
        Version++;
        Turn = TurnHolder.Agent;
        Status = ConversationStatus.Pending;
        DueAt = null;
    }

    private void WaitForPeople(DateTimeOffset now)
    {
        WaitingSince ??= now;
        PeopleSince ??= WaitingSince;
    }

    private void StopWaiting() => WaitingSince = null;

    private void PeopleAreDone()
    {
        StopWaiting();
        PeopleSince = null;
        PeopleAnsweredAt = null;
    }

    private Effects RaiseVersion()
    {
        var obsolete = IsAsked ? Effects.TurnMoved : Effects.None;
        Version++;
        return obsolete;
    }

    private void Append(DateTimeOffset now)
    {
        Sequence++;
        LastActivityAt = now;
        Change(now);
    }

    private void Change(DateTimeOffset now)
    {
        Revision++;
        ChangedAt = now;
    }

    private void ClearUnanswered()
    {
        UnansweredFrom = null;
        UnansweredId = null;
        UnansweredReceivedAt = null;
        UnansweredSince = null;
        DueAt = null;
    }

    private void ThrowIfClosed()
    {
        if (IsClosed) throw new InvalidOperationException($"Conversation {Id} is closed.");
    }
}

internal enum ConversationStatus
{
    Open,

    /// <summary>Waits for people: the assistant handed over or failed.</summary>
    Pending,
    Closed,
}

internal enum TurnHolder
{
    Assistant,
    Agent,
}

/// <summary>What has to be published once a change of a conversation is committed.</summary>
[Flags]
internal enum Effects
{
    None = 0,

    /// <summary>Ask the assistant for an answer to the current version.</summary>
    Ask = 1,

    /// <summary>Ask what the messages mean that nobody analysed yet; no answer is wanted.</summary>
    Understand = 2,

    /// <summary>An outstanding request became obsolete.</summary>
    TurnMoved = 4,

    /// <summary>The assistant's deliveries that are not yet sending must not go out.</summary>
    CancelDeliveries = 8,
}
