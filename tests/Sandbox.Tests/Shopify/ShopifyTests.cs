using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistify.Sandbox.Shopify;
using Assistify.Sandbox.Shopify.GraphQl;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Shopify;

internal sealed class ShopifyTests : EachWithSandbox
{
    private const string Products =
        "query($q:String!,$n:Int!){products(first:$n,query:$q){edges{cursor node{id title handle status onlineStoreUrl totalInventory priceRangeV2{minVariantPrice{amount currencyCode}maxVariantPrice{amount currencyCode}}}}pageInfo{hasNextPage endCursor}}}";

    private const string Orders =
        "query($q:String!){orders(first:3,query:$q,sortKey:CREATED_AT,reverse:true){edges{node{id name createdAt displayFinancialStatus displayFulfillmentStatus totalPriceSet{shopMoney{amount currencyCode}}fulfillments{trackingInfo{number url company}}}}}}";

    [Test]
    public void The_published_signatures_come_out()
    {
        Assert.That(ShopifySignature.OfBody("test_secret_key", Encoding.UTF8.GetBytes("""{"foo": "bar"}""")), Is.EqualTo("B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g="));
        Assert.That(
            ShopifySignature.OfQuery("hush",
            [
                new("extra", "1"), new("extra", "2"), new("shop", "shop-name.myshopify.com"), new("logged_in_customer_id", "1"), new("path_prefix", "/apps/awesome_reviews"),
                new("timestamp", "1317327555"),
            ]),
            Is.EqualTo("4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb"));
    }

    [Test]
    public async Task Products_are_found_and_paged_and_cost_points()
    {
        var first = await Query(Products, new { q = "vase", n = 2 });
        var products = first.GetProperty("data").GetProperty("products");

        Assert.That(Titles(products), Is.EqualTo(new[] { "Blue stoneware vase", "Tall glass vase" }));
        Assert.That(products.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), Is.True);
        var rest = await Query("query($a:String){products(first:5,after:$a,query:\"vase\"){nodes{title}}}", new { a = products.GetProperty("pageInfo").GetProperty("endCursor").GetString() });
        Assert.That(rest.GetProperty("data").GetProperty("products").GetProperty("nodes")[0].GetProperty("title").GetString(), Is.EqualTo("Small bud vase"));
        var cost = first.GetProperty("extensions").GetProperty("cost");
        Assert.That(cost.GetProperty("actualQueryCost").GetInt32(), Is.InRange(1, cost.GetProperty("requestedQueryCost").GetInt32()));
        Assert.That(cost.GetProperty("throttleStatus").GetProperty("maximumAvailable").GetDouble(), Is.EqualTo(2000));
    }

    [TestCase("title:vas* AND status:active", 3)]
    [TestCase("tag:blue", 2)]
    [TestCase("vase -tag:blue", 2)]
    [TestCase("shoe OR candle", 2)]
    [TestCase("title:\"Wool throw\"", 1)]
    [TestCase("no_such_field:1", 8)]
    [TestCase("pigeon", 0)]
    public async Task The_search_syntax_is_Shopifys(string query, int found) =>
        Assert.That(Titles((await Query(Products, new { q = query, n = 50 })).GetProperty("data").GetProperty("products")), Has.Count.EqualTo(found));

    [Test]
    public async Task Orders_are_found_by_name_and_address()
    {
        var one = await Query(Orders, new { q = "name:#1002 AND email:andreas@example.com" });
        var other = await Query(Orders, new { q = "name:#1002 AND email:zoe@example.com" });

        var order = one.GetProperty("data").GetProperty("orders").GetProperty("edges")[0].GetProperty("node");
        Assert.That(order.GetProperty("fulfillments")[0].GetProperty("trackingInfo")[0].GetProperty("company").GetString(), Is.EqualTo("Cyprus Post"));
        Assert.That(other.GetProperty("data").GetProperty("orders").GetProperty("edges").GetArrayLength(), Is.Zero);
        var byId = await Query("query($id:ID!){order(id:$id){...F}} fragment F on Order{name mine:customer{firstName}}", new { id = order.GetProperty("id").GetString() });
        Assert.That(byId.GetProperty("data").GetProperty("order").GetProperty("mine").GetProperty("firstName").GetString(), Is.EqualTo("Andreas"));
    }

    [Test]
    public async Task Who_asks_for_what_changed_since_a_time_finds_what_an_event_was_about()
    {
        const string Changed =
            "query($search:String!,$after:String){records:orders(first:10,after:$after,query:$search,sortKey:UPDATED_AT){nodes{"
            + "id legacyResourceId name email createdAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus "
            + "totalPriceSet{shopMoney{amount currencyCode}} customer{legacyResourceId email phone firstName lastName} "
            + "lineItems(first:10){nodes{title quantity originalUnitPriceSet{shopMoney{amount}} product{legacyResourceId} variant{legacyResourceId}}}} pageInfo{hasNextPage endCursor}}}";
        var since = new { search = "updated_at:>='2026-02-22T00:00:00Z'", after = (string?)null };
        var before = (await Query(Changed, since)).GetProperty("data").GetProperty("records").GetProperty("nodes").EnumerateArray().Select(Name).ToList();

        await _sandbox.Inbound("shopify", new { from = "207119551", @event = "orders/updated" });

        var after = (await Query(Changed, since)).GetProperty("data").GetProperty("records").GetProperty("nodes").EnumerateArray().Select(Name).ToList();
        Assert.That((before, after), Is.EqualTo((new List<string?> { "#1003", "#1004" }, new List<string?> { "#1003", "#1004", "#1001" })));

        static string? Name(JsonElement order) => order.GetProperty("name").GetString();
    }

    [TestCase("{products(first:1){nodes{pigeon}}}", "undefinedField")]
    [TestCase("{products(first:250){nodes{variants(first:250){nodes{title priceRange}}}}}", "undefinedField")]
    [TestCase("{products(first:250){nodes{variants(first:250){nodes{title}}}}}", "MAX_COST_EXCEEDED")]
    [TestCase("{products{nodes{id}}}", "BAD_REQUEST")]
    [TestCase("{shop}", "selectionMismatch")]
    [TestCase("mutation{productDelete(id:1){id}}", "ACCESS_DENIED")]
    public async Task What_the_schema_lacks_is_an_error_with_HTTP_200(string query, string code) =>
        Assert.That((await Query(query, new { })).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString(), Is.EqualTo(code));

    [TestCase("{products(first:1){nodes{id}}")]
    [TestCase("query($q:String!){products(first:1,query:$q){nodes{id}}}")]
    [TestCase("{ % }")]
    public async Task What_is_no_query_is_an_error(string query) => Assert.That((await Query(query, new { })).GetProperty("errors")[0].GetProperty("message").GetString(), Is.Not.Empty);

    [Test]
    public async Task Who_spends_all_points_is_throttled_until_time_gives_some_back()
    {
        var time = new ManualTime();
        var costs = new CostBucket(2000, 100, time);

        Assert.That(Enumerable.Range(0, 4).Select(_ => costs.TryTake(600)), Is.EqualTo(new[] { true, true, true, false }));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.That(costs.TryTake(600), Is.True);
        Assert.That(costs.Status().ToJsonString(), Is.EqualTo("""{"maximumAvailable":2000,"currentlyAvailable":0,"restoreRate":100}"""));

        await _sandbox.SetFaults("shopify", new { sendStatus429 = 1 });
        var throttled = await Query("{shop{name}}", new { });
        Assert.That(throttled.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString(), Is.EqualTo("THROTTLED"));
        Assert.That(throttled.GetProperty("extensions").GetProperty("cost").GetProperty("actualQueryCost").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_wrong_token_and_an_unknown_version_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/api/2026-01/graphql.json") { Content = JsonContent.Create(new { query = "{shop{name}}" }) };
        request.Headers.Add("X-Shopify-Access-Token", "guess");
        using var wrong = await _sandbox.Program.SendAsync(request);

        Assert.That((int)wrong.StatusCode, Is.EqualTo(401));
        Assert.That((await Post("/admin/api/1999-12/graphql.json", "{shop{name}}", new { })).Status, Is.EqualTo(404));
    }

    [TestCase("orders/create")]
    [TestCase("customers/redact")]
    [TestCase("app/uninstalled")]
    public async Task A_webhook_is_signed_over_its_body_and_repeated_with_its_id(string topic)
    {
        _sandbox.Answer = number => number == 0 ? 500 : 200;

        var result = await _sandbox.Inbound("shopify", new { from = "207119551", @event = topic });

        foreach (var webhook in _sandbox.Webhooks)
        {
            Assert.That(webhook.Headers["X-Shopify-Topic"], Is.EqualTo(topic));
            Assert.That(webhook.Headers["X-Shopify-Shop-Domain"], Is.EqualTo(Credentials.Shop));
            Assert.That(webhook.Headers["X-Shopify-Webhook-Id"], Is.EqualTo(result.GetProperty("messageSid").GetString()));
            Assert.That(webhook.Headers["X-Shopify-Hmac-SHA256"], Is.EqualTo(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Credentials.ShopSecret), webhook.Raw))));
        }

        Assert.That(_sandbox.Webhooks, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_visitor_writes_through_the_app_proxy_with_its_signature()
    {
        await _sandbox.Inbound("shopify", new { from = "207119551", text = "Größe 42?" });

        var webhook = _sandbox.Webhooks.First();
        var signed = string.Concat(new[] { "logged_in_customer_id", "path_prefix", "shop", "timestamp" }.Select(name => $"{name}={webhook.Query(name)}"));
        Assert.That(webhook.Query("signature"),
            Is.EqualTo(Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Credentials.ShopSecret), Encoding.UTF8.GetBytes(signed))).ToLowerInvariant()));
        Assert.That(webhook.Query("logged_in_customer_id"), Is.EqualTo("207119551"));
        Assert.That(webhook.Json.GetProperty("text").GetString(), Is.EqualTo("Größe 42?"));
    }

    [Test]
    public async Task A_visitor_who_wrote_fetches_the_answers_once()
    {
        const string Visitor = "v-4f1c2a90-8e0d-4b6f";
        _sandbox.AnswerBody = webhook => webhook.Method == "GET" && webhook.Query("after") == "0"
            ? """{"items":[{"id":"d-1/0","text":"On Sundays from 11:00.","cards":[{"title":"Vase","url":"https://shop.example/vase"}]}],"next":812}"""
            : """{"items":[],"next":812}""";

        await _sandbox.Inbound("shopify", new { from = Visitor, text = "Open on Sunday?" });

        await SandboxUnderTest.Eventually(() => Task.FromResult(_sandbox.Webhooks.Any(webhook => webhook.Query("after") == "812")));
        var item = (await _sandbox.OutboxOf("shopify", $"&to={Visitor}")).Single();
        Assert.That(item.GetProperty("body").GetString(), Is.EqualTo("On Sundays from 11:00."));
        Assert.That(item.GetProperty("choices")[0].GetProperty("url").GetString(), Is.EqualTo("https://shop.example/vase"));
        var fetch = _sandbox.Webhooks.First(webhook => webhook.Method == "GET");
        var signed = string.Concat(new[] { "after", "logged_in_customer_id", "path_prefix", "shop", "timestamp", "visitorId" }.Select(name => $"{name}={fetch.Query(name)}"));
        Assert.That(fetch.Query("signature"),
            Is.EqualTo(Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Credentials.ShopSecret), Encoding.UTF8.GetBytes(signed))).ToLowerInvariant()));
    }

    private async Task<JsonElement> Query(string query, object variables)
    {
        var (status, body) = await Post("/admin/api/2026-01/graphql.json", query, variables);
        Assert.That(status, Is.EqualTo(200));
        return body;
    }

    private async Task<(int Status, JsonElement Body)> Post(string path, string query, object variables)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Add("X-Shopify-Access-Token", Credentials.ShopToken);
        using var response = await _sandbox.Program.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static List<string?> Titles(JsonElement products) => [.. products.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("title").GetString())];
}
