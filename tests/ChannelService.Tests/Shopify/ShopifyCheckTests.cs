using System.Net;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Shopify;

namespace Assistify.ChannelService.Tests.Shopify;

public sealed class ShopifyCheckTests
{
    private FakeProvider _shopify = null!;

    [SetUp]
    public void Start() => _shopify = new FakeProvider();

    [TearDown]
    public void Stop() => _shopify.Dispose();

    [TestCase(200, """{"data":{"shop":{"myshopifyDomain":"demo-shoes.myshopify.com"}}}""", null, FailureClass.Other)]
    [TestCase(200, """{"data":{"shop":{"myshopifyDomain":"other.myshopify.com"}}}""", "other_shop", FailureClass.Other)]
    [TestCase(401, """{"errors":"[API] Invalid API key or access token"}""", "http_401", FailureClass.Auth)]
    [TestCase(404, "", "http_404", FailureClass.NotFound)]
    [TestCase(200, """{"errors":[{"message":"Access denied","extensions":{"code":"ACCESS_DENIED"}}]}""", "ACCESS_DENIED", FailureClass.Permission)]
    [TestCase(200, """{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}""", "THROTTLED", FailureClass.RateLimited)]
    [TestCase(200, """{"errors":[{"message":"Field 'x' doesn't exist"}]}""", "GRAPHQL", FailureClass.InvalidRequest)]
    public async Task The_access_token_is_checked_by_the_shop_that_it_opens(int status, string answer, string? code, object failure)
    {
        _shopify.Answers(answer, (HttpStatusCode)status);

        var check = await Adapter("shpat_1").Check(CancellationToken.None);

        Assert.That((check!.Ok, check.Code), Is.EqualTo((code is null, code)));
        if (code is not null) Assert.That(Adapter("shpat_1").ClassOf(code), Is.EqualTo(failure));
        Assert.That(_shopify.Last.Uri.AbsoluteUri, Is.EqualTo("https://demo-shoes.myshopify.com/admin/api/2026-01/graphql.json"));
        Assert.That(_shopify.Last.Headers["X-Shopify-Access-Token"], Is.EqualTo("shpat_1"));
    }

    [Test]
    public async Task Without_an_access_token_there_is_nothing_to_check() => Assert.That(await Adapter(null).Check(CancellationToken.None), Is.Null);

    private ShopifyAdapter Adapter(string? token) => new(
        FakeProvider.Connection("Shopify", "shopify", "demo-shoes.myshopify.com"),
        new ShopifyOptions { Shop = "demo-shoes.myshopify.com", WebhookSecret = "s", AccessToken = token }, new ShopifyClient(_shopify.Client(), TimeProvider.System), null!, TimeProvider.System);
}
