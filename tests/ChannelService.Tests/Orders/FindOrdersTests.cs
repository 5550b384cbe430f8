using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assistify.ChannelService.Shopify;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Tests.Orders;

/// <summary>Orders that webhooks brought, told to whom they belong.</summary>
public sealed class FindOrdersTests
{
    private const string Shop = "demo-vases.myshopify.com";
    private const string Secret = "hush";
    private static readonly Uri s_here = new("http://localhost");

    private ChannelApp _app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _app = await ChannelApp.Start(workers: false, settings: new Dictionary<string, string?> { ["Channels:Shopify:Shop"] = Shop, ["Channels:Shopify:WebhookSecret"] = Secret });
        await Webhook("orders/create", """
            {"id":5001,"name":"#1001","email":"Zoe@Example.com","phone":"+44 7700 900123","created_at":"2026-11-20T10:00:00+02:00","updated_at":"2026-11-20T10:00:00+02:00",
            "currency":"EUR","total_price":"39.00","financial_status":"paid","fulfillment_status":null,"cancelled_at":null,"customer":{"id":207119551,"email":"zoe.account@example.com","phone":"+35799000123"},
            "shipping_address":{"address1":"1 Secret Street","phone":"+447700900999"},"line_items":[{"title":"Blue vase","quantity":2,"price":"19.50"}]}
            """);
        await Webhook("orders/fulfilled", """
            {"id":5002,"name":"#1002","email":"zoe@example.com","created_at":"2026-11-21T10:00:00+02:00","updated_at":"2026-11-21T12:00:00+02:00","currency":"EUR","total_price":"5.00",
            "financial_status":"paid","fulfillment_status":"fulfilled","customer":{"id":207119551},
            "fulfillments":[{"status":"success","tracking_company":"ACS","tracking_number":"CY1","tracking_url":"https://track.example/CY1","shipment_status":"delivered"},{"status":"cancelled","tracking_number":"CY0"}],"line_items":[]}
            """);
        await Webhook("orders/create", """{"id":5003,"name":"EN-7x","email":"other@example.com","created_at":"2026-11-19T10:00:00Z","updated_at":"2026-11-19T10:00:00Z"}""");
        await Webhook("orders/create", """{"id":5004,"name":"#1004","email":"gone@example.com","created_at":"2026-11-19T10:00:00Z","updated_at":"2026-11-19T10:00:00Z"}""");
        await Webhook("orders/delete", """{"id":5004}""");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [TestCase("#1001", "zoe@example.com")]
    [TestCase(" 1001 ", "ZOE@example.COM")]
    [TestCase("1001", "zoe.account@example.com")]
    [TestCase("1001", "+44 (0)7700 900 123")]
    [TestCase("1001", "07700 900123")]
    [TestCase("1001", "0035799000123")]
    public async Task Number_and_contact_tell_the_state_of_the_order_and_nobodys_address(string number, string contact)
    {
        using var response = await Ask(Question(number, contact));
        var text = await response.Content.ReadAsStringAsync();
        var found = JsonSerializer.Deserialize<FoundOrders>(text, Json.Options)!;

        var order = found.Items.Single();
        Assert.That((order.Id, order.Name, order.Total, order.FinancialStatus, order.FulfilmentStatus, order.CancelledAt), Is.EqualTo(("5001", "#1001", new Money(39.00m, "EUR"), "paid", "unfulfilled", (DateTimeOffset?)null)));
        Assert.That((order.CreatedAt, order.Lines.Single(), order.Url), Is.EqualTo(((DateTimeOffset?)new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), new ShopOrderLine("Blue vase", 2), $"https://{Shop}/admin/orders/5001")));
        Assert.That(text, Does.Not.Contain("Secret Street").And.Not.Contain("example.com\"").And.Not.Contain("7700"));
    }

    [TestCase("1001", "eve@example.com")]
    [TestCase("9999", "zoe@example.com")]
    [TestCase("1003", "eve@example.com")]
    [TestCase("1001", "900123")]
    [TestCase("1001", "+447700900999")]
    [TestCase("1001", "@")]
    [TestCase("1001", "   x   ")]
    [TestCase("1004", "gone@example.com")]
    [TestCase("%", "zoe@example.com")]
    public async Task Wrong_contact_and_wrong_number_are_told_alike(string number, string contact) =>
        Assert.That(await Body(Question(number, contact)), Is.EqualTo("""{"state":"notFound","items":[]}"""));

    [Test]
    public async Task Without_proof_it_is_the_same_whether_there_is_such_an_order_or_not()
    {
        const string Unproven = """{"state":"unproven","items":[]}""";
        Assert.That(await Body(Question("1001", null)), Is.EqualTo(Unproven));
        Assert.That(await Body(Question("9999", null)), Is.EqualTo(Unproven));
        Assert.That(await Body(Question(null, null)), Is.EqualTo(Unproven));
        Assert.That(await Body(Question(null, "zoe@example.com")), Is.EqualTo(Unproven));
        Assert.That(await Body(Question("1001", null) with { Phones = ["+447700900999"], ShopCustomers = ["1"] }), Is.EqualTo(Unproven));
    }

    [Test]
    public async Task Who_is_known_is_told_of_his_own_newest_first()
    {
        var signedIn = await Found(Question(null, null) with { ShopCustomers = ["207119551"] });
        var phone = await Found(Question(null, null) with { Phones = ["+447700900123"] });
        var named = await Found(Question("1001", null) with { Phones = ["+35799000123"] });

        Assert.That(signedIn.Items.Select(order => order.Name), Is.EqualTo(["#1002", "#1001"]));
        Assert.That(signedIn.Items[0].FulfilmentStatus, Is.EqualTo("delivered"));
        Assert.That(signedIn.Items[0].Parcels, Is.EqualTo([new ShopParcel("ACS", "CY1", "https://track.example/CY1")]));
        Assert.That(phone.Items.Select(order => order.Name), Is.EqualTo(["#1001"]));
        Assert.That(named.Items.Select(order => order.Name), Is.EqualTo(["#1001"]));
    }

    [Test]
    public async Task Guessing_ends_by_conversation_and_by_contact_and_the_right_answer_with_it()
    {
        var conversation = Guid.NewGuid();
        for (var n = 0; n < 10; n++) Assert.That((await Found(Question($"2{n:000}", "guess@example.com", conversation))).State, Is.EqualTo(OrderSearch.NotFound));
        Assert.That((await Found(Question("1001", "zoe@example.com", conversation))).State, Is.EqualTo(OrderSearch.Refused));

        for (var n = 0; n < 20; n++) await Found(Question($"3{n:000}", "Guess@example.com"));
        Assert.That((await Found(Question("EN-7X", "guess@example.com"))).State, Is.EqualTo(OrderSearch.Refused));
        Assert.That((await Found(Question("en-7x", "other@example.com"))).State, Is.EqualTo(OrderSearch.Found));

        _app.Time.Advance(TimeSpan.FromHours(25));
        Assert.That((await Found(Question("1001", "zoe@example.com", conversation))).State, Is.EqualTo(OrderSearch.Found));
    }

    [Test]
    public async Task Another_workspace_has_no_shop_and_strangers_learn_nothing()
    {
        Assert.That((await Found(Question("1001", "zoe@example.com") with { WorkspaceId = Guid.NewGuid() })).State, Is.EqualTo(OrderSearch.NoShop));
        using var unsigned = await _app.Http.PostAsJsonAsync("/internal/orders", Question("1001", "zoe@example.com"), Json.Options);
        using var signed = _app.Get<InternalCalls>().Post(s_here, "/internal/orders", Question("9999", "zoe@example.com"));
        signed.Content = JsonContent.Create(Question("1001", "zoe@example.com"), options: Json.Options);
        using var exchanged = await _app.Http.SendAsync(signed);

        Assert.That((unsigned.StatusCode, exchanged.StatusCode), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)));
    }

    private static OrderQuestion Question(string? number, string? contact, Guid? conversation = null) =>
        new(Identifiers.DefaultWorkspace, conversation ?? Guid.NewGuid(), number, contact, [], []);

    private async Task<FoundOrders> Found(OrderQuestion question) => JsonSerializer.Deserialize<FoundOrders>(await Body(question), Json.Options)!;

    private async Task<string> Body(OrderQuestion question)
    {
        using var response = await Ask(question);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> Ask(OrderQuestion question)
    {
        using var request = _app.Get<InternalCalls>().Post(s_here, "/internal/orders", question);
        return await _app.Http.SendAsync(request);
    }

    private async Task Webhook(string topic, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/shopify") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Shopify-Topic", topic);
        request.Headers.Add("X-Shopify-Webhook-Id", Guid.NewGuid().ToString());
        request.Headers.Add("X-Shopify-Shop-Domain", Shop);
        request.Headers.Add(ShopifySignature.Header, ShopifySignature.ComputeWebhook(Encoding.UTF8.GetBytes(body), Secret));
        using var response = await _app.Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
