using Assistify.ChatService.Media;
using Assistify.Contracts;

namespace Assistify.ChatService.Conversations;

/// <summary>A message as the external contract shows it.</summary>
internal sealed record MessageView(
    Guid Id,
    Guid ConversationId,
    long Sequence,
    string Direction,
    AuthorView Author,
    string Text,
    IReadOnlyList<AttachmentView> Attachments,
    IReadOnlyList<Card> Cards,
    Guid? ReplyTo,
    bool Private,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    string? ExternalId,
    DeliveryView? Delivery,
    NluView? Nlu,
    IReadOnlyList<RecommendationView> Recommendations,
    IReadOnlyList<Citation> Citations,
    string? Model,
    string? PromptVersion,
    int? LatencyMs,
    Money? Cost,
    IReadOnlyList<ReactionView>? Reactions = null,
    DateTimeOffset? EditedAt = null,
    DateTimeOffset? DeletedAt = null,
    IReadOnlyList<OrderLine>? Order = null,
    string? Unsupported = null,
    PageContext? Page = null)
{
    private const int PreviewLength = 200;

    /// <param name="forCustomer">Customers see what was said, not what was thought, nor what it cost.</param>
    public static MessageView Of(StoredMessage message, MediaLinks media, bool forCustomer) =>
        Of(message, media, forCustomer, StoredJson.ReadValue<MessageDetails>(message.Details));

    private static MessageView Of(StoredMessage message, MediaLinks media, bool forCustomer, MessageDetails? details) => new(
        message.Id,
        message.ConversationId,
        message.Sequence,
        message.Author == Contracts.Author.Customer ? "inbound" : "outbound",
        new AuthorView(NameOf(message.Author), message.AuthorId, message.AuthorName),
        message.Text,
        [.. StoredJson.ReadList<Attachment>(message.Attachments).Select(attachment => AttachmentView.Of(attachment, media))],
        media.WithPaths(StoredJson.ReadList<Card>(message.Cards)),
        message.ReplyTo,
        message.Private,
        message.CreatedAt,
        message.SentAt,
        message.ExternalId,
        DeliveryView.Of(message),
        forCustomer ? null : NluView.Of(message),
        [.. StoredJson.ReadList<Recommendation>(message.Recommendations).Select(r => new RecommendationView(
            r.ProductId, r.Title, r.Price, r.ImageUrl, r.Url, forCustomer ? null : r.Score, r.Reason))],
        StoredJson.ReadList<Citation>(message.Citations),
        forCustomer ? null : message.Model,
        forCustomer ? null : message.PromptVersion,
        message.LatencyMs,
        forCustomer || message.CostAmount is not { } amount || message.CostCurrency is not { } currency ? null : new Money(amount, currency),
        ReactionView.Of(message),
        message.EditedAt,
        message.DeletedAt,
        details?.Order,
        details?.Unsupported,
        forCustomer ? null : details?.Page);

    public static string NameOf(Author author) => author switch
    {
        Contracts.Author.Customer => "customer",
        Contracts.Author.Assistant => "assistant",
        Contracts.Author.Agent => "agent",
        Contracts.Author.System => "system",
        _ => throw new ArgumentOutOfRangeException(nameof(author)),
    };

    /// <summary>The beginning of a text, never ending inside a character.</summary>
    public static string Preview(string text)
    {
        if (text.Length <= PreviewLength) return text;
        return text[..(char.IsHighSurrogate(text[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength)];
    }
}

internal sealed record AuthorView(string Type, Guid? Id = null, string? Name = null);

internal sealed record ReactionView(string Emoji, DateTimeOffset At)
{
    /// <returns>Null without any.</returns>
    public static IReadOnlyList<ReactionView>? Of(StoredMessage message)
    {
        if (message.Reactions is null) return null;
        var shown = StoredJson.ReadList<Reaction>(message.Reactions).Where(reaction => reaction.Emoji is not null)
            .Select(reaction => new ReactionView(reaction.Emoji!, reaction.At)).ToList();
        return shown.Count > 0 ? shown : null;
    }
}

/// <param name="ThumbnailUrl">Of a picture that is larger than pages need.</param>
/// <param name="Unavailable">Why it can never be opened, in a word.</param>
internal sealed record AttachmentView(
    Guid Id, string Kind, string ContentType, string? FileName, long? Size, string? Url, string? ThumbnailUrl, string? Unavailable)
{
    // What is still with the provider has no address that a reader could open.
    public static AttachmentView Of(Attachment attachment, MediaLinks media) => new(
        attachment.Id, attachment.Kind, attachment.ContentType, attachment.FileName, attachment.Size,
        attachment.IsStored() ? media.PathOf(attachment.Id) : null,
        attachment.IsStored() && Thumbnails.Has(attachment.ContentType, attachment.Size) ? media.ThumbnailPathOf(attachment.Id) : null, attachment.Unavailable);
}

internal sealed record DeliveryView(string Status, string? ErrorCode, string? Error, DateTimeOffset? UpdatedAt)
{
    public static DeliveryView? Of(StoredMessage message) => message.DeliveryStatus is not { } status
        ? null
        : new DeliveryView(Partitions.Statuses.NameOf(status), message.DeliveryErrorCode, message.DeliveryError, message.DeliveryUpdatedAt);
}

internal sealed record NluView(string Intent, double Confidence, string Sentiment, double SentimentScore, string Language)
{
    public static NluView? Of(StoredMessage message) => message.Intent is not { } intent
        ? null
        : new NluView(intent, message.Confidence ?? 0, message.Sentiment ?? "neutral", message.SentimentScore ?? 0, message.Language ?? "und");
}

internal sealed record RecommendationView(
    string ProductId, string Title, Money? Price, string? ImageUrl, string? Url, double? Score, string Reason);
