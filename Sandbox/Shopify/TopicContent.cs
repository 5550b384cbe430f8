using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Shopify;

/// <summary>What a webhook of a topic contains: the program's own content, or something of the demo shop's.</summary>
internal static class TopicContent
{
    private const long ShopId = 954889;

    public static JsonNode Of(ShopifyStandIn shopify, string topic, CustomerAct act)
    {
        if (act.Request.Content is { } given) return JsonNode.Parse(given.GetRawText())!;

        var now = act.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
        var customer = long.TryParse(act.From, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 207119551;
        return topic.Split('/') switch
        {
            ["orders", var what] => Order(what, customer, now),
            ["products", "delete"] => new JsonObject { ["id"] = DemoShop.FirstProductId },
            ["products", _] => new JsonObject
            {
                ["id"] = DemoShop.FirstProductId, ["admin_graphql_api_id"] = $"gid://shopify/Product/{DemoShop.FirstProductId}", ["title"] = "Blue stoneware vase",
                ["handle"] = "blue-stoneware-vase", ["status"] = "active", ["updated_at"] = now,
                ["variants"] = new JsonArray(new JsonObject { ["id"] = 1, ["price"] = "39.00", ["inventory_quantity"] = 3 }),
            },
            ["customers", "data_request"] => new JsonObject
            {
                ["shop_id"] = ShopId, ["shop_domain"] = shopify.Shop, ["orders_requested"] = new JsonArray(DemoShop.FirstOrderId), ["customer"] = Customer(customer),
                ["data_request"] = new JsonObject { ["id"] = 9999 },
            },
            ["customers", _] => new JsonObject
            {
                ["shop_id"] = ShopId, ["shop_domain"] = shopify.Shop, ["customer"] = Customer(customer), ["orders_to_redact"] = new JsonArray(DemoShop.FirstOrderId),
            },
            ["shop", _] => new JsonObject { ["shop_id"] = ShopId, ["shop_domain"] = shopify.Shop },
            _ => new JsonObject { ["id"] = ShopId, ["name"] = "Assistify demo shop", ["domain"] = shopify.Shop, ["myshopify_domain"] = shopify.Shop },
        };
    }

    private static JsonObject Customer(long id) => new() { ["id"] = id, ["email"] = "zoe@example.com", ["phone"] = "+447700900123" };

    private static JsonObject Order(string what, long customer, string now) => new()
    {
        ["id"] = DemoShop.FirstOrderId, ["admin_graphql_api_id"] = $"gid://shopify/Order/{DemoShop.FirstOrderId}", ["name"] = "#1001", ["order_number"] = 1001,
        ["email"] = "zoe@example.com", ["created_at"] = now, ["updated_at"] = now, ["cancelled_at"] = what == "cancelled" ? now : null, ["currency"] = "EUR",
        ["financial_status"] = what == "cancelled" ? "refunded" : "paid", ["fulfillment_status"] = what == "fulfilled" ? "fulfilled" : null, ["total_price"] = "39.00",
        ["customer"] = new JsonObject { ["id"] = customer, ["email"] = "zoe@example.com", ["first_name"] = "Zoë", ["last_name"] = "Olsen" },
        ["line_items"] = new JsonArray(new JsonObject
        {
            ["id"] = 866550311766439020, ["product_id"] = DemoShop.FirstProductId, ["variant_id"] = 808950810, ["title"] = "Blue stoneware vase", ["quantity"] = 1, ["price"] = "39.00",
        }),
    };
}
