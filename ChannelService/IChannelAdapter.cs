using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService;

/// <summary>
/// One connection to one provider: everything Assistify needs to know about a channel.
/// To add a channel: implement this in a folder of its own and register its provider in <see cref="ChannelRegistration"/>.
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

    /// <summary>Whether items of this account are this connection's; more than one account where it need not be configured.</summary>
    bool Serves(string account) => account == Connection.Account;

    /// <summary>Whether it looks like this provider's, by its method and headers, where a channel has several providers.</summary>
    bool Recognises(WebhookRequest request) => true;

    /// <returns>Null when the proof is this connection's, otherwise the reason, such as <c>signature_mismatch</c>.</returns>
    string? Verify(WebhookRequest request);

    /// <summary>
    /// What an authentic request contains, of whichever accounts: those of this and of other connections are told apart by
    /// <see cref="WebhookItem.Account"/>. Never throws for its content.
    /// </summary>
    WebhookContent Read(WebhookRequest request);

    /// <summary>The body of a 200, as the provider wants it.</summary>
    IResult Acknowledge(WebhookRequest request) => TypedResults.Ok();

    /// <summary>Somebody who has not written yet, by his address as people type it. Null where it is none, or where the channel lets nobody be written to first.</summary>
    CustomerAddress? AddressOf(string typed) => null;

    /// <summary>Whether it sends <see cref="DeliverMessage.Template"/>.</summary>
    bool TakesTemplates => false;

    /// <summary>How much longer than the assistant people may answer.</summary>
    TimeSpan PeoplesGrace => TimeSpan.Zero;

    /// <summary>The messages, in order, that a delivery becomes on this channel.</summary>
    IReadOnlyList<OutboundPart> Compose(DeliverMessage message);

    /// <summary>Calls the provider once. What became of the call is in the result; only cancellation throws.</summary>
    Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// The messages at the provider that an attempt without an answer may have become: same address, same content, created
    /// no earlier than two seconds before the attempt began. Null where the provider cannot be asked, or not now.
    /// </summary>
    /// <exception cref="HttpRequestException">With 403: the provider does not let this connection ask, now or later.</exception>
    Task<IReadOnlyList<ProviderMessage>?> Find(OutboundMessage message, DateTimeOffset attemptStartedAt, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProviderMessage>?>(null);

    /// <summary>
    /// False where <see cref="Find"/> never tells: then an attempt without an answer is <c>unknown</c> for good unless a callback says
    /// more, and what waits for the same address goes on after two minutes.
    /// </summary>
    bool CanBeAsked => false;

    /// <summary>Whether its receipts are about everything that went to an address up to a time (<see cref="ReceiptItem"/>).</summary>
    bool TellsReceipts => false;

    /// <summary>Whether the customer can be shown that a message was seen and is being answered.</summary>
    bool ShowsRead => false;

    /// <summary>Shows it. Throws when that fails; nothing rests on it.</summary>
    Task ShowRead(InboundItem message, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// What webhooks should have brought since then, as the provider itself shows it: customers' messages, shops' records; oldest first.
    /// Nothing where it cannot tell. Throws when it cannot be asked now.
    /// </summary>
    /// <param name="isKnown">
    /// Whether a message is here already, by <see cref="WebhookItem.ExternalId"/> or <see cref="InboundItem.MessageExternalId"/>: then it need not be told.
    /// </param>
    IAsyncEnumerable<WebhookItem> ListSince(DateTimeOffset since, Func<string, Task<bool>> isKnown, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<WebhookItem>();

    /// <summary>How often it is asked for that at most, beside once a day: rarely where every conversation must be asked for.</summary>
    TimeSpan ListsEvery => TimeSpan.Zero;

    /// <summary>What an error code of this provider means, of a refused call or of a status.</summary>
    FailureClass ClassOf(string errorCode) => FailureClass.Other;

    /// <summary>What the provider lets this connection send; null without a bound.</summary>
    int? MessagesPerSecond => null;

    /// <summary>Asks the provider for something cheap, to see whether it takes the credentials. Null where it cannot be asked.</summary>
    Task<ConnectionCheck?> Check(CancellationToken cancellationToken) => Task.FromResult<ConnectionCheck?>(null);

    /// <summary>Whether its credentials end by themselves and the provider gives others for them.</summary>
    bool Renews => false;

    /// <summary>Asks for credentials that live longer. Null where the provider does not give any now; throws when it cannot be asked.</summary>
    Task<RenewedCredential?> Renew(CancellationToken cancellationToken) => Task.FromResult<RenewedCredential?>(null);

    /// <summary>
    /// Opens what the provider keeps of an attachment; by default what is at its address, without credentials. Credentials go to the
    /// provider's own hosts only.
    /// </summary>
    /// <exception cref="MediaUnavailableException">The provider does not give it, or not now.</exception>
    Task<HttpResponseMessage> OpenMedia(Attachment attachment, MediaClient media, CancellationToken cancellationToken) =>
        media.Get(attachment.Source, credentials: null, cancellationToken);

    /// <summary>Where the webhook came from the provider after all: what is probably set wrongly, in a word such as <c>other_address</c>.</summary>
    string? Explain(WebhookRequest request) => null;
}

/// <param name="Provider">Whose protocol it speaks, as in configuration: <c>Twilio</c>, <c>WhatsApp</c>, <c>Telegram</c> …</param>
/// <param name="Channel">The name in webhook addresses and messages, such as <c>whatsapp</c>.</param>
/// <param name="Account">The account at the provider, as <see cref="WebhookItem.Account"/> names it.</param>
/// <param name="BurstWait">How long the customer may go on writing before the assistant answers.</param>
/// <param name="ObserveUntil">Of a stored connection: when signatures are enforced again.</param>
internal sealed record ChannelConnection(
    Guid Id, Guid WorkspaceId, string Provider, string Channel, string Account, TimeSpan BurstWait, SignatureMode SignatureMode,
    DateTimeOffset? ObserveUntil = null)
{
    /// <inheritdoc cref="ConnectionOptions.AllowDoubles"/>
    public bool AllowsDoubles { get; init; }
}

/// <summary>What the provider said when it was asked.</summary>
/// <param name="Code">The provider's, or ours where it was not reached.</param>
/// <param name="ExpiresAt">When the credentials end by themselves; null where they don't, or where the provider does not say.</param>
internal sealed record ConnectionCheck(bool Ok, string? Code = null, string? Error = null, DateTimeOffset? ExpiresAt = null);

/// <param name="Option">The option that holds it, such as <c>AccessToken</c>.</param>
/// <param name="EndsAt">Null where the provider does not say.</param>
internal sealed record RenewedCredential(string Option, string Value, DateTimeOffset? EndsAt);

internal enum SignatureMode
{
    Enforce,

    /// <summary>Lets unverified requests make marked messages, for 72 hours at most.</summary>
    Observe,
}
