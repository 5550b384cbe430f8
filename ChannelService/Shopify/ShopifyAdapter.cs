using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
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

    public async IAsyncEnumerable<WebhookItem> ListSince(
        DateTimeOffset since, Func<string, Task<bool>> isKnown, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.AccessToken)) yield break;
        var search = $"updated_at:>='{since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}'";
        foreach (var query in ShopifyRecords.Queries)
        {
            string? after = null;
            do
            {
                var (data, refusal) = await client.Query(options, query, cancellationToken, new JsonObject { ["search"] = search, ["after"] = after });

                // An app that may see orders need not be one that may see products.
                if (refusal is SendResult.NotSent { Code: ShopifyErrors.AccessDenied }) break;
                if (refusal is not null) throw ShopifyErrors.Unanswered(refusal);

                var page = data?.Object("records");
                foreach (var node in page?.Objects("nodes") ?? [])
                {
                    if (ShopifyRecords.Read(node, connection.Account) is { } record) yield return record;
                }

                var info = page?.Object("pageInfo");
                after = info?.Flag("hasNextPage") is true ? info.Filled("endCursor") : null;
            }
            while (after is not null);
        }
    }

    private static string IdOf(OutboundMessage message) => $"{message.DeliveryId}/{message.Part}";

    private static TwilioForm Query(WebhookRequest request) => TwilioForm.Parse(Encoding.UTF8.GetBytes(request.Query.TrimStart('?')));
}
