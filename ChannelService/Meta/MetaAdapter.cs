using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Meta;

/// <summary>What WhatsApp, Messenger and Instagram have in common: one app's secret signs for all of its accounts.</summary>
internal abstract class MetaAdapter<TOptions>(ChannelConnection connection, TOptions options) : IChannelAdapter where TOptions : MetaOptions
{
    public ChannelConnection Connection => connection;

    /// <summary>Up to 1,000 updates come at once, 3 MB.</summary>
    public int MaxBodyBytes => 4 * 1024 * 1024;

    /// <summary>Meta would repeat it for days.</summary>
    public int MalformedStatusCode => StatusCodes.Status200OK;

    public int ForeignStatusCode => StatusCodes.Status200OK;

    public int? MessagesPerSecond => options.MessagesPerSecond ?? (options.IsMetaItself ? OwnPerSecond : null);

    public virtual bool TellsReceipts => false;

    public abstract bool ShowsRead { get; }

    protected TOptions Options => options;

    protected abstract GraphClient Client { get; }

    /// <summary>What Meta lets one account of this product send.</summary>
    protected abstract int OwnPerSecond { get; }

    public bool Recognises(WebhookRequest request) => request.Headers.ContainsKey(MetaSignature.Header) || MetaHandshake.Is(request);

    public string? Verify(WebhookRequest request) =>
        request.Method == HttpMethods.Get
            ? MetaHandshake.Verify(request, options.VerifyToken!)
            : MetaSignature.Verify(request.Headers[MetaSignature.Header].ToString(), request.Body.Span, options.AppSecrets);

    public WebhookContent Read(WebhookRequest request) =>
        request.Method == HttpMethods.Get ? MetaHandshake.Read(request, connection.Account) : Read(request.Body);

    public abstract Task<ConnectionCheck?> Check(CancellationToken cancellationToken);

    public virtual Task<HttpResponseMessage> OpenMedia(Attachment attachment, MediaClient media, CancellationToken cancellationToken) =>
        media.Get(attachment.Source, credentials: null, cancellationToken);

    public FailureClass ClassOf(string errorCode) => MetaErrors.ClassOf(errorCode);

    public virtual CustomerAddress? AddressOf(string typed) => null;

    public virtual bool TakesTemplates => false;

    public virtual TimeSpan PeoplesGrace => TimeSpan.Zero;

    public abstract IReadOnlyList<OutboundPart> Compose(DeliverMessage message);

    public abstract Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken);

    public abstract Task ShowRead(InboundItem message, CancellationToken cancellationToken);

    /// <summary>What a signed body tells.</summary>
    protected abstract WebhookContent Read(ReadOnlyMemory<byte> body);
}
