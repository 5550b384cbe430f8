using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Shopify;
using Assistify.ChannelService.Twilio;

namespace Assistify.ChannelService.Tests.Vectors;

internal sealed class ShopifySetUp() : ChannelSetUp("shopify")
{
    public override string Provider => "Shopify";

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
    [
        new ShopifyOptions
        {
            Shop = (string?)vector.Config["shop_domain"] ?? "demo-shoes.myshopify.com",
            WebhookSecret = (string?)vector.Config["client_secret"] ?? "secret",
            WebhookSecretSecondary = (string?)(vector.Config["previous_client_secrets"] as JsonArray)?.FirstOrDefault(),
            AccessToken = "shpat_test",
            ApiBaseUrl = "http://provider.test",
        },
    ];

    // Nothing is sent by Shopify: what its API answers is the answer to a query.
    public override async Task<JsonObject> Answer(VectorApp app, IChannelAdapter adapter, VectorCase vector)
    {
        var options = (ShopifyOptions)Connections(vector).Single();
        var (_, refusal) = await app.Service.Get<ShopifyClient>().Query(options, "{shop{id}}", CancellationToken.None);
        return refusal is null ? new JsonObject { ["ok"] = true } : SendAnswer.Of(adapter, refusal);
    }

    public override JsonObject? Sign(string scheme, JsonNode inputs) => scheme switch
    {
        "shopify-webhook" => new JsonObject
        {
            ["signature"] = ShopifySignature.ComputeWebhook(Encoding.UTF8.GetBytes((string)inputs["body"]!), (string)inputs["client_secret"]!),
        },
        "shopify-app-proxy" => new JsonObject
        {
            ["signature"] = ShopifySignature.ComputeProxy(
                TwilioForm.Parse(Encoding.UTF8.GetBytes((string)inputs["query"]!)), (string)inputs["client_secret"]!),
        },
        _ => null,
    };
}
