namespace Assistify.ChannelService.Deliveries;

/// <summary>A new row of the ledger.</summary>
/// <param name="Refusal">Set where it can never be sent; it is stored as failed.</param>
/// <param name="Receipts">Whether receipts find it by its address.</param>
internal sealed record NewRow(
    Guid DeliveryId,
    short Part,
    short Parts,
    Guid ConversationId,
    Guid WorkspaceId,
    Guid ConnectionId,
    short Partition,
    string Address,
    OutboundPart Content,
    bool ByAssistant,
    long Version,
    string? Trace,
    (string Code, string Error)? Refusal = null,
    DateTimeOffset? WindowExpiresAt = null,
    bool Receipts = false);

/// <summary>A row as it stands.</summary>
/// <param name="Retries">How often a person had it sent again.</param>
internal sealed record LedgerRow(
    Guid DeliveryId,
    short Part,
    short Parts,
    Guid ConversationId,
    Guid WorkspaceId,
    Guid ConnectionId,
    short Partition,
    string Address,
    string Body,
    string? MediaUrl,
    string? Payload,
    LedgerStatus Status,
    int Attempt,
    int Asks,
    DateTimeOffset? AttemptStartedAt,
    string? ExternalId,
    string? ErrorCode,
    string? Error,
    string? Trace,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Retries = 0,
    DateTimeOffset? WindowExpiresAt = null)
{
    public OutboundMessage ToMessage() => new(DeliveryId, Part, Address, Body, MediaUrl, Payload, Attempt, CreatedAt);
}

/// <summary>How an attempt ended, or what asking the provider about it gave.</summary>
/// <param name="LeaseUntil">When the open fate of it is asked about next.</param>
/// <param name="Publish">Whether ChatService must learn of it.</param>
/// <param name="SoonerFrom">When it may go before <paramref name="NextAttemptAt"/>, once other messages are taken.</param>
/// <param name="ClaimNext">Begin with the address's next message at once.</param>
internal sealed record Completion(
    LedgerRow Row,
    LedgerStatus Status,
    bool Publish,
    string? ExternalId = null,
    string? ErrorCode = null,
    string? Error = null,
    DateTimeOffset? NextAttemptAt = null,
    DateTimeOffset? LeaseUntil = null,
    bool Asked = false,
    bool ClaimNext = false,
    DateTimeOffset? SoonerFrom = null);

/// <summary>A provider's word about a message of ours.</summary>
internal sealed record ProviderReport(
    Guid ConnectionId,
    Guid? DeliveryId,
    int Part,
    string ExternalId,
    LedgerStatus Status,
    string? ErrorCode,
    string? Error,
    DateTimeOffset At);

/// <param name="Changes">What ChatService must learn.</param>
/// <param name="Claimed">Rows that are <c>sending</c> now and the caller's to send.</param>
internal sealed record LedgerResult(IReadOnlyList<LedgerRow> Changes, IReadOnlyList<LedgerRow> Claimed);
