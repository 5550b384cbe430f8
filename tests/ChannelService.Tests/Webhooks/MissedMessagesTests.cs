using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Shopify;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ChannelService.Tests.Webhooks;

/// <summary>What webhooks did not bring, fetched from the provider.</summary>
public sealed class MissedMessagesTests
{
    private const string Shop = "demo-shoes.myshopify.com";
    private const string Secret = "hush";
    private const string Nothing = """{"data":{"records":{"nodes":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}}}""";

    private readonly FakeProvider _shopify = new();
    private ChannelApp _app = null!;

    [SetUp]
    public async Task Start()
    {
        _shopify.Requests.Clear();
        _app = await ChannelApp.Start(
            workers: false,
            settings: new Dictionary<string, string?>
            {
                ["Channels:Shopify:Shop"] = Shop, ["Channels:Shopify:WebhookSecret"] = Secret, ["Channels:Shopify:AccessToken"] = "shpat_1",
                ["Channels:Shopify:ApiBaseUrl"] = "http://shopify.test",
            },
            configure: services => services.AddHttpClient<ShopifyClient>().ConfigurePrimaryHttpMessageHandler(() => _shopify));
    }

    [TearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [OneTimeTearDown]
    public void Close() => _shopify.Dispose();

    [Test]
    public async Task Once_a_day_the_whole_day_is_asked_for_again_and_what_the_provider_showed_late_is_found_once()
    {
        Assert.That(await Fetch(_app.ConnectionId), Is.Zero);
        var early = _app.Time.GetUtcNow() + TimeSpan.FromMinutes(30);
        _app.Time.Advance(TimeSpan.FromHours(1));
        Assert.That(await Fetch(_app.ConnectionId), Is.Zero);

        _app.Twilio.ReceiveInbound("SM1", ChannelApp.Customer, ChannelApp.Number, "Did this come through?", early);
        Assert.That(await Fetch(_app.ConnectionId), Is.Zero, "what was asked for an hour ago is not asked for again so soon");

        _app.Time.Advance(TimeSpan.FromHours(23));
        Assert.That(await Fetch(_app.ConnectionId), Is.EqualTo(1));
        Assert.That(_app.Broker.Messages.Single().Content.Text, Is.EqualTo("Did this come through?"));

        _app.Time.Advance(TimeSpan.FromHours(24));
        Assert.That(await Fetch(_app.ConnectionId), Is.Zero);
    }

    [Test]
    public async Task A_record_that_no_webhook_brought_is_fetched_and_one_that_stands_so_already_is_not()
    {
        using var brought = await Webhook("orders/updated", "w1", $$"""{"id":1,"name":"#1","updated_at":"{{Ago(10)}}"}""");
        _shopify.Answers(Page(Order(1, Ago(10), customer: 7), next: "c1"));
        _shopify.Answers(Page(Order(820982911946154508, Ago(9), customer: 7)));
        _shopify.Answers(Page($$$"""
            {"id":"gid://shopify/Product/5","legacyResourceId":"5","title":"Vase","handle":"vase","status":"ACTIVE","updatedAt":"{{{Ago(8)}}}",
             "variants":{"nodes":[{"legacyResourceId":"6","title":"Default Title","sku":"A-1","price":"39.00","inventoryQuantity":3}]}}
            """));

        Assert.That(await Fetch(ShopConnection), Is.EqualTo(2));

        Assert.That((string?)_shopify.Requests[0].Json["variables"]!["search"], Does.Match(@"^updated_at:>='\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'$"));
        Assert.That((string?)_shopify.Requests[1].Json["variables"]!["after"], Is.EqualTo("c1"));
        var order = JsonNode.Parse((string)(await _app.Scalar("SELECT record::text FROM commerce_records WHERE resource_id = '820982911946154508'"))!)!;
        Assert.That(
            ((long)order["id"]!, (string?)order["total_price"], (string?)order["financial_status"], (string?)order["fulfillment_status"], (long)order["customer"]!["id"]!, (string?)order["line_items"]![0]!["title"]),
            Is.EqualTo((820982911946154508, "39.00", "paid", "partial", 7L, "Vase")));
        Assert.That(await _app.Scalar("SELECT record->'variants'->0->>'sku' FROM commerce_records WHERE kind = 'products'"), Is.EqualTo("A-1"));
        Assert.That(await _app.Scalar("SELECT string_agg(reason, ', ' ORDER BY reason) FROM webhook_logs"), Is.EqualTo("orders/updated, orders/updated: fetched, products/update: fetched"));
    }

    [Test]
    public async Task An_older_state_than_a_webhook_brought_changes_nothing()
    {
        using var brought = await Webhook("orders/cancelled", "w1", $$"""{"id":1,"name":"as it is now","updated_at":"{{Ago(5)}}"}""");
        _shopify.Answers(Page(Order(1, Ago(10), customer: 7))).Answers(Nothing);

        Assert.That(await Fetch(ShopConnection), Is.Zero);
        Assert.That(await _app.Scalar("SELECT record->>'name' FROM commerce_records"), Is.EqualTo("as it is now"));
    }

    [Test]
    public async Task What_may_still_be_on_its_way_is_left_to_its_webhook()
    {
        _shopify.Answers(Page(Order(1, Ago(0), customer: 7))).Answers(Nothing);

        Assert.That(await Fetch(ShopConnection), Is.Zero);
        Assert.That(await _app.Scalar("SELECT count(*) FROM commerce_records"), Is.Zero);
    }

    [Test]
    public async Task A_customer_who_was_erased_does_not_come_back_with_an_order()
    {
        using var redact = await Webhook("customers/redact", "w1", """{"shop_id":1,"customer":{"id":7},"orders_to_redact":[1]}""");
        _shopify.Answers(Page($"{Order(1, Ago(10), customer: 7)},{Order(2, Ago(10), customer: 8)}")).Answers(Nothing);

        Assert.That(await Fetch(ShopConnection), Is.EqualTo(1));
        Assert.That(await _app.Scalar("SELECT resource_id FROM commerce_records"), Is.EqualTo("2"));
    }

    [Test]
    public async Task An_app_that_may_not_see_orders_is_asked_for_products_and_a_refused_token_asks_nothing_more()
    {
        _shopify.Answers("""{"errors":[{"message":"Access denied","extensions":{"code":"ACCESS_DENIED"}}]}""").Answers(Nothing);
        Assert.That(await Fetch(ShopConnection), Is.Zero);
        Assert.That(_shopify.Requests, Has.Count.EqualTo(2));

        _shopify.Answers("""{"errors":"[API] Invalid API key or access token"}""", HttpStatusCode.Unauthorized);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Fetch(ShopConnection));
        Assert.That(refused!.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(_shopify.Requests, Has.Count.EqualTo(3));
    }

    private static Guid ShopConnection => Identifiers.Connection(Identifiers.DefaultWorkspace, "shopify", Shop);

    private Task<int> Fetch(Guid connectionId) => _app.Get<MissedMessages>().Fetch(_app.Get<ChannelAdapters>().Find(connectionId)!, CancellationToken.None);

    private string Ago(int minutes) =>
        (_app.Time.GetUtcNow() - TimeSpan.FromMinutes(minutes)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Page(string nodes, string? next = null)
    {
        var info = next is null ? """{"hasNextPage":false,"endCursor":null}""" : $$"""{"hasNextPage":true,"endCursor":"{{next}}"}""";
        return """{"data":{"records":{"nodes":[""" + nodes + """],"pageInfo":""" + info + "}}}";
    }

    private static string Order(long id, string updatedAt, long customer) =>
        $$$"""
        {"id":"gid://shopify/Order/{{{id}}}","legacyResourceId":"{{{id}}}","name":"#{{{id}}}","email":null,"updatedAt":"{{{updatedAt}}}","displayFinancialStatus":"PAID",
         "displayFulfillmentStatus":"PARTIALLY_FULFILLED","totalPriceSet":{"shopMoney":{"amount":"39.00","currencyCode":"EUR"}},
         "customer":{"legacyResourceId":"{{{customer}}}","email":"zoe@example.com","phone":null,"firstName":"Zoë","lastName":null},
         "lineItems":{"nodes":[{"title":"Vase","quantity":1,"originalUnitPriceSet":{"shopMoney":{"amount":"39.00"}},"product":null,"variant":null}]}}
        """;

    private Task<HttpResponseMessage> Webhook(string topic, string id, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/shopify") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Shopify-Topic", topic);
        request.Headers.Add("X-Shopify-Webhook-Id", id);
        request.Headers.Add("X-Shopify-Shop-Domain", Shop);
        request.Headers.Add(ShopifySignature.Header, ShopifySignature.ComputeWebhook(Encoding.UTF8.GetBytes(body), Secret));
        return _app.Http.SendAsync(request);
    }
}
