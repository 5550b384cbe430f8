using Assistify.Contracts;

namespace Assistify.ChannelService.Webhooks;

/// <summary>A customer's message as a provider told it.</summary>
/// <param name="ExternalId">The provider's id of the message: seen twice, it is the same message.</param>
internal sealed record InboundItem(string ExternalId, CustomerAddress From, MessageContent Content)
{
    public Guid MessageId(Guid connectionId) => Identifiers.InboundMessage(connectionId, ExternalId);

    public CustomerMessageReceived ToMessage(ChannelConnection connection, DateTimeOffset receivedAt, bool verified) =>
        new(
            MessageId(connection.Id), connection.WorkspaceId, connection.Id, connection.Channel,
            Partition.For(connection.Id, From.Value), From, Content, receivedAt, connection.BurstWait, ExternalId,
            Verified: verified);
}

/// <summary>What the provider says became of a message that we sent.</summary>
/// <param name="DeliveryId">Ours, where the provider carries it back.</param>
/// <param name="Status">Null for a state that says nothing to us.</param>
/// <param name="RawStatus">As on the wire; the same one of the same message twice is one.</param>
/// <param name="Address">The customer's.</param>
internal sealed record StatusItem(
    string ExternalId,
    Guid? DeliveryId,
    int Part,
    DeliveryStatus? Status,
    string RawStatus,
    string? ErrorCode,
    string? Error,
    string? Address);
