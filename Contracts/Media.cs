namespace Assistify.Contracts;

/// <summary>
/// What a provider kept of a message is stored with us now. Published by ChannelService after ChatService's media store took it; the
/// message's attachment loses its <see cref="Attachment.Source"/>.
/// </summary>
/// <param name="Kind">As its content shows, like <paramref name="ContentType"/>.</param>
public sealed record MediaStored(
    Guid MessageId,
    Guid AttachmentId,
    Guid ConversationId,
    Guid WorkspaceId,
    int Partition,
    string Kind,
    string ContentType,
    long Size) : IPartitioned;

/// <summary>What a provider kept of a message cannot be had any more. Published by ChannelService; the message's attachment says so.</summary>
/// <param name="Reason">In a word, such as <c>too_large</c>, <c>http_404</c>, <c>timeout</c>.</param>
public sealed record MediaFailed(Guid MessageId, Guid AttachmentId, Guid WorkspaceId, int Partition, string Reason) : IPartitioned;
