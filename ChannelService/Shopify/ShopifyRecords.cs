using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Shopify;

/// <summary>
/// Orders and products as the Admin API shows them, made into what webhooks bring: <c>{"id":1,"name":"#1001","financial_status":"paid",…}</c>.
/// A query's cost is what its pages could hold; these stay below Shopify's bound of 1000.
/// </summary>
internal static class ShopifyRecords
{
    /// <summary>With the variables <c>search</c> and <c>after</c>; the connection is called <c>records</c>.</summary>
    public static readonly string[] Queries =
    [
        """
        query($search:String!,$after:String){records:orders(first:10,after:$after,query:$search,sortKey:UPDATED_AT){nodes{
        id legacyResourceId name email createdAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus
        totalPriceSet{shopMoney{amount currencyCode}} customer{legacyResourceId email phone firstName lastName}
        lineItems(first:10){nodes{title quantity originalUnitPriceSet{shopMoney{amount}} product{legacyResourceId} variant{legacyResourceId}}}}
        pageInfo{hasNextPage endCursor}}}
        """,
        """
        query($search:String!,$after:String){records:products(first:20,after:$after,query:$search,sortKey:UPDATED_AT){nodes{
        id legacyResourceId title handle status vendor productType createdAt updatedAt variants(first:20){nodes{legacyResourceId title sku price inventoryQuantity}}}
        pageInfo{hasNextPage endCursor}}}
        """,
    ];

    /// <returns>Null where it is neither an order nor a product with an id and a time.</returns>
    public static CommerceItem? Read(JsonElement node, string shop)
    {
        var kind = node.Text("id")?.Split('/') is [.., var type, _] ? type : null;
        if (node.Filled("legacyResourceId") is not { } id
            || !DateTimeOffset.TryParse(node.Text("updatedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var updatedAt))
            return null;

        return kind switch
        {
            "Order" => new CommerceItem(
                Name("orders"), shop, "orders/updated", id, null, updatedAt, Order(node).ToJsonString(),
                node.Object("customer").Filled("legacyResourceId") is { } customer ? ShopifyWebhook.AddressOf(customer) : null),
            "Product" => new CommerceItem(Name("products"), shop, "products/update", id, null, updatedAt, Product(node).ToJsonString()),
            _ => null,
        };

        // Of this state of it: a later one is another.
        string Name(string what) => $"{what}/{id}/{updatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";
    }

    private static JsonObject Order(JsonElement order)
    {
        var total = order.Object("totalPriceSet")?.Object("shopMoney");
        var customer = order.Object("customer");
        return new JsonObject
        {
            ["id"] = Id(order), ["admin_graphql_api_id"] = order.Text("id"), ["name"] = order.Text("name"), ["email"] = order.Text("email"),
            ["created_at"] = order.Text("createdAt"), ["updated_at"] = order.Text("updatedAt"), ["cancelled_at"] = order.Text("cancelledAt"),
            ["total_price"] = total.Filled("amount"), ["currency"] = total.Filled("currencyCode"),
            ["financial_status"] = order.Text("displayFinancialStatus")?.ToLowerInvariant(),
            ["fulfillment_status"] = order.Text("displayFulfillmentStatus") switch
            {
                "FULFILLED" => "fulfilled",
                "PARTIALLY_FULFILLED" => "partial",
                "RESTOCKED" => "restocked",
                _ => null,
            },
            ["customer"] = customer is not { } person ? null : new JsonObject
            {
                ["id"] = Id(person), ["email"] = person.Text("email"), ["phone"] = person.Text("phone"), ["first_name"] = person.Text("firstName"),
                ["last_name"] = person.Text("lastName"),
            },
            ["line_items"] = new JsonArray([.. (order.Object("lineItems")?.Objects("nodes") ?? []).Select(line => (JsonNode)new JsonObject
            {
                ["product_id"] = Id(line.Object("product")), ["variant_id"] = Id(line.Object("variant")), ["title"] = line.Text("title"),
                ["quantity"] = line.Integer("quantity"), ["price"] = (line.Object("originalUnitPriceSet")?.Object("shopMoney")).Filled("amount"),
            })]),
        };
    }

    private static JsonObject Product(JsonElement product) => new()
    {
        ["id"] = Id(product), ["admin_graphql_api_id"] = product.Text("id"), ["title"] = product.Text("title"), ["handle"] = product.Text("handle"),
        ["status"] = product.Text("status")?.ToLowerInvariant(), ["vendor"] = product.Text("vendor"), ["product_type"] = product.Text("productType"),
        ["created_at"] = product.Text("createdAt"), ["updated_at"] = product.Text("updatedAt"),
        ["variants"] = new JsonArray([.. (product.Object("variants")?.Objects("nodes") ?? []).Select(variant => (JsonNode)new JsonObject
        {
            ["id"] = Id(variant), ["title"] = variant.Text("title"), ["sku"] = variant.Text("sku"), ["price"] = variant.Text("price"),
            ["inventory_quantity"] = variant.Integer("inventoryQuantity"),
        })]),
    };

    // Text there, a number in webhooks.
    private static JsonNode? Id(JsonElement? of) => of?.Number("legacyResourceId");
}
