using System.Text;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChannelService.Shopify;

/// <summary>
/// A Shopify shop: its webhooks, and the chat in the shop, which comes through the app proxy and fetches its answers there. Shopify
/// sends nobody anything for us: what is in the ledger is sent.
/// </summary>
internal sealed class ShopifyAdapter(ChannelConnection connection, ShopifyOptions options, ShopifyClient client, NpgsqlDataSource database, TimeProvider time)
    : IChannelAdapter
{
    public ChannelConnection Connection => connection;

    // Eight failures in four hours, and Shopify sends no more webhooks of that kind.
    public int MalformedStatusCode => StatusCodes.Status200OK;

    public string? Verify(WebhookRequest request) =>
        !request.Headers.ContainsKey(ShopifySignature.Header) && Query(request) is var query && ShopifySignature.IsProxied(query)
            ? ShopifySignature.VerifyProxy(query, options.WebhookSecrets, time.GetUtcNow())
            : ShopifySignature.VerifyWebhook(request, options.WebhookSecrets);

    public WebhookContent Read(WebhookRequest request) =>
        !request.Headers.ContainsKey(ShopifySignature.Header) && Query(request) is var query && ShopifySignature.IsProxied(query)
            ? StorefrontRequest.Read(request, query, (address, after) => new StorefrontAnswers(database, connection.Id, address, after))
            : ShopifyWebhook.Read(request);

    public FailureClass ClassOf(string errorCode) => ShopifyErrors.ClassOf(errorCode);

    public async Task<ConnectionCheck?> Check(CancellationToken cancellationToken)
    {
        // Chat and webhooks need no access token.
        if (string.IsNullOrEmpty(options.AccessToken)) return null;
        var (data, refusal) = await client.Query(options, "{shop{myshopifyDomain}}", cancellationToken);
        if (refusal is not null) return ProviderCall.Failed(refusal, "Shopify");
        return data?.Object("shop")?.Text("myshopifyDomain") is { } shop && shop.Equals(connection.Account, StringComparison.OrdinalIgnoreCase)
            ? new ConnectionCheck(true)
            : new ConnectionCheck(false, "other_shop", "The access token is for another shop.");
    }

    public IReadOnlyList<OutboundPart> Compose(DeliverMessage message) => NeutralMessage.Compose(message);

    public Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<SendResult>(new SendResult.Accepted(IdOf(message)));

    public bool CanBeAsked => true;

    /// <summary>It is in the ledger, so it is sent.</summary>
    public Task<IReadOnlyList<ProviderMessage>?> Find(OutboundMessage message, DateTimeOffset attemptStartedAt, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProviderMessage>?>([new ProviderMessage(IdOf(message), attemptStartedAt)]);

    private static string IdOf(OutboundMessage message) => $"{message.DeliveryId}/{message.Part}";

    private static TwilioForm Query(WebhookRequest request) => TwilioForm.Parse(Encoding.UTF8.GetBytes(request.Query.TrimStart('?')));
}
