using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Messages;

/// <summary>What the page with the chat says of itself goes with the message.</summary>
public class PageContextTests : ChatTests
{
    private const string Path = "/api/messages/process_message";

    [Test]
    public async Task Operators_and_the_assistant_get_it_with_the_message_and_customers_do_not()
    {
        _host.AnswerWith("It is.");
        var customer = await _host.Customer();

        await customer.Client.PostAsJsonAsync(Path, new
        {
            text = "Is this in stock?",
            context = new
            {
                url = "https://shop.example/products/blue-vase?from=mail", title = "Blue vase", product = 4711,
                cart = new[] { new { product = "harbour-mug", quantity = 2 } }, plan = "gold", signedIn = true,
            },
        });

        var page = (await Messages(_host.Operator(), customer))[0].GetProperty("page");
        Assert.That(page.GetProperty("title").GetString(), Is.EqualTo("Blue vase"));
        Assert.That(page.GetProperty("product").GetString(), Is.EqualTo("4711"));
        Assert.That(page.GetProperty("facts").GetProperty("plan").GetString(), Is.EqualTo("gold"));
        Assert.That(page.GetProperty("facts").GetProperty("signedIn").GetString(), Is.EqualTo("true"));
        Assert.That((await Messages(customer.Client, customer))[0].TryGetProperty("page", out _), Is.False);

        var asked = _host.Broker.All<ReplyRequested>().Single(request => request.ConversationId == customer.ConversationId).History[0].Page!;
        Assert.That((asked.Url, asked.Title), Is.EqualTo(("https://shop.example/products/blue-vase?from=mail", "Blue vase")));
        Assert.That(asked.Cart, Is.EqualTo(new[] { new CartLine("harbour-mug", 2) }));
    }

    [TestCase("[]", "context")]
    [TestCase("""{"url":"javascript:alert(1)"}""", "context.url")]
    [TestCase("""{"title":{}}""", "context.title")]
    [TestCase("""{"title":"\ud83d"}""", "context.title")]
    [TestCase("""{"\ud83d":"x"}""", "context")]
    [TestCase("""{"plan":["gold"]}""", "context.plan")]
    [TestCase("""{"cart":[{"quantity":1}]}""", "context.cart")]
    [TestCase("""{"cart":[{"product":"mug","quantity":0}]}""", "context.cart")]
    [TestCase("""{"":"x"}""", "context")]
    public async Task What_it_may_not_be_is_named(string context, string field)
    {
        var customer = await _host.Customer();

        var response = await customer.Client.PostAsync(Path, new StringContent($$"""{"text":"Hello","context":{{context}}}""", Encoding.UTF8, "application/json"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(error => error.Name), Is.EqualTo(new[] { field }));
        Assert.That(await Messages(customer.Client, customer), Is.Empty);
    }

    [Test]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var customer = await _host.Customer();
        using var body = new ByteArrayContent([.. """{"text":"Hello","context":{"plan":"g"""u8, 0xFF, .. """old"}}"""u8]);
        body.Headers.ContentType = new("application/json");

        Assert.That((await customer.Client.PostAsync(Path, body)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task It_is_small()
    {
        var customer = await _host.Customer();
        var many = Enumerable.Range(0, 21).ToDictionary(n => $"fact{n}", n => n);

        Assert.That((await customer.Client.PostAsJsonAsync(Path, new { text = "Hello", context = many })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await customer.Client.PostAsJsonAsync(Path, new { text = "Hello", context = new { cart = new string('x', 10_000) } })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task It_goes_with_a_message_that_is_sent_twice()
    {
        _host.AnswerWith("It is.");
        var customer = await _host.Customer();
        var message = new { text = "Is this in stock?", clientMessageId = Guid.NewGuid(), context = new { title = "Blue vase" } };

        Assert.That((await customer.Client.PostAsJsonAsync(Path, message)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await customer.Client.PostAsJsonAsync(Path, message)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await Eventually.IsTrue(async () => (await Messages(_host.Operator(), customer)).Count == 2, TimeSpan.FromSeconds(60));
    }

    private static async Task<List<JsonElement>> Messages(HttpClient client, WebCustomer customer) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/messages/get_conversation_messages?conversationId={customer.ConversationId}")).GetProperty("items").EnumerateArray()];
}
