using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService;

/// <summary>
/// One connection to one provider: everything Assistify needs to know about a channel.
/// To add a channel: implement this in a folder of its own and register it in <see cref="ChannelRegistration"/>.
/// </summary>
internal interface IChannelAdapter
{
    ChannelConnection Connection { get; }

    /// <summary>Bodies above this are refused unread.</summary>
    int MaxBodyBytes => 1024 * 1024;

    /// <summary>The answer to an authentic webhook that cannot be read: 200 where the provider would repeat it for days.</summary>
    int MalformedStatusCode => StatusCodes.Status400BadRequest;

    /// <summary>The answer to an authentic webhook of another account: 200 where one secret signs for many accounts.</summary>
    int ForeignStatusCode => StatusCodes.Status403Forbidden;

    /// <returns>Null when the signature is this connection's, otherwise the reason, such as <c>signature_mismatch</c>.</returns>
    string? Verify(WebhookRequest request);

    /// <summary>What an authentic request contains; never throws for its content.</summary>
    WebhookContent Read(WebhookRequest request);

    /// <summary>The body of a 200, as the provider wants it.</summary>
    IResult Acknowledge(WebhookRequest request);

    /// <summary>The messages, in order, that a delivery becomes on this channel.</summary>
    IReadOnlyList<OutboundPart> Compose(DeliverMessage message);

    /// <summary>Calls the provider once. What became of the call is in the result; only cancellation throws.</summary>
    Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// The messages at the provider that an attempt without an answer may have become: same address, same content, created
    /// no earlier than two seconds before the attempt began. Null where the provider cannot be asked now.
    /// </summary>
    Task<IReadOnlyList<ProviderMessage>?> Find(OutboundMessage message, DateTimeOffset attemptStartedAt, CancellationToken cancellationToken);

    /// <summary>Customers' messages that the provider holds since then, oldest first. Throws when it cannot be asked.</summary>
    IAsyncEnumerable<InboundItem> ListInbound(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>What the provider lets this connection send; null without a bound.</summary>
    int? MessagesPerSecond { get; }
}

/// <param name="Channel">The name in webhook addresses and messages, such as <c>whatsapp</c>.</param>
/// <param name="BurstWait">How long the customer may go on writing before the assistant answers.</param>
internal sealed record ChannelConnection(
    Guid Id, Guid WorkspaceId, string Channel, TimeSpan BurstWait, SignatureMode SignatureMode);

internal enum SignatureMode
{
    Enforce,

    /// <summary>Lets unverified requests make marked messages, for 72 hours at most.</summary>
    Observe,
}
