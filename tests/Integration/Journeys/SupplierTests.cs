using System.Text.Json;
using Assistify.Testing;
using static Assistify.Integration.Phones;

namespace Assistify.Integration.Journeys;

/// <summary>Two phones and an operator: what a customer asks for is asked of a supplier, and his photo comes back as a card.</summary>
[TestFixture]
public sealed class SupplierTests
{
    // A whole picture, of one pixel.
    private const string Photo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private static HttpClient Http => Shared.System.Http;

    [Test]
    public async Task Photo_of_a_supplier_on_one_phone_is_a_card_on_the_customers()
    {
        var supplier = Shared.Confidential.Add("a supplier's phone", "+447700900731");
        var customer = Shared.Confidential.Add("a customer's phone", "447700900732");
        await Write("whatsapp", new { from = supplier, text = "Good morning, I make vases", profileName = "Potter" });
        await Write("whatsapp-cloud", new { from = customer, text = "Have you a photo of the blue vase?", profileName = "Ada" });
        var (supplierId, asked) = await Known(supplier);
        var (_, about) = await Known(customer);

        await Post($"/api/customers/{supplierId}/supplier", null);
        await Post($"/api/conversations/{asked}/messages", new { text = "A photo of the blue vase, please?", enquiry = new { conversationId = about, subject = "The blue vase of today" } });
        await Eventually.IsTrue(async () => (await Outbox("whatsapp", supplier)).Any(item => Text(item, "body").StartsWith("A photo of the blue vase", StringComparison.Ordinal)), s_patience);
        await Write("whatsapp", new { from = supplier, media = new[] { new { contentType = "image/png", base64 = Photo } } });

        await Eventually.IsTrue(async () => (await Outbox("whatsapp-cloud", customer)).Any(item => Text(item, "body").Contains("The blue vase of today", StringComparison.Ordinal)), s_patience);
        var shown = (await Shared.System.Operator.Get<JsonElement>($"/api/messages/get_conversation_messages?conversationId={about}", CancellationToken.None))
            .GetProperty("items").EnumerateArray().Single(message => message.TryGetProperty("cards", out var cards) && cards.EnumerateArray().Any(card => Text(card, "kind") == "photo"));
        var link = Text(shown.GetProperty("cards")[0], "imageUrl");
        Assert.That(await Http.GetByteArrayAsync(link), Is.EqualTo(Convert.FromBase64String(Photo)));
    }

    [Test]
    public async Task Supplier_who_never_wrote_is_asked_by_a_template_and_his_photo_is_a_card()
    {
        var supplier = Shared.Confidential.Add("a new supplier's phone", "+447700900733");
        var customer = Shared.Confidential.Add("another customer's phone", "447700900734");
        await Write("whatsapp-cloud", new { from = customer, text = "Have you a photo of the green vase?", profileName = "Ada" });
        var (_, about) = await Known(customer);
        var connections = await Shared.System.Operator.Get<JsonElement>("/api/connections", CancellationToken.None);
        var connection = connections.GetProperty("items").EnumerateArray().First(one => Text(one, "provider") == "Twilio").GetProperty("id").GetGuid();

        var added = await Post("/api/suppliers", new { connectionId = connection, address = "+44 7700 900733", name = "Weaver" });
        var asked = added.GetProperty("conversationId").GetGuid();
        await Post(
            $"/api/conversations/{asked}/messages",
            new { template = new { name = "HX" + new string('a', 32), values = new[] { "green vase" } }, text = "A photo of the green vase?", enquiry = new { conversationId = about, subject = "The green vase of today" } });
        await Eventually.IsTrue(async () => (await Outbox("whatsapp", supplier)).Count > 0, s_patience);
        await Write("whatsapp", new { from = supplier, media = new[] { new { contentType = "image/png", base64 = Photo } } });

        await Eventually.IsTrue(async () => (await Outbox("whatsapp-cloud", customer)).Any(item => Text(item, "body").Contains("The green vase of today", StringComparison.Ordinal)), s_patience);
        Assert.That((await Known(supplier)).Conversation, Is.EqualTo(asked));
    }
}
