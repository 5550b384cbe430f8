using System.Globalization;
using System.Text.Json.Nodes;

namespace Assistify.Sandbox.Shopify;

/// <summary>What the shop sells and has sold. A member <c>@nodes</c> makes a connection of its object.</summary>
internal static class DemoShop
{
    public const long FirstProductId = 788032119674292922;
    public const long FirstOrderId = 820982911946154508;

    private const long FirstVariantId = 808950810;

    private static readonly (string Title, string Type, string Price, int Stock, string Tags, string About)[] s_products =
    [
        ("Blue stoneware vase", "Vase", "39.00", 3, "blue,vase,stoneware", "24 cm, glazed by hand."),
        ("Tall glass vase", "Vase", "48.50", 7, "vase,glass", "Blown glass, 40 cm."),
        ("Small bud vase", "Vase", "18.00", 0, "vase,small", "For one stem."),
        ("Linen tablecloth", "Textile", "64.00", 12, "linen,table", "Washed linen, 150 by 250 cm."),
        ("Oak serving board", "Kitchen", "29.90", 20, "oak,kitchen", "Oiled oak, 45 cm."),
        ("Beeswax candle", "Candle", "12.50", 80, "candle", "Burns for 30 hours."),
        ("Trail shoe, blue", "Shoe", "49.99", 5, "shoe,blue,trail", "Sizes 36 to 46."),
        ("Wool throw", "Textile", "89.00", 4, "wool,throw", "130 by 180 cm."),
    ];

    private static readonly (string Name, string Email, string Phone, string First, string Last, string Paid, string Sent, int Product, string? Tracking)[] s_orders =
    [
        ("#1001", "zoe@example.com", "+447700900123", "Zoë", "Olsen", "PAID", "UNFULFILLED", 0, null),
        ("#1002", "andreas@example.com", "+12025550143", "Andreas", "Georgiou", "PAID", "FULFILLED", 3, "CY123456789EU"),
        ("#1003", "zoe@example.com", "+447700900123", "Zoë", "Olsen", "REFUNDED", "FULFILLED", 6, "CY987654321EU"),
        ("#1004", "maria@example.com", "+35799000123", "Maria", "Nicolaou", "PENDING", "UNFULFILLED", 7, null),
    ];

    public static JsonArray Products { get; } = [.. s_products.Select((product, n) => (JsonNode)Product(product, n))];

    public static JsonArray Customers { get; } = [.. s_orders.DistinctBy(order => order.Email).Select((order, n) => (JsonNode)Customer(order.Email, order.Phone, order.First, order.Last, n))];

    public static JsonArray Orders { get; } = [.. s_orders.Select((order, n) => (JsonNode)Order(order, n))];

    public static JsonObject Shop(string domain) => new()
    {
        ["__typename"] = "Shop", ["id"] = "gid://shopify/Shop/954889", ["name"] = "Assistify demo shop", ["email"] = "shop@example.com", ["myshopifyDomain"] = domain,
        ["currencyCode"] = "EUR", ["ianaTimezone"] = "Asia/Nicosia", ["url"] = $"https://{domain}",
        ["primaryDomain"] = new JsonObject { ["__typename"] = "Domain", ["host"] = domain, ["url"] = $"https://{domain}" },
        ["plan"] = new JsonObject { ["__typename"] = "ShopPlan", ["displayName"] = "Basic", ["partnerDevelopment"] = true },
    };

    private static JsonObject Product((string Title, string Type, string Price, int Stock, string Tags, string About) product, int n)
    {
        var handle = product.Title.ToLowerInvariant().Replace(",", "", StringComparison.Ordinal).Replace(' ', '-');
        var id = FirstProductId + n;
        return new JsonObject
        {
            ["__typename"] = "Product", ["id"] = $"gid://shopify/Product/{id}", ["legacyResourceId"] = Text(id), ["title"] = product.Title, ["handle"] = handle,
            ["description"] = product.About, ["descriptionHtml"] = $"<p>{product.About}</p>", ["productType"] = product.Type, ["vendor"] = "Assistify demo shop",
            ["status"] = "ACTIVE", ["tags"] = new JsonArray([.. product.Tags.Split(',').Select(tag => (JsonNode)tag)]), ["totalInventory"] = product.Stock,
            ["onlineStoreUrl"] = $"https://shop.example/products/{handle}", ["createdAt"] = Day(n + 1), ["updatedAt"] = Day(n + 40),
            ["featuredImage"] = Image(handle, product.Title), ["images"] = Connection(Image(handle, product.Title)),
            ["featuredMedia"] = null,
            ["priceRangeV2"] = new JsonObject { ["__typename"] = "ProductPriceRangeV2", ["minVariantPrice"] = Money(product.Price), ["maxVariantPrice"] = Money(product.Price) },
            ["variants"] = Connection(new JsonObject
            {
                ["__typename"] = "ProductVariant", ["id"] = $"gid://shopify/ProductVariant/{FirstVariantId + n}", ["legacyResourceId"] = Text(FirstVariantId + n), ["title"] = "Default Title", ["sku"] = $"A-{n + 1}",
                ["price"] = product.Price, ["compareAtPrice"] = null, ["availableForSale"] = product.Stock > 0, ["inventoryQuantity"] = product.Stock,
                ["selectedOptions"] = new JsonArray(new JsonObject { ["__typename"] = "SelectedOption", ["name"] = "Title", ["value"] = "Default Title" }),
            }),
            ["collections"] = Connection(new JsonObject { ["__typename"] = "Collection", ["id"] = $"gid://shopify/Collection/{n + 1}", ["title"] = product.Type, ["handle"] = product.Type.ToLowerInvariant() }),
        };
    }

    private static JsonObject Customer(string email, string phone, string first, string last, int n) => new()
    {
        ["__typename"] = "Customer", ["id"] = $"gid://shopify/Customer/{207119551 + n}", ["legacyResourceId"] = Text(207119551 + n), ["email"] = email, ["phone"] = phone,
        ["firstName"] = first, ["lastName"] = last, ["displayName"] = $"{first} {last}", ["locale"] = "en", ["numberOfOrders"] = Text(s_orders.Count(order => order.Email == email)),
        ["tags"] = new JsonArray(), ["createdAt"] = Day(n + 1), ["updatedAt"] = Day(n + 1),
    };

    private static JsonObject Order(
        (string Name, string Email, string Phone, string First, string Last, string Paid, string Sent, int Product, string? Tracking) order, int n)
    {
        var (title, _, price, _, _, _) = s_products[order.Product];
        var fulfillments = new JsonArray();
        if (order.Tracking is not null)
        {
            fulfillments.Add((JsonNode)new JsonObject
            {
                ["__typename"] = "Fulfillment", ["id"] = $"gid://shopify/Fulfillment/{n + 1}", ["status"] = "SUCCESS", ["displayStatus"] = "IN_TRANSIT", ["createdAt"] = Day(n + 50),
                ["estimatedDeliveryAt"] = Day(n + 54), ["deliveredAt"] = null,
                ["trackingInfo"] = new JsonArray(new JsonObject
                {
                    ["__typename"] = "FulfillmentTrackingInfo", ["number"] = order.Tracking, ["url"] = $"https://track.example/{order.Tracking}", ["company"] = "Cyprus Post",
                }),
            });
        }

        return new JsonObject
        {
            ["__typename"] = "Order", ["id"] = $"gid://shopify/Order/{FirstOrderId + n}", ["legacyResourceId"] = Text(FirstOrderId + n), ["name"] = order.Name, ["email"] = order.Email,
            ["phone"] = order.Phone, ["createdAt"] = Day(n + 45), ["processedAt"] = Day(n + 45), ["updatedAt"] = Day(n + 50), ["cancelledAt"] = null, ["closedAt"] = null, ["note"] = null,
            ["tags"] = new JsonArray(), ["displayFinancialStatus"] = order.Paid, ["displayFulfillmentStatus"] = order.Sent, ["statusPageUrl"] = $"https://shop.example/orders/{n + 1}",
            ["totalPriceSet"] = new JsonObject { ["__typename"] = "MoneyBag", ["shopMoney"] = Money(price), ["presentmentMoney"] = Money(price) },
            ["currentTotalPriceSet"] = new JsonObject { ["__typename"] = "MoneyBag", ["shopMoney"] = Money(price), ["presentmentMoney"] = Money(price) },
            ["customer"] = Customer(order.Email, order.Phone, order.First, order.Last, Array.FindIndex([.. s_orders.DistinctBy(one => one.Email)], one => one.Email == order.Email)),
            ["shippingAddress"] = new JsonObject
            {
                ["__typename"] = "MailingAddress", ["name"] = $"{order.First} {order.Last}", ["address1"] = "1 Ledra Street", ["address2"] = null, ["city"] = "Nicosia", ["zip"] = "1010",
                ["countryCodeV2"] = "CY", ["country"] = "Cyprus", ["phone"] = order.Phone,
            },
            ["fulfillments"] = fulfillments,
            ["lineItems"] = Connection(new JsonObject
            {
                ["__typename"] = "LineItem", ["id"] = $"gid://shopify/LineItem/{n + 1}", ["title"] = title, ["name"] = title, ["quantity"] = 1, ["currentQuantity"] = 1, ["sku"] = $"A-{order.Product + 1}",
                ["originalUnitPriceSet"] = new JsonObject { ["__typename"] = "MoneyBag", ["shopMoney"] = Money(price), ["presentmentMoney"] = Money(price) },
                ["product"] = Product(s_products[order.Product], order.Product),
                ["variant"] = new JsonObject
                {
                    ["__typename"] = "ProductVariant", ["id"] = $"gid://shopify/ProductVariant/{FirstVariantId + order.Product}", ["legacyResourceId"] = Text(FirstVariantId + order.Product),
                    ["title"] = "Default Title", ["sku"] = $"A-{order.Product + 1}", ["price"] = price,
                },
            }),
        };
    }

    private static JsonObject Image(string handle, string alt) => new()
    {
        ["__typename"] = "Image", ["url"] = $"https://shop.example/images/{handle}.jpg", ["altText"] = alt, ["width"] = 800, ["height"] = 600,
    };

    private static JsonObject Connection(params JsonNode[] nodes) => new() { ["@nodes"] = new JsonArray(nodes) };

    private static JsonObject Money(string amount) => new() { ["__typename"] = "MoneyV2", ["amount"] = amount, ["currencyCode"] = "EUR" };

    private static string Day(int day) => new DateTime(2026, 1, 1).AddDays(day).ToString("yyyy-MM-dd'T'09:00:00'Z'", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
