using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.Shopify.GraphQl;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Shopify;

/// <summary>The same keys that ChannelService is given.</summary>
internal sealed class ShopifyOptions
{
    public const string Section = "Channels:Shopify";

    public string? Shop { get; set; }

    public string? AccessToken { get; set; }

    public string? WebhookSecret { get; set; }
}

/// <summary>Shopify: a small shop with its catalogue, orders, webhooks, and visitors who write through the app proxy.</summary>
internal sealed partial class ShopifyStandIn(StandInTools tools, IOptions<ShopifyOptions> options) : StandIn(tools, new Faults { StatusSteps = [] })
{
    private const string Version = "2026-01";
    private static readonly TimeSpan[] s_waits = [.. Enumerable.Range(0, 8).Select(n => TimeSpan.FromMinutes(1 << n) * (240.0 / 255))];

    private readonly ConcurrentDictionary<string, DateTimeOffset> _changedAt = new(StringComparer.Ordinal);

    public string Shop { get; } = MadeUp.Unless(options.Value.Shop, () => "assistify-demo.myshopify.com");

    public string AccessToken { get; } = MadeUp.Unless(options.Value.AccessToken, () => "shpat_" + MadeUp.Hex(32));

    public string WebhookSecret { get; } = MadeUp.Unless(options.Value.WebhookSecret, () => MadeUp.Hex(32));

    /// <summary>The points that queries cost: 2000, of which 100 come back each second.</summary>
    public CostBucket Costs { get; } = new(2000, 100, tools.Time);

    /// <summary>As the Admin API shows them: those that an event was about changed when it happened.</summary>
    public JsonArray Products => AsTheyStand(DemoShop.Products);

    public JsonArray Orders => AsTheyStand(DemoShop.Orders);

    public override string Channel => "shopify";

    public override string Name => "Shopify";

    public override string Address => Shop;

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë, a customer", "207119551"), new("A visitor", "v-4f1c2a90-8e0d-4b6f")];

    public override string AddressForm => "The id of a customer, such as 207119551, or of a visitor: 16 to 64 letters, digits, dashes and underlines.";

    public override string SidForm => "An UUID.";

    public override IReadOnlyList<string> Abilities { get; } = [Ability.Text, Ability.Event, Ability.Content, Ability.Raw];

    public override IReadOnlyList<string> Events { get; } =
    [
        "orders/create", "orders/updated", "orders/paid", "orders/fulfilled", "orders/cancelled", "products/create", "products/update", "products/delete",
        "customers/data_request", "customers/redact", "shop/redact", "app/uninstalled",
    ];

    public override IReadOnlyList<string> KnownSteps { get; } = [];

    public override IReadOnlyList<string> Secrets => [AccessToken, WebhookSecret];

    public override string? ReadAddress(string text) => Person().IsMatch(text) ? text : null;

    public override bool IsSid(string text) => Guid.TryParseExact(text, "D", out _);

    public override string NewSid(InboundRequest request) => Guid.CreateVersion7(Time.GetUtcNow()).ToString();

    public override string NewMediaId() => MadeUp.Letters(20);

    public override Webhook Compose(IReadOnlyList<CustomerAct> acts)
    {
        if (acts[0].Request.Event is not { } topic) return Written(acts[0]);
        var content = TopicContent.Of(this, topic, acts[0]);
        if (content.Text("admin_graphql_api_id") is { } changed) _changedAt[changed] = acts[0].At;
        return Signed(Answer.Json(200, content).Body, topic, acts[0].Sid);
    }

    public override Webhook Raw(string content, string sid) => Signed(Encoding.UTF8.GetBytes(content), "orders/updated", sid);

    public override Answer? Authorize(ApiRequest request) =>
        Faults.Current.TokenExpired || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Header("X-Shopify-Access-Token")), Encoding.UTF8.GetBytes(AccessToken))
            ? Answer.Json(401, new JsonObject { ["errors"] = "[API] Invalid API key or access token (unrecognized login or wrong password)" })
            : null;

    // With HTTP 200, as every error of GraphQL.
    public override Answer TooManyRequests(int retryAfterSeconds) => QueryShop.Throttled(Costs, 12);

    public override Answer ServerError() => Faults.Next(2) == 0
        ? Answer.Json(500, new JsonObject { ["errors"] = "Internal Server Error" })
        : Answer.Json(503, new JsonObject { ["errors"] = "Service Unavailable" });

    private JsonArray AsTheyStand(JsonArray items)
    {
        var all = items.DeepClone().AsArray();
        foreach (var item in all)
        {
            if (_changedAt.TryGetValue(item.Text("id")!, out var at)) item!["updatedAt"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        return all;
    }

    private Webhook Signed(byte[] body, string topic, string sid)
    {
        var triggered = Time.GetUtcNow();
        return new Webhook(this, sid, WebhookAddress(Channel), RetryPlan.Faster(RetrySpeed, TimeSpan.FromSeconds(5), s_waits))
        {
            Title = topic,
            Body = body,
            ContentType = "application/json",
            Headers = _ =>
            [
                ("User-Agent", "Shopify-Captain-Hook"), ("X-Shopify-Topic", topic), ("X-Shopify-Shop-Domain", Shop), ("X-Shopify-API-Version", Version),
                ("X-Shopify-Webhook-Id", sid), ("X-Shopify-Event-Id", sid),
                ("X-Shopify-Triggered-At", triggered.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture)),
                ("X-Shopify-Hmac-SHA256", ShopifySignature.OfBody(WebhookSecret, body)),
            ],
        };
    }

    /// <summary>A visitor's browser asks for answers after a place.</summary>
    public Webhook Fetch(string address, long after) => Proxied(address, "fetch", "Answers fetched by the storefront's chat", after) with
    {
        Method = HttpMethod.Get,
        IsKept = static outcome => outcome.Status != 200 || outcome.Body?.Contains("\"text\"", StringComparison.Ordinal) == true,
    };

    private Webhook Written(CustomerAct act)
    {
        var content = new JsonObject { ["text"] = act.Text, ["name"] = act.Name, ["clientMessageId"] = act.Sid };
        if (!IsCustomer(act.From)) content["visitorId"] = act.From;
        return Proxied(act.From, act.Sid, "Message in the storefront's chat", null) with { Body = Answer.Json(200, content).Body, ContentType = "application/json" };
    }

    // A visitor's browser asks the shop, and the shop asks us with five parameters more. Nobody repeats it.
    private Webhook Proxied(string address, string sid, string title, long? after)
    {
        var customer = IsCustomer(address);
        List<KeyValuePair<string, string>> parameters = [];
        if (after is { } place)
        {
            if (!customer) parameters.Add(new("visitorId", address));
            parameters.Add(new("after", place.ToString(CultureInfo.InvariantCulture)));
        }

        parameters.AddRange(
        [
            new("shop", Shop), new("logged_in_customer_id", customer ? address : ""), new("path_prefix", "/apps/chat"),
            new("timestamp", Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ]);
        var signature = ShopifySignature.OfQuery(WebhookSecret, parameters);
        var query = string.Join('&', parameters.Append(new("signature", signature)).Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"));
        return new Webhook(this, sid, new Uri(WebhookAddress(Channel), "?" + query), RetryPlan.Never(TimeSpan.FromSeconds(10)))
        {
            Title = title,
            Headers = static _ => [("X-Forwarded-For", "203.0.113.7")],
        };
    }

    private static bool IsCustomer(string address) => address.All(char.IsAsciiDigit);

    [GeneratedRegex("^([1-9][0-9]{3,18}|[A-Za-z0-9_-]{16,64})$", RegexOptions.CultureInvariant)]
    private static partial Regex Person();
}
