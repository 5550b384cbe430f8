namespace Assistify.Load.Reading;

internal sealed record StoredConversation(Guid Id, string Channel, string Status, string Turn, long Revision);

internal sealed record StoredMessage(
    Guid Id, Guid ConversationId, int Sequence, string Direction, StoredAuthor Author, string Text, DateTimeOffset CreatedAt,
    string? ExternalId = null, StoredDelivery? Delivery = null, IReadOnlyList<StoredCard>? Cards = null)
{
    public bool IsAnswer => Direction == "outbound" && Author.Type == "assistant";
}

internal sealed record StoredAuthor(string Type);

internal sealed record StoredCard(string Title, string? Subtitle = null, StoredPrice? Price = null, string? Url = null);

internal sealed record StoredPrice(string Amount, string Currency);

internal sealed record StoredDelivery(string Status, string? ErrorCode = null, string? Error = null);
