using System.Text.Json;
using Assistify.Testing;
using static Assistify.Integration.Phones;

namespace Assistify.Integration.Journeys;

/// <summary>A shop tells of an order; whoever proves that it is his is told its state, and nobody else anything.</summary>
[TestFixture]
public sealed class OrderStateTests
{
    private const string NotFound = "I found no order with this number and this contact.";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private readonly long _buyer = Random.Shared.NextInt64(10_000_000_000, 99_999_999_999);
    private readonly int _number = Random.Shared.Next(100_000, 999_999);
    private string _contact = null!;

    private static HttpClient Http => Shared.System.Http;

    [OneTimeSetUp]
    public async Task Buy()
    {
        _contact = Shared.Confidential.Add("a buyer's e-mail", $"buyer{_number}@example.test");
        await Write("shopify", new
        {
            @event = "orders/create",
            from = $"{_buyer}",
            content = new
            {
                id = _buyer + 1, name = $"#{_number}", email = _contact, created_at = "2026-11-20T10:00:00+02:00", updated_at = "2026-11-20T10:00:00+02:00", currency = "EUR", total_price = "41.50",
                financial_status = "paid", customer = new { id = _buyer, email = _contact }, line_items = new[] { new { title = "Tall glass vase", quantity = 1, price = "41.50" } },
            },
        });
    }

    [Test]
    public async Task Web_visitor_is_told_the_state_only_after_he_proved_whose_it_is()
    {
        var visitor = await WebCustomer.Start(Http, new { email = _contact });

        Assert.That(await Say(visitor, "Where is my order?"), Is.EqualTo("What is your order number?"), "an e-mail address of a web visitor proves nothing");
        Assert.That(await Say(visitor, $"#{_number}"), Is.EqualTo("Which e-mail address or telephone number was the order made with?"));
        var told = await Say(visitor, _contact);

        Assert.That(told, Does.StartWith($"Order #{_number} (20 November 2026, 41.50 EUR): 1 × Tall glass vase. It is being prepared. It is paid."));
    }

    [Test]
    public async Task Wrong_contact_and_wrong_number_are_told_the_same_nothing()
    {
        var visitor = await WebCustomer.Start(Http);
        await Say(visitor, $"Where is my order #{_number}?");
        var wrongContact = await Say(visitor, $"eve{_number}@example.test");
        var other = await WebCustomer.Start(Http);
        await Say(other, "Where is my order #1999999?");
        var wrongNumber = await Say(other, $"eve{_number}@example.test");

        Assert.That(wrongContact, Does.StartWith(NotFound).And.Not.Contain("41.50").And.Not.Contain("vase"));
        Assert.That(wrongNumber, Is.EqualTo(wrongContact));
    }

    [Test]
    public async Task Whoever_is_signed_in_at_the_shop_is_known_and_operators_see_what_he_ordered()
    {
        await Write("shopify", new { from = $"{_buyer}", text = "Where is my order?" });

        await Eventually.IsTrue(async () => (await Outbox("shopify", $"{_buyer}")).Exists(item => Text(item, "body").StartsWith($"Order #{_number} ", StringComparison.Ordinal)), s_patience);
        var conversations = await Shared.System.Operator.Get<JsonElement>($"/api/conversations/list?q={_buyer}", CancellationToken.None);
        var customer = conversations.GetProperty("items")[0].GetProperty("customer").GetProperty("id").GetGuid();
        var orders = (await Shared.System.Operator.Get<JsonElement>($"/api/customers/{customer}/orders", CancellationToken.None)).GetProperty("items");
        Assert.That(orders.GetArrayLength(), Is.EqualTo(1));
        Assert.That((orders[0].GetProperty("name").GetString(), orders[0].GetProperty("total").GetProperty("amount").GetString(), orders[0].GetProperty("fulfilmentStatus").GetString()), Is.EqualTo(($"#{_number}", "41.50", "unfulfilled")));
    }

    private static async Task<string> Say(WebCustomer visitor, string text) => (await visitor.Write(Http, new { text })).GetProperty("reply").GetProperty("text").GetString()!;
}
