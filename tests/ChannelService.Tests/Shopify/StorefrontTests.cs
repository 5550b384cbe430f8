using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Shopify;
using Assistify.ChannelService.Twilio;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Shopify;

/// <summary>The chat in the shop, and what the shop demands, through the real endpoint.</summary>
public sealed class StorefrontTests
{
    private const string Shop = "demo-shoes.myshopify.com";
    private const string Secret = "hush";
    private const string Visitor = "v_0123456789abcdef";

    private ChannelApp _app = null!;

    [SetUp]
    public async Task Start() => _app = await ChannelApp.Start(settings: new Dictionary<string, string?>
    {
        ["Channels:Shopify:Shop"] = Shop, ["Channels:Shopify:WebhookSecret"] = Secret, ["Channels:Shopify:WebhookSecretSecondary"] = "older",
    });

    [TearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [Test]
    public async Task A_guest_writes_and_fetches_the_answer_with_a_place_to_go_on_from()
    {
        using var written = await Write($$"""{"text":"Do you have it in blue?","visitorId":"{{Visitor}}","name":"Zoë"}""");
        var message = _app.Broker.Messages.Single();
        await Deliver(message.From.Value, "Yes.");

        var answers = await Fetch($"visitorId={Visitor}");
        var next = (long)answers["next"]!;
        await Deliver(message.From.Value, "Shall I put it aside?");
        var later = await Fetch($"visitorId={Visitor}&after={next}");

        Assert.That(written.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(message.From, Is.EqualTo(new CustomerAddress("shopify", $"visitor/{Visitor}", "Zoë")));
        Assert.That(message.Content.Text, Is.EqualTo("Do you have it in blue?"));
        Assert.That(answers["items"]!.AsArray().Select(item => (string)item!["text"]!), Is.EqualTo(["Yes."]));
        Assert.That(later["items"]!.AsArray().Select(item => (string)item!["text"]!), Is.EqualTo(["Shall I put it aside?"]));
        Assert.That((await Fetch($"visitorId={Visitor}&after={(long)later["next"]!}"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Whoever_is_logged_in_is_the_customer_whatever_the_script_says()
    {
        using var written = await Write($$"""{"text":"Where is my order?","visitorId":"{{Visitor}}"}""", customer: "207119551");
        await Deliver("customer/207119551", "On its way.");

        Assert.That(_app.Broker.Messages.Single().From.Value, Is.EqualTo("customer/207119551"));
        Assert.That((await Fetch($"visitorId={Visitor}"))["items"]!.AsArray(), Is.Empty);
        Assert.That((await Fetch("", customer: "207119551"))["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_same_message_sent_again_is_one()
    {
        var body = $$"""{"text":"Hello","visitorId":"{{Visitor}}","clientMessageId":"c1"}""";
        var query = Signed();
        using var first = await Post(query, body);
        using var replayed = await Post(query, body);
        _app.Time.Advance(TimeSpan.FromSeconds(2));
        using var repeated = await Write(body);

        Assert.That(_app.Broker.Messages, Has.Count.EqualTo(1));
        Assert.That(await _app.Outcomes(), Is.EqualTo(["accepted", "duplicate", "duplicate"]));
    }

    [TestCase("""{"visitorId":"v_0123456789abcdef"}""")]
    [TestCase("""{"text":"x"}""")]
    [TestCase("""{"text":"x","visitorId":"short"}""")]
    [TestCase("no json")]
    public async Task A_wrong_request_of_the_script_says_so(string body)
    {
        using var answer = await Write(body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(_app.Broker.Messages, Is.Empty);
    }

    [Test]
    public async Task Another_shop_an_old_request_and_a_changed_one_are_refused()
    {
        using var foreign = await Post(Signed(shop: "other.myshopify.com"), "{}");
        using var text = await Post(Signed(shop: "other.myshopify.com"), $$"""{"text":"x","visitorId":"{{Visitor}}"}""");
        using var changed = await Post(Signed() + "0", "{}");
        var old = Signed();
        _app.Time.Advance(TimeSpan.FromSeconds(301));
        using var late = await Post(old, $$"""{"text":"x","visitorId":"{{Visitor}}"}""");

        Assert.That(
            new[] { foreign, text, changed, late }.Select(answer => answer.StatusCode),
            Is.EqualTo([HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized]));
        Assert.That(_app.Broker.Messages, Is.Empty);
    }

    [Test]
    public void A_value_cannot_be_cut_to_look_like_the_logged_in_customer()
    {
        // What Shopify signed for a guest who wrote ?a=xlogged_in_customer_id=1m= …
        var now = DateTimeOffset.FromUnixTimeSeconds(1767225600);
        var honest = TwilioForm.Parse(Encoding.UTF8.GetBytes(
            $"a=xlogged_in_customer_id%3D1m%3D&shop={Shop}&logged_in_customer_id=&path_prefix=%2Fapps%2Fchat&timestamp=1767225600"));
        var signature = ShopifySignature.ComputeProxy(honest, Secret);

        // … is the signature of this too.
        var forged = TwilioForm.Parse(Encoding.UTF8.GetBytes(
            $"a=x&logged_in_customer_id=1&m=logged_in_customer_id%3D&shop={Shop}&path_prefix=%2Fapps%2Fchat&timestamp=1767225600&signature={signature}"));

        Assert.That(ShopifySignature.ComputeProxy(TwilioForm.Of(forged.Parameters.Where(p => p.Name != "signature").Select(p => KeyValuePair.Create(p.Name, p.Value))), Secret), Is.EqualTo(signature));
        Assert.That(ShopifySignature.VerifyProxy(forged, [Secret], now), Is.EqualTo("ambiguous_parameters"));
    }

    [Test]
    public async Task A_demand_to_erase_a_customer_takes_texts_raw_webhooks_and_records_at_once()
    {
        using var written = await Write("""{"text":"my secret question"}""", customer: "191167");
        await Deliver("customer/191167", "a private answer");
        using var order = await Webhook("orders/create", "w1", """{"id":299938,"customer":{"id":191167,"email":"john@example.com"},"updated_at":"2026-01-01T00:00:00Z"}""");
        using var other = await Webhook("orders/create", "w2", """{"id":1,"customer":{"id":2},"updated_at":"2026-01-01T00:00:00Z"}""");

        using var redact = await Webhook(
            "customers/redact", "w3", $$"""{"shop_id":954889,"shop_domain":"{{Shop}}","customer":{"id":191167,"email":"john@example.com"},"orders_to_redact":[299938]}""");

        Assert.That(redact.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await _app.Scalar("SELECT count(*) FROM deliveries WHERE body <> ''"), Is.Zero);
        Assert.That(await _app.Scalar("SELECT string_agg(resource_id, ',') FROM commerce_records"), Is.EqualTo("1"));
        Assert.That(await _app.Scalar("SELECT count(*) FROM webhook_logs WHERE position('john@example.com' IN convert_from(raw, 'UTF8')) > 0 OR position('my secret' IN convert_from(raw, 'UTF8')) > 0"), Is.Zero);
        Assert.That(await _app.Scalar("SELECT outcome || ' ' || reason FROM webhook_logs WHERE external_id = 'w3'"), Is.EqualTo("accepted customers/redact"));
        var demand = _app.Broker.Published.OfType<CustomerErasureDemanded>().Single();
        Assert.That((demand.WorkspaceId, demand.Kind, demand.Value), Is.EqualTo((Identifiers.DefaultWorkspace, "shopify", "customer/191167")));
    }

    [Test]
    public async Task A_demand_to_erase_is_taken_only_once_the_others_can_be_told()
    {
        const string Demand = """{"shop_id":954889,"customer":{"id":191167},"orders_to_redact":[]}""";
        _app.Broker.IsAway = true;
        using var refused = await Webhook("customers/redact", "w1", Demand);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        _app.Broker.IsAway = false;
        using var taken = await Webhook("customers/redact", "w1", Demand);

        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_app.Broker.Published.OfType<CustomerErasureDemanded>().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_demand_under_anothers_shop_erases_nothing()
    {
        await Deliver("customer/191167", "a private answer");

        using var forged = await Webhook("customers/redact", "w1", """{"shop_id":1,"shop_domain":"other.myshopify.com","customer":{"id":191167},"orders_to_redact":[]}""");

        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await _app.Scalar("SELECT count(*) FROM deliveries WHERE body <> ''"), Is.EqualTo(1));
        Assert.That(await _app.Outcomes(), Is.EqualTo(["foreign"]));
        Assert.That(_app.Broker.Published.OfType<CustomerErasureDemanded>(), Is.Empty);
    }

    [TestCase("""{"id":7,"title":"a\u0000b","note":"\ud83d"}""", "accepted")]
    [TestCase("""{"id":7,"weight":1e999999}""", "ignored")]
    public async Task A_record_that_the_database_refuses_is_not_asked_for_again(string record, string outcome)
    {
        using var answer = await Webhook("products/update", "w1", record);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await _app.Outcomes(), Is.EqualTo([outcome]));
    }

    private static Guid ConnectionId => Identifiers.Connection(Identifiers.DefaultWorkspace, "shopify", Shop);

    private async Task Deliver(string address, string text)
    {
        var message = _app.Delivery(text, address) with { ConnectionId = ConnectionId, Channel = "shopify" };
        await _app.Deliver(message);
        await _app.Row(message.DeliveryId, LedgerStatus.Sent);
    }

    private async Task<JsonNode> Fetch(string query, string customer = "")
    {
        using var answer = await _app.Http.GetAsync($"/api/webhooks/shopify?{Signed(query, customer)}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private Task<HttpResponseMessage> Write(string body, string customer = "") => Post(Signed(customer: customer), body);

    private Task<HttpResponseMessage> Post(string query, string body) =>
        _app.Http.PostAsync($"/api/webhooks/shopify?{query}", new StringContent(body, Encoding.UTF8, "application/json"));

    private Task<HttpResponseMessage> Webhook(string topic, string id, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/shopify") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Shopify-Topic", topic);
        request.Headers.Add("X-Shopify-Webhook-Id", id);
        request.Headers.Add("X-Shopify-Shop-Domain", Shop);
        request.Headers.Add(ShopifySignature.Header, ShopifySignature.ComputeWebhook(Encoding.UTF8.GetBytes(body), "older"));
        return _app.Http.SendAsync(request);
    }

    private string Signed(string own = "", string customer = "", string shop = Shop)
    {
        var time = _app.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var query = $"{own}{(own.Length > 0 ? "&" : "")}shop={shop}&logged_in_customer_id={customer}&path_prefix=%2Fapps%2Fchat&timestamp={time}";
        return $"{query}&signature={ShopifySignature.ComputeProxy(TwilioForm.Parse(Encoding.UTF8.GetBytes(query)), Secret)}";
    }
}
