using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Shopify;

/// <summary>The GraphQL Admin API. https://shopify.dev/docs/api/admin-graphql</summary>
internal sealed class ShopifyClient(HttpClient http, TimeProvider time)
{
    public const string Name = "shopify";

    /// <returns>The data, or why there is none. Throws where there is no answer.</returns>
    public async Task<(JsonElement? Data, SendResult? Refusal)> Query(
        ShopifyOptions options, string query, CancellationToken cancellationToken, JsonObject? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(options))
        {
            Content = JsonContent.Create(new JsonObject { ["query"] = query, ["variables"] = variables }),
            Headers = { { "X-Shopify-Access-Token", options.AccessToken } },
        };
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);

        // An error comes with 200 as well, and then there may be no data or half of it.
        return answer.Body is { } body && (int)answer.Status == StatusCodes.Status200OK && body.Get("errors") is null && body.Object("data") is { } data
            ? (data, null)
            : (null, ShopifyErrors.Classify(answer));
    }

    private static Uri Address(ShopifyOptions options) =>
        new($"{(string.IsNullOrEmpty(options.ApiBaseUrl) ? $"https://{options.Account}" : options.ApiBaseUrl).TrimEnd('/')}/admin/api/{options.ApiVersion}/graphql.json");
}
