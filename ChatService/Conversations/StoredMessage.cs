using Assistify.Contracts;

namespace Assistify.ChatService.Conversations;

/// <summary>A message as it is stored. The parts that are lists are kept as the JSON that readers get.</summary>
internal sealed class StoredMessage
{
    public required Guid Id { get; init; }
    public required Guid ConversationId { get; init; }
    public required Guid WorkspaceId { get; init; }
    public required long Sequence { get; init; }
    public required Author Author { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The conversation's revision at this message's latest change.</summary>
    public long Revision { get; set; }
    public Guid? AuthorId { get; init; }
    public string? AuthorName { get; init; }
    public bool Private { get; init; }

    /// <summary>The turn's version that an answer was written for.</summary>
    public long? Version { get; init; }
    public Guid? PreviousDeliveryId { get; init; }
    public Guid? ReplyTo { get; init; }

    /// <summary>For an answer: how long the customer waited for it.</summary>
    public long? WaitMs { get; init; }
    public DateTimeOffset? SentAt { get; set; }
    public string? ExternalId { get; set; }
    public DeliveryStatus? DeliveryStatus { get; set; }
    public string? DeliveryErrorCode { get; set; }
    public string? DeliveryError { get; set; }
    public DateTimeOffset? DeliveryUpdatedAt { get; set; }
    public string? Attachments { get; set; }
    public string? Cards { get; init; }
    public string? Recommendations { get; init; }
    public string? Citations { get; init; }
    public string? Choice { get; init; }
    public string? Location { get; init; }
    public string? Model { get; init; }
    public string? PromptVersion { get; init; }
    public int? LatencyMs { get; init; }
    public decimal? CostAmount { get; init; }
    public string? CostCurrency { get; init; }
    public string? Intent { get; set; }
    public double? Confidence { get; set; }
    public string? Sentiment { get; set; }
    public double? SentimentScore { get; set; }
    public string? Language { get; set; }

    /// <summary>When the answer's cards were shown by themselves; that happens once.</summary>
    public DateTimeOffset? CardsShownAt { get; set; }

    /// <summary>Moves the delivery forward. Updates arrive in any order and more than once, so a lower rank changes nothing.</summary>
    public bool Deliver(DeliveryUpdated update)
    {
        if (DeliveryStatus is not { } current || !(update.Again ? StartsAgain(current, update) : Follows(current, update.Status))) return false;
        DeliveryStatus = update.Status;
        DeliveryErrorCode = update.ErrorCode;
        DeliveryError = update.Error;
        DeliveryUpdatedAt = update.UpdatedAt;
        ExternalId ??= update.ExternalId;
        if (update.Status is Contracts.DeliveryStatus.Sent or Contracts.DeliveryStatus.Delivered or Contracts.DeliveryStatus.Read)
            SentAt ??= update.UpdatedAt;
        return true;
    }

    // Told once more after it ended for the second time, an old new beginning changes nothing.
    private bool StartsAgain(DeliveryStatus current, DeliveryUpdated update) =>
        current is Contracts.DeliveryStatus.Failed or Contracts.DeliveryStatus.Unknown && !(update.UpdatedAt <= DeliveryUpdatedAt);

    private static bool Follows(DeliveryStatus current, DeliveryStatus next) => current switch
    {
        Contracts.DeliveryStatus.Failed or Contracts.DeliveryStatus.Cancelled => false,
        // What reached the customer did not fail, whatever a late report says.
        Contracts.DeliveryStatus.Delivered or Contracts.DeliveryStatus.Read => next == Contracts.DeliveryStatus.Read && current != next,
        _ => next > current,
    };
}
