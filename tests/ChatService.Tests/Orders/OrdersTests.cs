using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Orders;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Orders;

/// <summary>Orders are asked for with what is proven of a person, and nothing that he only says.</summary>
public sealed class OrdersTests
{
    private static readonly ShopOrder s_order = new(
        "5001", "#1001", new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), new Money(39.00m, "EUR"), "paid", "unfulfilled", null, [new ShopOrderLine("Blue vase", 2)], [],
        "https://shop.example/admin/orders/5001");

    private ChatHost _host = null!;
    private Channels _channels = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _channels = new Channels();
        _host = new ChatHost
        {
            Settings = { ["services:channels:http:0"] = "http://away.test", ["services:channels:http:1"] = "http://channels.test" },
            Configure = services => services.AddHttpClient<ShopOrders>().ConfigurePrimaryHttpMessageHandler(() => _channels),
        };
    }

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task An_operator_sees_what_a_customer_ordered_by_each_address_that_proves_him()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "hello"));
        var storefront = $"customer/{Random.Shared.Next(1_000_000, int.MaxValue)}";
        await _host.Handle(FromShop(storefront));
        var (customer, shopper) = ((await _host.Conversation(number)).CustomerId, (await _host.Conversation(storefront)).CustomerId);
        using var merged = await _host.Operator().PostAsJsonAsync($"/api/customers/{customer}/merge", new { customerId = shopper });
        Assert.That(merged.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var answer = await _host.Operator("viewer").GetStringAsync($"/api/customers/{customer}/orders");

        Assert.That(answer, Is.EqualTo("""{"items":[{"id":"5001","name":"#1001","createdAt":"2026-11-20T08:00:00+00:00","total":{"amount":"39.00","currency":"EUR"},"financialStatus":"paid","fulfilmentStatus":"unfulfilled","lines":[{"title":"Blue vase","quantity":2}],"parcels":[],"url":"https://shop.example/admin/orders/5001"}]}"""));
        var asked = _channels.Asked.Last(question => question.ShopCustomers.Contains(storefront["customer/".Length..]));
        Assert.That((asked.WorkspaceId, asked.ConversationId, asked.Number, asked.Contact), Is.EqualTo((Some.Workspace, (Guid?)null, (string?)null, (string?)null)));
        Assert.That(asked.Phones, Does.Contain(number.Replace("whatsapp:", "", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_web_visitors_own_words_prove_nothing()
    {
        var customer = await _host.Customer();

        var given = await Give(customer.ConversationId, Some.Workspace, number: "1001", contact: "maria@example.test");

        Assert.That(given.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var asked = _channels.Asked.Last(question => question.ConversationId == customer.ConversationId);
        Assert.That((asked.Number, asked.Contact), Is.EqualTo(("1001", "maria@example.test")));
        Assert.That(asked.Phones.Concat(asked.ShopCustomers), Is.Empty, "not even what the caller adds");
    }

    [Test]
    public async Task In_a_conversation_only_its_own_address_counts_however_customers_were_merged()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "hello"));
        var conversation = await _host.Conversation(number);
        var visitor = $"visitor/{Guid.NewGuid():N}";
        await _host.Handle(FromShop(visitor));
        var guest = await _host.Conversation(visitor);
        using var merged = await _host.Operator().PostAsJsonAsync($"/api/customers/{conversation.CustomerId}/merge", new { customerId = guest.CustomerId });
        Assert.That(merged.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await Give(conversation.Id, Some.Workspace);
        await Give(guest.Id, Some.Workspace);

        Assert.That(_channels.Asked.Last(question => question.ConversationId == conversation.Id).Phones, Is.EqualTo(new[] { number.Replace("whatsapp:", "", StringComparison.Ordinal) }));
        Assert.That(_channels.Asked.Last(question => question.ConversationId == guest.Id).Phones, Is.Empty);
    }

    [Test]
    public async Task Strangers_and_other_workspaces_get_nothing()
    {
        var customer = await _host.Customer();

        Assert.That((await _host.CreateClient().PostAsJsonAsync($"/internal/conversations/{customer.ConversationId}/orders", new { })).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Give(customer.ConversationId, Guid.NewGuid())).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _host.Operator("viewer", workspaceId: Guid.NewGuid()).GetAsync($"/api/customers/{customer.CustomerId}/orders")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _host.CreateClient().GetAsync($"/api/customers/{customer.CustomerId}/orders")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task While_nobody_knows_the_orders_it_is_to_be_repeated()
    {
        await using var alone = new ChatHost { Settings = { ["services:channels:http:0"] = "http://127.0.0.1:9" } };
        var customer = await alone.Customer();

        using var response = await alone.Operator("viewer").GetAsync($"/api/customers/{customer.CustomerId}/orders");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.RetryAfter, Is.Not.Null);
    }

    private static CustomerMessageReceived FromShop(string address)
    {
        var connection = Identifiers.Connection(Some.Workspace, "shopify", "demo-vases.myshopify.com");
        return Some.Message(Some.Number(), "hello") with
        {
            ConnectionId = connection, Channel = "shopify", Partition = Partition.For(connection, address), From = new CustomerAddress("shopify", address, "Zoë"),
        };
    }

    private async Task<HttpResponseMessage> Give(Guid conversation, Guid workspace, string? number = null, string? contact = null)
    {
        using var request = _host.Services.GetRequiredService<InternalCalls>().Post(
            new Uri("http://localhost"), $"/internal/conversations/{conversation}/orders", new OrderQuestion(workspace, Guid.NewGuid(), number, contact, ["+447700900999"], ["1"]));
        return await _host.CreateClient().SendAsync(request);
    }

    /// <summary>ChannelService, one of whose replicas is away.</summary>
    private sealed class Channels : HttpMessageHandler
    {
        private readonly Lock _lock = new();
        private readonly List<OrderQuestion> _asked = [];

        public IReadOnlyList<OrderQuestion> Asked
        {
            get { lock (_lock) return [.. _asked]; }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host == "away.test") throw new HttpRequestException("It is away.");
            Assert.That(request.Headers.Contains(InternalCalls.Header));
            var question = JsonSerializer.Deserialize<OrderQuestion>(await request.Content!.ReadAsStringAsync(cancellationToken), Json.Options)!;
            lock (_lock) _asked.Add(question);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new FoundOrders(OrderSearch.Found, [s_order]), options: Json.Options) };
        }
    }
}
