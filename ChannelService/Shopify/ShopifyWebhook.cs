using System.Globalization;
using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Shopify;

/// <summary>
/// Reads a webhook: what it is about stands in the headers, the record in the body. https://shopify.dev/docs/api/webhooks
/// <code>X-Shopify-Topic: orders/create   {"id":820982911946154508,"name":"#1001","customer":{"id":207119551},"updated_at":"2026-01-01T00:00:00+00:00",…}</code>
/// </summary>
internal static class ShopifyWebhook
{
    private const int MaxLength = 128;

    public static WebhookContent Read(WebhookRequest request)
    {
        if (Header(request, "X-Shopify-Topic") is not { } topic || Header(request, "X-Shopify-Webhook-Id") is not { } id
            || Header(request, "X-Shopify-Shop-Domain") is not { } shop)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "X-Shopify-Topic, X-Shopify-Webhook-Id or X-Shopify-Shop-Domain is missing");
        return WireJson.Read(request.Body.Span, root => Read(root, request, topic, id, AccountOf(root, shop)));
    }

    /// <summary>A customer's address on this channel.</summary>
    public static string AddressOf(string customerId) => $"customer/{customerId}";

    private static WebhookContent Read(JsonElement root, WebhookRequest request, string topic, string id, string account)
    {
        var customer = root.Object("customer");
        switch (topic)
        {
            case "customers/redact" when customer?.Text("id") is { } person:
                return WebhookContent.Of(new ComplianceItem(
                    id, account, topic, person, customer?.Text("email"), customer?.Text("phone"), new CustomerTraces(AddressOf(person), person, Orders(root))));
            case "customers/redact" or "customers/data_request" or "shop/redact":
                return WebhookContent.Of(new ComplianceItem(
                    id, account, topic, customer?.Text("id") ?? root.Text("shop_id") ?? "", customer?.Text("email"), customer?.Text("phone")));
        }

        if (topic.StartsWith("app/", StringComparison.Ordinal) || topic.StartsWith("shop/", StringComparison.Ordinal))
            return WebhookContent.Of(new NoticeItem(id, account, "system", Detail: topic));
        if (root.Text("id") is not { Length: <= MaxLength } resource) return WebhookContent.Nothing(WebhookOutcome.Ignored, $"{topic}: no id");

        var whose = topic.StartsWith("customers/", StringComparison.Ordinal) ? resource : customer?.Text("id");
        return WebhookContent.Of(new CommerceItem(
            id, account, topic, resource, Header(request, "X-Shopify-Event-Id"), Time(root.Text("updated_at")) ?? Time(Header(request, "X-Shopify-Triggered-At")),
            WireJson.Storable(root), whose is null ? null : AddressOf(whose)));
    }

    // The signature covers no header, and one secret signs for every shop of the app: where the body names its shop too, both must agree.
    private static string AccountOf(JsonElement root, string header)
    {
        header = header.ToLowerInvariant();
        return root.Text("shop_domain")?.ToLowerInvariant() is { } body && body != header ? $"{header}, {body}" : header;
    }

    private static List<string> Orders(JsonElement root) =>
        root.TryGetProperty("orders_to_redact", out var orders) && orders.ValueKind == JsonValueKind.Array
            ? [.. orders.EnumerateArray().Where(order => order.ValueKind == JsonValueKind.Number).Select(order => order.GetRawText())]
            : [];

    private static string? Header(WebhookRequest request, string name) =>
        request.Headers[name] is [{ Length: > 0 and <= MaxLength } value] ? StorableText.From(value) : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
