using System.Text.Json;
using Assistify.Testing;
using Npgsql;
using static Assistify.Integration.Phones;

namespace Assistify.Integration.Journeys;

/// <summary>Two phones and nobody between them: a customer has the seller of a product asked, whose words and picture come back to him.</summary>
[TestFixture]
public sealed class SellerEnquiryTests
{
    private const string Product = "Zephyrine glockenspiel";
    private const string Offer = "Ask the seller";

    // A whole picture, of one pixel.
    private const string Photo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private static HttpClient Http => Shared.System.Http;

    [Test]
    public async Task Web_customer_asks_by_a_tap_and_the_sellers_picture_and_words_are_shown_to_him_once()
    {
        var seller = Shared.Confidential.Add("a seller's phone", "+447700900741");
        await Sells(seller, Product);
        var visitor = await WebCustomer.Start(Http);

        var shown = (await visitor.Write(Http, new { text = $"How much is the {Product}?" })).GetProperty("reply");
        Assert.That(shown.GetProperty("cards").EnumerateArray().Select(card => Text(card, "title")), Is.EqualTo(new[] { Product, Offer }));
        var told = (await visitor.Write(Http, new { text = Offer })).GetProperty("reply");
        Assert.That(Text(told, "text"), Does.Contain("The answer comes here"));

        await Eventually.IsTrue(async () => (await Questions(seller, Product)).Count > 0, s_patience);
        var words = Shared.Confidential.Add("a seller's text", "It rings softly, quollanswer");
        await Write("whatsapp", new { from = seller, text = words, sid = "SM" + new string('7', 32) });
        await Write("whatsapp", new { from = seller, text = words, sid = "SM" + new string('7', 32) });
        await Write("whatsapp", new { from = seller, media = new[] { new { contentType = "image/png", base64 = Photo } } });

        await Eventually.IsTrue(async () => (await Answers(visitor)).Count == 2, s_patience);
        var answers = await Answers(visitor);
        Assert.That(answers.Count(answer => Text(answer, "text").Contains(words, StringComparison.Ordinal)), Is.EqualTo(1));
        var card = answers.SelectMany(answer => answer.GetProperty("cards").EnumerateArray()).Single();
        Assert.That((Text(card, "kind"), Text(card, "title")), Is.EqualTo(("photo", Product)));
        Assert.That(await Http.GetByteArrayAsync(Text(card, "imageUrl")), Is.EqualTo(Convert.FromBase64String(Photo)));
        Assert.That(await Questions(seller, Product), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task WhatsApp_customers_tap_asks_once_though_the_conversations_service_is_killed_and_the_picture_comes_to_his_phone()
    {
        const string Own = "Thistledown metronome";
        var seller = Shared.Confidential.Add("another seller's phone", "+447700900742");
        var customer = Shared.Confidential.Add("an asking customer's phone", "447700900743");
        await Sells(seller, Own);
        await Write("whatsapp-cloud", new { from = customer, text = $"How much is the {Own}?", profileName = "Ada" });
        JsonElement choice = default;
        await Eventually.IsTrue(
            async () =>
            {
                choice = (await Outbox("whatsapp-cloud", customer)).SelectMany(Choices).FirstOrDefault(offered => Text(offered, "title") == Offer);
                return choice.ValueKind == JsonValueKind.Object;
            }, s_patience);

        var chat = Shared.System.Running.Replicas("chat")[0];
        await Write("whatsapp-cloud", new { from = customer, button = new { text = Offer, payload = Text(choice, "payload") } });
        Shared.System.Running.Kill(chat.Name);
        await Eventually.IsTrue(() => Shared.System.Running.Replicas("chat") is [{ Healthy: true } again] && again.ProcessId != chat.ProcessId, s_patience);
        await Eventually.IsTrue(async () => (await Questions(seller, Own)).Count > 0, s_patience);
        await Eventually.IsTrue(async () => (await About(customer, Own)).Any(body => body.Contains("The answer comes here", StringComparison.Ordinal)), s_patience);
        var before = (await About(customer, Own)).Count;
        await Write("whatsapp", new { from = seller, media = new[] { new { contentType = "image/png", base64 = Photo } } });

        await Eventually.IsTrue(async () => (await About(customer, Own)).Count > before, s_patience);
        // What an operator writes comes behind everything before it.
        await Post($"/api/conversations/{(await Known(seller)).Conversation}/messages", new { text = "Thank you, wombatmarker" });
        await Eventually.IsTrue(async () => (await Outbox("whatsapp", seller)).Any(item => Text(item, "body").Contains("wombatmarker", StringComparison.Ordinal)), s_patience);
        Assert.That(await Questions(seller, Own), Has.Count.EqualTo(1));
    }

    /// <summary>Makes who writes from the phone the supplier of a product that nobody else asks for.</summary>
    private static async Task Sells(string phone, string title)
    {
        await Write("whatsapp", new { from = phone, text = "Good morning, I sell instruments", profileName = "Luthier" });
        var (supplier, _) = await Known(phone);
        await Post($"/api/customers/{supplier}/supplier", null);

        await using var database = NpgsqlDataSource.Create(Shared.System.EnvironmentOf("ai")["ConnectionStrings__aidb"]);
        await using var batch = database.CreateBatch();
        var product = new NpgsqlBatchCommand(
            """
            INSERT INTO products (id, workspace_id, slug, title, description, category, price, currency, stock, updated_at, keywords, supplier_id)
            SELECT gen_random_uuid(), workspace_id, $1, $2, 'An instrument for quiet evenings.', 'instrument', 120, 'EUR', 3, now(), lower($2), $3
            FROM products GROUP BY workspace_id ORDER BY count(*) DESC LIMIT 1
            """);
        product.Parameters.AddWithValue(title.ToLowerInvariant().Replace(' ', '-'));
        product.Parameters.AddWithValue(title);
        product.Parameters.AddWithValue(supplier);
        batch.BatchCommands.Add(product);
        // What was found before is remembered until the version is another.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE knowledge_versions SET version = version + 1"));
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task<List<JsonElement>> Questions(string seller, string product) =>
        [.. (await Outbox("whatsapp", seller)).Where(item => Text(item, "body").StartsWith($"A customer asks about “{product}”", StringComparison.Ordinal))];

    private static async Task<List<string>> About(string customer, string product) =>
        [.. (await Outbox("whatsapp-cloud", customer)).Select(item => Text(item, "body")).Where(body => body.Contains(product, StringComparison.Ordinal))];

    /// <summary>What came from the seller.</summary>
    private static async Task<List<JsonElement>> Answers(WebCustomer visitor) =>
        [.. (await visitor.Messages(Http)).GetProperty("items").EnumerateArray().Where(message => Text(message.GetProperty("author"), "type") == "system")];

    private static IEnumerable<JsonElement> Choices(JsonElement item) => item.TryGetProperty("choices", out var choices) ? choices.EnumerateArray() : [];
}
