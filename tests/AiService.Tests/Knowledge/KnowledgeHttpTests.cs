using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge;

/// <summary>The endpoints as they are called: who may, what is refused, and what an operator's program sees.</summary>
public sealed class KnowledgeHttpTests
{
    private const string Any = "018f0000-0000-7000-8000-000000000000";
    private AiApp _app = null!;

    private static readonly (string Method, string Path)[] s_admins =
    [
        ("GET", "/api/knowledge/documents"), ("POST", "/api/knowledge/documents"), ("GET", $"/api/knowledge/documents/{Any}"), ("PUT", $"/api/knowledge/documents/{Any}"),
        ("DELETE", $"/api/knowledge/documents/{Any}"), ("GET", $"/api/knowledge/{Any}/versions"), ("POST", $"/api/knowledge/{Any}/roll_back"), ("POST", $"/api/knowledge/documents/{Any}/roll_back"), ("GET", "/api/knowledge/suggestions"),
        ("POST", $"/api/knowledge/suggestions/{Any}/answer"), ("POST", $"/api/knowledge/suggestions/{Any}/dismiss"), ("GET", "/api/knowledge/intents"),
        ("GET", "/api/knowledge/intents/examples"), ("POST", "/api/knowledge/intents/examples"), ("PUT", $"/api/knowledge/intents/examples/{Any}"),
        ("POST", $"/api/knowledge/intents/examples/{Any}/approve"), ("POST", $"/api/knowledge/intents/examples/{Any}/reject"), ("DELETE", $"/api/knowledge/intents/examples/{Any}"),
        ("GET", "/api/knowledge/intents/models"), ("POST", "/api/knowledge/intents/models"), ("POST", "/api/knowledge/intents/models/1/activate"),
        ("POST", "/api/knowledge/intents/models/roll_back"),
    ];

    [OneTimeSetUp]
    public async Task Start() => _app = await AiApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [Test]
    public async Task Only_admins_may_and_nobody_without_a_token()
    {
        using var agent = _app.Operator("agent");
        using var anyone = _app.Anyone();
        foreach (var (method, path) in s_admins)
        {
            Assert.That(await Call(agent, method, path), Is.EqualTo(HttpStatusCode.Forbidden), $"{method} {path}");
            Assert.That(await Call(anyone, method, path), Is.EqualTo(HttpStatusCode.Unauthorized), $"{method} {path}");
        }

        using var viewer = _app.Operator("viewer");
        Assert.That(await Call(viewer, "POST", "/api/knowledge/intents/corrections"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await agent.PostAsJsonAsync(
            "/api/knowledge/intents/corrections", new { messageId = Guid.NewGuid(), customerId = Guid.NewGuid(), intent = "returns", text = "take it back" })).StatusCode,
            Is.EqualTo(HttpStatusCode.Created));
    }

    [TestCase("POST", "/api/knowledge", """{ "title": "" , "body": "x" }""", 400)]
    [TestCase("POST", "/api/knowledge", """{ "title": "a\u0000b", "body": "\u0000", "topics": ["\u0000", null], "keywords": "\u0000", "url": "https://shop.example/\u0000" }""", 201)]
    [TestCase("POST", "/api/knowledge/suggestions/" + Any + "/answer", """{ "answer": "" }""", 400)]
    [TestCase("POST", "/api/knowledge/suggestions/" + Any + "/answer", """{ "answer": "x", "language": "Greek" }""", 400)]
    [TestCase("POST", "/api/knowledge/suggestions/" + Any + "/answer", """{ "answer": "x" }""", 404)]
    [TestCase("POST", "/api/knowledge/suggestions/" + Any + "/dismiss", "", 404)]
    [TestCase("POST", "/api/knowledge/documents", """{ "file": "x" }""", 415)]
    [TestCase("PUT", "/api/knowledge/documents/" + Any, """{ "file": "x" }""", 404)]
    [TestCase("POST", "/api/knowledge/documents/" + Any + "/roll_back", """{ "version": "one" }""", 400)]
    [TestCase("POST", "/api/knowledge/documents/" + Any + "/roll_back", """{ "version": 1 }""", 404)]
    [TestCase("POST", "/api/knowledge/intents/examples", """{ "intent": "No Name", "text": "x" }""", 400)]
    [TestCase("POST", "/api/knowledge/intents/examples", """{ "intent": "returns" }""", 400)]
    [TestCase("POST", "/api/knowledge/intents/examples", """{ "intent": 1, "text": [] }""", 400)]
    [TestCase("PUT", "/api/knowledge/intents/examples/" + Any, """{ "intent": "returns", "text": "x" }""", 404)]
    [TestCase("POST", "/api/knowledge/intents/corrections", """{ "messageId": "no id", "intent": "returns", "text": "x" }""", 400)]
    [TestCase("POST", "/api/knowledge/intents/models/7/activate", "", 404)]
    [TestCase("POST", "/api/knowledge/intents/models/roll_back", "", 409)]
    [TestCase("GET", "/api/knowledge/intents/examples?limit=0", null, 400)]
    [TestCase("GET", "/api/knowledge/intents/examples?limit=x", null, 400)]
    [TestCase("GET", "/api/knowledge/intents/examples?before=yesterday", null, 400)]
    [TestCase("GET", "/api/knowledge/intents/examples?intent=%00", null, 200)]
    public async Task What_is_wrong_is_refused_with_problem_details(string method, string path, string? body, int status)
    {
        using var admin = _app.Operator();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is { Length: > 0 }) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await admin.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status), await response.Content.ReadAsStringAsync());
        if (status >= 400) Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task A_document_is_uploaded_listed_read_replaced_rolled_back_and_deleted()
    {
        using var admin = _app.Operator();
        using var created = await admin.PostAsync("/api/knowledge/documents", File("returns.md", "# Returns\n\nWithin **30 days**."));
        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created), await created.Content.ReadAsStringAsync());
        var path = created.Headers.Location!.ToString();

        using var replaced = await admin.PutAsync(path, File("returns.html", "<h1>Returns</h1><p>Within 14 days.</p>"));
        Assert.That(replaced.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var rolledBack = await admin.PostAsJsonAsync($"{path}/roll_back", new { version = 1 });
        Assert.That(rolledBack.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var details = await admin.GetFromJsonAsync<JsonElement>(path);
        Assert.That(details.GetProperty("text").GetString(), Is.EqualTo("Returns\n\nWithin 30 days."));
        Assert.That(details.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetInt32()), Is.EqualTo(new[] { 2, 1 }));
        var part = details.GetProperty("parts").EnumerateArray().Single();
        Assert.That((part.GetProperty("start").GetInt32(), part.GetProperty("length").GetInt32(), part.GetProperty("headings").GetString()), Is.EqualTo((9, 15, "Returns")));
        Assert.That((await admin.GetFromJsonAsync<JsonElement>("/api/knowledge/documents")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));

        Assert.That(await Call(admin, "DELETE", path), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await Call(admin, "GET", path), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_file_that_is_too_large_is_refused()
    {
        using var admin = _app.Operator();
        using var response = await admin.PostAsync("/api/knowledge/documents", File("a.txt", new string('x', 5 * 1024 * 1024 + 1)));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    private static async Task<HttpStatusCode> Call(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    private static MultipartFormDataContent File(string name, string content)
    {
        var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name);
        return form;
    }
}
