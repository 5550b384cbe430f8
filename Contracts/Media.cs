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
