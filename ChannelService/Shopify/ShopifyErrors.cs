using System.Net;
using System.Text.Json;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Shopify;

/// <summary>What the Admin API's errors mean: <c>{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{…}}}</c>.</summary>
internal static class ShopifyErrors
{
    public const string AccessDenied = "ACCESS_DENIED";

    private const string Throttled = "THROTTLED";
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_authPatience = TimeSpan.FromMinutes(15);

    public static SendResult Classify(ProviderAnswer answer)
    {
        var error = answer.Body?.Objects("errors").FirstOrDefault() ?? default;
        var code = error.ValueKind == JsonValueKind.Object ? error.Object("extensions")?.Text("code") ?? "GRAPHQL" : $"http_{(int)answer.Status}";
        return (answer.Status, code) switch
        {
            (HttpStatusCode.TooManyRequests, _) or (_, Throttled) =>
                new SendResult.NotSent(code, "Shopify's rate limit was reached.", answer.RetryAfter ?? Wait(answer.Body), s_patience),
            (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) =>
                new SendResult.NotSent(code, "Shopify refused the access token (Channels__Shopify__AccessToken).", null, s_authPatience),
            (_, AccessDenied) => new SendResult.NotSent(code, "The app may not ask for this: its access scopes are missing.", null, s_authPatience),
            (HttpStatusCode.NotFound, _) => new SendResult.Refused(code, "Shopify knows no such shop or version (Channels__Shopify__Shop, Channels__Shopify__ApiVersion)."),
            (>= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout, _) => new SendResult.Unknown(code),
            _ => new SendResult.Refused(code, error.ValueKind == JsonValueKind.Object && error.Text("message") is { } message ? message : $"Shopify answered {(int)answer.Status}."),
        };
    }

    /// <summary>Where an answer was needed.</summary>
    public static HttpRequestException Unanswered(SendResult refusal)
    {
        var code = ProviderCall.Failed(refusal, "Shopify").Code!;
        return new HttpRequestException($"Shopify answered {code}.", null, ClassOf(code) == FailureClass.Auth ? HttpStatusCode.Unauthorized : null);
    }

    public static FailureClass ClassOf(string code) => code switch
    {
        Throttled or "http_429" => FailureClass.RateLimited,
        "http_401" or "http_403" => FailureClass.Auth,
        AccessDenied => FailureClass.Permission,
        "http_404" => FailureClass.NotFound,
        "GRAPHQL" or "http_400" => FailureClass.InvalidRequest,
        _ => FailureClass.Other,
    };

    // The bucket has to hold what the query costs: (requested - available) / restored in a second.
    private static TimeSpan? Wait(JsonElement? body)
    {
        var cost = body?.Object("extensions")?.Object("cost");
        var bucket = cost?.Object("throttleStatus");
        return cost?.Real("requestedQueryCost") is { } requested && bucket?.Real("currentlyAvailable") is { } available
            && bucket?.Real("restoreRate") is { } rate and > 0 && requested > available && (requested - available) / rate < s_patience.TotalSeconds
                ? TimeSpan.FromSeconds((requested - available) / rate)
                : null;
    }
}
