using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Catalogue;

/// <summary>What the workspace sells, as its admins edit it.</summary>
public sealed class ProductHttpTests
{
    private const string Any = "018f0000-0000-7000-8000-000000000000";
    private static readonly object s_price = new { amount = "24.90", currency = "EUR" };
    private AiApp _app = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await AiApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [TestCase("GET", "/api/products")]
    [TestCase("POST", "/api/products")]
    [TestCase("GET", "/api/products/" + Any)]
    [TestCase("PUT", "/api/products/" + Any)]
    [TestCase("DELETE", "/api/products/" + Any)]
    [TestCase("GET", "/api/products/" + Any + "/history")]
    [TestCase("POST", "/api/products/" + Any + "/roll_back")]
    public async Task Only_admins_may(string method, string path)
    {
        using var agent = _app.Operator("agent");
        using var anyone = _app.Anyone();

        Assert.That((await agent.SendAsync(new HttpRequestMessage(new HttpMethod(method), path))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await anyone.SendAsync(new HttpRequestMessage(new HttpMethod(method), path))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_product_is_made_found_changed_and_gone()
    {
        var workspace = Guid.NewGuid();
        using var admin = _app.Operator(workspace: workspace);
        var supplier = Guid.NewGuid();
        using var created = await admin.PostAsJsonAsync("/api/products", new
        {
            title = " Kéramos teapot ", description = "Holds 1.2 litres.", price = s_price, stock = 4, category = "Teapot", tags = new[] { "Tea", "tea " }, colours = new[] { "Green" },
            supplierId = supplier, translations = new { el = new { title = "Τσαγιέρα Κέραμος", description = "Χωράει 1,2 λίτρα." } },
        });
        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created), await created.Content.ReadAsStringAsync());
        var made = await created.Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(made.GetProperty("slug").GetString(), Does.StartWith("keramos-teapot-"));
        Assert.That(made.GetProperty("price").ToString(), Is.EqualTo("""{"amount":"24.90","currency":"EUR"}"""));
        Assert.That((made.GetProperty("tags").ToString(), made.GetProperty("colours").ToString(), made.GetProperty("supplierId").GetGuid()), Is.EqualTo(("""["tea"]""", """["green"]""", supplier)));
        Assert.That((await new Talks(_app, workspace).Say("how much is the Kéramos teapot?")).Text, Does.Contain("24.90 EUR"));

        var path = created.Headers.Location!.ToString();
        using var changed = await admin.PutAsJsonAsync(path, new { title = "Kéramos teapot", description = "Holds 1.2 litres.", price = new { amount = "29.90", currency = "EUR" }, stock = 3 });
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var now = await admin.GetFromJsonAsync<JsonElement>(path);
        Assert.That((now.GetProperty("tags").GetArrayLength(), now.GetProperty("translations").GetProperty("el").GetProperty("title").GetString()), Is.EqualTo((1, "Τσαγιέρα Κέραμος")), "what was not said stays");
        Assert.That(now.TryGetProperty("supplierId", out _), Is.False);
        Assert.That((await new Talks(_app, workspace).Say("how much is the Kéramos teapot?")).Text, Does.Contain("29.90 EUR"));

        Assert.That((await admin.DeleteAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await admin.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await new Talks(_app, workspace).Say("how much is the Kéramos teapot?")).Text, Does.Not.Contain("EUR"));
    }

    [Test]
    public async Task Without_a_picture_there_is_a_drawing_and_what_was_read_can_be_written_back()
    {
        using var admin = _app.Operator(workspace: Guid.NewGuid());
        using var created = await admin.PostAsJsonAsync("/api/products", new { title = "Pear bowl", description = "For pears.", price = s_price, stock = 1, category = "bowl" });
        var path = created.Headers.Location!.ToString();

        using var again = await admin.PutAsJsonAsync(path, await admin.GetFromJsonAsync<JsonElement>(path));
        using var back = await admin.PostAsJsonAsync($"{path}/roll_back", new { version = 1 });

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK), await again.Content.ReadAsStringAsync());
        Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var anyone = _app.Anyone();
        var listing = await anyone.GetFromJsonAsync<JsonElement>(path.Replace("products", "listings", StringComparison.Ordinal));
        using var drawing = await anyone.GetAsync(listing.GetProperty("imageUrl").GetString());
        Assert.That(drawing.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/svg+xml"));
    }

    [Test]
    public async Task They_are_searched_and_read_page_by_page()
    {
        using var admin = _app.Operator();
        foreach (var title in new[] { "Cup 50% off", "Bowl", "Αμφορέας", "Cup_blue", "Plate" }) await Create(admin, title);

        var all = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await admin.GetFromJsonAsync<JsonElement>($"/api/products?limit=2{(next.Length == 0 ? "" : $"&cursor={next}")}");
            Assert.That(page.GetProperty("items").GetArrayLength(), Is.LessThanOrEqualTo(2));
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }

        Assert.That(all, Is.EquivalentTo(new[] { "Cup 50% off", "Bowl", "Αμφορέας", "Cup_blue", "Plate" }));
        Assert.That(await Found(admin, "cup"), Is.EquivalentTo(new[] { "Cup 50% off", "Cup_blue" }));
        Assert.That(await Found(admin, "50%"), Is.EqualTo(new[] { "Cup 50% off" }));
        Assert.That(await Found(admin, "p_b"), Is.EqualTo(new[] { "Cup_blue" }));
        Assert.That(await Found(admin, "\\"), Is.Empty);
        Assert.That(await Found(admin, "\0"), Is.Empty);
    }

    [Test]
    public async Task It_goes_back_to_what_it_was_with_one_call_and_its_stock_stays()
    {
        var workspace = Guid.NewGuid();
        using var admin = _app.Operator(workspace: workspace);
        var path = await Create(admin, "Oil lamp", stock: 7);
        var then = await new Talks(_app, workspace).Say("how much is the oil lamp?");
        using var changed = await admin.PutAsJsonAsync(path, new { title = "Oil lamp, large", description = "Burns for 9 hours.", price = new { amount = "31.00", currency = "EUR" }, stock = 2 });
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var history = (await admin.GetFromJsonAsync<JsonElement>($"{path}/history")).GetProperty("items").EnumerateArray().ToList();
        Assert.That(history.Select(version => (version.GetProperty("version").GetInt32(), version.GetProperty("product").GetProperty("price").GetProperty("amount").GetString())), Is.EqualTo(new[] { (2, "31.00"), (1, "24.90") }));
        Assert.That((history[0].TryGetProperty("replacedAt", out _), history[1].TryGetProperty("replacedAt", out _)), Is.EqualTo((false, true)));
        var again = await Reproduced(admin, then.ReplyId);
        Assert.That((again.GetProperty("same").GetBoolean(), again.GetProperty("text").GetString()), Is.EqualTo((true, then.Text)));

        using var back = await admin.PostAsJsonAsync($"{path}/roll_back", new { version = 1 });
        var product = await back.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((product.GetProperty("title").GetString(), product.GetProperty("price").GetProperty("amount").GetString(), product.GetProperty("stock").GetInt32()), Is.EqualTo(("Oil lamp", "24.90", 2)));
        Assert.That((await admin.GetFromJsonAsync<JsonElement>($"{path}/history")).GetProperty("items").GetArrayLength(), Is.EqualTo(3));
        Assert.That((await admin.PostAsJsonAsync($"{path}/roll_back", new { version = 9 })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Another_workspaces_product_is_unknown()
    {
        using var admin = _app.Operator();
        using var foreign = _app.Operator();
        var path = await Create(admin, "Vase");

        Assert.That((await foreign.GetFromJsonAsync<JsonElement>("/api/products")).GetProperty("items").GetArrayLength(), Is.Zero);
        foreach (var (method, address, body) in new (string, string, object?)[]
        {
            ("GET", path, null), ("PUT", path, new { title = "x", description = "y", price = s_price, stock = 1 }), ("DELETE", path, null), ("GET", $"{path}/history", null),
            ("POST", $"{path}/roll_back", new { version = 1 }),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : JsonContent.Create(body) };
            Assert.That((await foreign.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), $"{method} {address}");
        }
    }

    [TestCase("""{}""")]
    [TestCase("""{"title":"","description":"y","stock":1,"price":{"amount":"1.00","currency":"EUR"}}""")]
    [TestCase("""{"title":"x","description":"y","stock":1}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{}}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.005","currency":"EUR"}}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.00","currency":"ABC"}}""")]
    [TestCase("""{"title":"x","description":"y","stock":1000001,"price":{"amount":"1.00","currency":"EUR"}}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.00","currency":"EUR"},"url":"javascript:alert(1)"}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.00","currency":"EUR"},"slug":"No Slug"}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.00","currency":"EUR"},"tags":[null]}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.00","currency":"EUR"},"translations":{"greek":{"title":"x","description":"y"}}}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.00","currency":"EUR"},"translations":{"el":null}}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.00","currency":"EUR"},"translations":{"el":{"title":" ","description":"y"}}}""")]
    [TestCase("""{"title":"x","description":"y","stock":1,"price":{"amount":"1.00","currency":"EUR"},"supplierId":"Boris"}""")]
    public async Task What_is_wrong_is_refused_with_problem_details(string body)
    {
        using var admin = _app.Operator();
        using var response = await admin.PostAsync("/api/products", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), await response.Content.ReadAsStringAsync());
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task A_name_in_the_address_is_taken_once_and_no_text_is_too_strange()
    {
        using var admin = _app.Operator();
        using var first = await admin.PostAsync("/api/products", new StringContent("""{"title":"a\u0000b","description":"y","price":{"amount":"1","currency":"EUR"},"stock":1,"slug":"strange","url":"https://shop.example/\u0000","imageUrl":"https://shop.example/\u0000"}""", Encoding.UTF8, "application/json"));
        using var second = await admin.PostAsJsonAsync("/api/products", new { title = "x", description = "y", price = s_price, stock = 1, slug = "strange" });

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.Conflict)));
    }

    [Test]
    public async Task Of_many_at_once_one_makes_it_and_one_removes_it()
    {
        using var admin = _app.Operator();
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.PostAsJsonAsync("/api/products", new { title = "x", description = "y", price = s_price, stock = 1, slug = "once" })));
        var path = made.Single(response => response.StatusCode == HttpStatusCode.Created).Headers.Location;
        var removed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.DeleteAsync(path)));

        Assert.That(made.Count(response => response.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(7));
        Assert.That((removed.Count(response => response.StatusCode == HttpStatusCode.NoContent), removed.Count(response => response.StatusCode == HttpStatusCode.NotFound)), Is.EqualTo((1, 7)));
    }

    [Test]
    public async Task A_change_that_the_suite_refuses_is_not_published()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        using var owner = _app.Operator("owner", workspace);
        var talk = new Talks(_app, workspace);
        await talk.Say("how much is the Aegean blue vase?");
        using var made = await admin.PostAsJsonAsync("/api/evaluation/cases", new { conversationId = talk.Conversation, name = "price" });
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        using var required = await owner.PutAsJsonAsync("/api/evaluation/publishing", new { suiteRequired = true });
        Assert.That(required.IsSuccessStatusCode);
        var vase = (await admin.GetFromJsonAsync<JsonElement>("/api/products?q=Aegean+blue+vase")).GetProperty("items")[0];
        var path = $"/api/products/{vase.GetProperty("id").GetGuid()}";
        var other = new { title = "Amphora", description = "For oil and wine.", price = new { amount = "99.00", currency = "EUR" }, stock = 14, category = "amphora", translations = new { } };

        Assert.That((await admin.PutAsJsonAsync(path, other)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await admin.DeleteAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await admin.GetFromJsonAsync<JsonElement>(path)).GetProperty("price").GetProperty("amount").GetString(), Is.EqualTo("39.00"));
        Assert.That((await owner.PutAsJsonAsync($"{path}?force=It+is+another+one", other)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static async Task<string> Create(HttpClient admin, string title, int stock = 1)
    {
        using var created = await admin.PostAsJsonAsync("/api/products", new { title, description = "By hand.", price = s_price, stock });
        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created), await created.Content.ReadAsStringAsync());
        return created.Headers.Location!.ToString();
    }

    private static async Task<List<string>> Found(HttpClient admin, string words) =>
    [
        .. (await admin.GetFromJsonAsync<JsonElement>($"/api/products?q={Uri.EscapeDataString(words)}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!),
    ];

    private static async Task<JsonElement> Reproduced(HttpClient admin, Guid reply)
    {
        using var response = await admin.PostAsync($"/api/traces/{reply}/reproduce", null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
