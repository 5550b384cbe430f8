using System.Net.Http.Json;
using System.Text.Json;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Replies;
using Assistify.Contracts;
using Assistify.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Embeddings;

/// <summary>Knowledge that means the same in other words, with a provider that embeds texts.</summary>
public sealed class LikenessTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private LittleEmbeddingServer _server = null!;
    private AiApp _app = null!;
    private long _asked;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await LittleEmbeddingServer.Start();
        _app = await App(_server);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task What_means_the_same_in_other_words_is_found_and_each_text_is_embedded_once()
    {
        var workspace = Guid.NewGuid();
        using var admin = _app.Operator(workspace: workspace);
        var house = await Entry(admin, "House rules", $"Animals on a leash are welcome. {workspace}");
        await Entry(admin, "Parking", $"Cars stand behind the house. {workspace}");
        using var form = new MultipartFormDataContent { { new ByteArrayContent([.. System.Text.Encoding.UTF8.GetBytes($"# Visits\n\nCats and every other pet wait outside the kiln room. {workspace}")]), "file", "visits.md" } };
        using var uploaded = await admin.PostAsync("/api/knowledge/documents", form);
        var document = (await uploaded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        IReadOnlyList<FoundEntry> found = [];
        await Eventually.IsTrue(async () => (found = await Find(workspace, "may my puppy come along?")).Count == 2, s_patience);

        Assert.That(found.Select(entry => entry.DocumentId), Is.EquivalentTo(new[] { house, document }));
        Assert.That(await Find(workspace, null), Is.Empty, "without the provider nobody knows what a puppy is");
        Assert.That(await Find(Guid.NewGuid(), "may my puppy come along?"), Is.Empty, "another workspace");

        await Changed(admin.PutAsJsonAsync($"/api/knowledge/{house}", new { title = "House rules", body = $"Please take off your shoes. {workspace}" }));
        await Eventually.IsTrue(async () => (await Find(workspace, "may my puppy come along?")).Select(entry => entry.DocumentId).SequenceEqual([document]), s_patience);
        await Changed(admin.PutAsJsonAsync($"/api/knowledge/{house}", new { title = "House rules", body = $"Animals on a leash are welcome. {workspace}" }));
        await Eventually.IsTrue(async () => (await Find(workspace, "may my puppy come along?")).Count == 2, s_patience);
        Assert.That(_server.Texts.Where(text => text.Contains(workspace.ToString(), StringComparison.Ordinal)).GroupBy(text => text).Select(texts => texts.Count()), Is.EqualTo(new[] { 1, 1, 1, 1 }));
    }

    [Test]
    public async Task Products_are_found_too_and_keep_to_the_limits()
    {
        var workspace = await Talks.NewShop(_app);
        IReadOnlyList<Product> found = [];
        await Eventually.IsTrue(async () => (found = await Products(null)).Count > 0, s_patience);

        Assert.That(found.Select(product => $"{product.Title} {product.Keywords} {product.Description}"), Has.All.Matches("(?i)mug|cup|beaker|drink"));
        var limit = found.Min(product => product.Price);
        Assert.That((await Products(limit)).Select(product => product.Price), Is.Not.Empty.And.All.LessThanOrEqualTo(limit));
        Assert.That(_server.Calls.Select(call => call.Count), Has.All.LessThanOrEqualTo(64));

        Task<IReadOnlyList<Product>> Products(decimal? most) => _app.Get<IKnowledgeSearch>().FindProducts(
            new ProductQuestion(workspace, 1, "en", ["beaker"], [], MaxPrice: most, Text: "something like a beaker"), default);
    }

    [Test]
    public async Task While_the_provider_is_away_search_works_as_without()
    {
        await using var server = await LittleEmbeddingServer.Start();
        await using var app = await App(server);
        server.IsAway = true;
        var workspace = Guid.NewGuid();
        using var admin = app.Operator(workspace: workspace);
        var dogs = await Entry(admin, "Dogs", "Animals on a leash are welcome.");

        Assert.That((await Find(workspace, "are dogs welcome?", app, "dogs")).Select(entry => entry.Id), Is.EqualTo(new[] { dogs }));
        Assert.That(await Find(workspace, "may my puppy come along?", app), Is.Empty);
        server.IsAway = false;
        await Eventually.IsTrue(async () => (await Find(workspace, "may my puppy come along?", app)).Count == 1, TimeSpan.FromMinutes(3));

        server.IsAway = true;
        Assert.That((await Find(workspace, "what about dogs?", app, "dogs")).Select(entry => entry.Id), Is.EqualTo(new[] { dogs }));
        Assert.That(await Find(workspace, "what about a puppy?", app), Is.Empty);
    }

    [Test]
    public async Task A_workspace_without_models_and_one_without_money_show_nobody_anything()
    {
        await using var server = await LittleEmbeddingServer.Start();
        await using var app = await App(server);
        await using var poor = await App(server, ("Ai:Budgets:PerDay", "0.00000001"));
        var workspace = Guid.NewGuid();
        var message = new HistoryMessage(Guid.NewGuid(), Author.Customer, "may my puppy come along?", DateTimeOffset.UnixEpoch);
        var asked = Some.Request(Guid.NewGuid(), 1, [message], [message.Id]) with { WorkspaceId = workspace };
        var withoutModels = asked with { Assistant = new BusinessSettings("friendly", null, [Features.Models]) };

        await app.Get<ReplyPipeline>().Answer(withoutModels, 0, default);
        await using var progress = app.Get<Npgsql.NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM embedding_progress");
        Assert.That(await progress.ExecuteScalarAsync(), Is.Zero, "its knowledge is not embedded either");

        using var admin = poor.Operator(workspace: workspace);
        await Entry(admin, "House rules", "Animals on a leash are welcome.");
        await poor.Get<ReplyPipeline>().Answer(asked, 1, default);
        await using var tried = poor.Get<Npgsql.NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM embedding_progress WHERE lease_until > now() + interval '1 second' AND knowledge_version = -1");
        await Eventually.IsTrue(async () => await tried.ExecuteScalarAsync() is 1L, s_patience);
        Assert.That(server.Calls, Is.Empty);
    }

    private static Task<AiApp> App(LittleEmbeddingServer server, params (string, string)[] more) =>
        AiApp.Start([("Ai:Embeddings:BaseUrl", server.Origin), ("Ai:Embeddings:ApiKey", "embedding-key"), .. more]);

    // Each time as of another version, so that nothing is remembered.
    private Task<IReadOnlyList<FoundEntry>> Find(Guid workspace, string? text, AiApp? app = null, string word = "puppy") => (app ?? _app).Get<IKnowledgeSearch>().FindEntries(
        new EntryQuestion(workspace, Interlocked.Increment(ref _asked), "en", [word], null, text), default);

    private static async Task<Guid> Entry(HttpClient admin, string title, string body)
    {
        using var created = await admin.PostAsJsonAsync("/api/knowledge", new { title, body });
        return (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static async Task Changed(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        Assert.That(response.IsSuccessStatusCode, Is.True, await response.Content.ReadAsStringAsync());
    }
}
