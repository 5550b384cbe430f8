using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Replies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge;

/// <summary>Texts as they stood: answers are written again from them, and entries go back to them.</summary>
public sealed class KnowledgeHistoryTests
{
    private AiApp _app = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await AiApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [Test]
    public async Task An_answer_is_written_again_from_the_texts_and_prices_of_then()
    {
        var workspace = await Talks.NewShop(_app);
        using var admin = _app.Operator(workspace: workspace);
        var (kiln, glaze) = (await Entry(admin, "Kiln rental", "Renting the kiln costs 40.00 EUR a day."), await Entry(admin, "Glaze workshop", "The glaze workshop starts at 18:30."));
        using var uploaded = await admin.PostAsync("/api/knowledge/documents", File("tours.md", "# Studio tours\n\nA studio tour takes 45 minutes."));
        var document = uploaded.Headers.Location!.ToString();
        string[] questions = ["what does kiln rental cost?", "when does the glaze workshop start?", "how long does a studio tour take?", "how much is the Aegean Blue Vase?"];
        var then = new List<Contracts.ReplyGenerated>();
        foreach (var question in questions) then.Add(await new Talks(_app, workspace).Say(question));
        Assert.That(then.Select(reply => reply.Citations.Count), Has.All.Positive);

        await Changed(admin.PutAsJsonAsync($"/api/knowledge/{kiln}", new { title = "Kiln rental", body = "Renting the kiln costs 55.00 EUR a day." }));
        await Changed(admin.DeleteAsync($"/api/knowledge/{glaze}"));
        await Changed(admin.PutAsync(document, File("tours.md", "# Studio tours\n\nA studio tour takes 90 minutes.")));
        await Reprice(workspace, "aegean-blue-vase", 99.99m);

        for (var n = 0; n < questions.Length; n++)
        {
            Assert.That((await new Talks(_app, workspace).Say(questions[n])).Text, Is.Not.EqualTo(then[n].Text), questions[n]);
            var again = await Reproduced(admin, then[n].ReplyId);
            Assert.That(again.GetProperty("text").GetString(), Is.EqualTo(then[n].Text), questions[n]);
            Assert.That((again.GetProperty("same").GetBoolean(), again.GetProperty("knowledgeIsWhole").GetBoolean()), Is.EqualTo((true, true)));
            Assert.That(again.GetProperty("knowledgeVersion").GetInt64(), Is.EqualTo(again.GetProperty("knowledgeVersionThen").GetInt64()));
        }

        // What a document said is gone with it, and that is told.
        await Changed(admin.DeleteAsync(document));
        Assert.That((await Reproduced(admin, then[2].ReplyId)).GetProperty("knowledgeIsWhole").GetBoolean(), Is.False);
    }

    [Test]
    public async Task An_entry_goes_back_to_an_earlier_text_with_one_call()
    {
        var workspace = Guid.NewGuid();
        using var admin = _app.Operator(workspace: workspace);
        var id = await Entry(admin, "Kiln rental", "Renting the kiln costs 2.00 EUR a day.");
        foreach (var price in new[] { "3.00", "4.00" }) await Changed(admin.PutAsJsonAsync($"/api/knowledge/{id}", new { title = "Kilns for rent", body = $"Renting the kiln costs {price} EUR a day." }));

        using var back = await admin.PostAsJsonAsync($"/api/knowledge/{id}/roll_back", new { version = 1 });
        Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.OK), await back.Content.ReadAsStringAsync());

        Assert.That((await admin.GetFromJsonAsync<JsonElement>($"/api/knowledge/{id}")).GetProperty("title").GetString(), Is.EqualTo("Kiln rental"));
        Assert.That((await new Talks(_app, workspace).Say("what does kiln rental cost?")).Text, Does.Contain("2.00 EUR"));
        var versions = (await admin.GetFromJsonAsync<JsonElement>($"/api/knowledge/{id}/versions")).GetProperty("items").EnumerateArray().ToList();
        Assert.That(versions.Select(one => (one.GetProperty("version").GetInt32(), one.GetProperty("body").GetString())), Is.EqualTo(new[]
        {
            (4, "Renting the kiln costs 2.00 EUR a day."), (3, "Renting the kiln costs 4.00 EUR a day."), (2, "Renting the kiln costs 3.00 EUR a day."), (1, "Renting the kiln costs 2.00 EUR a day."),
        }));
        Assert.That(versions.Select(one => one.TryGetProperty("replacedAt", out _)), Is.EqualTo(new[] { false, true, true, true }));

        using var stranger = _app.Operator();
        using var agent = _app.Operator("agent", workspace);
        Assert.That((await stranger.GetAsync($"/api/knowledge/{id}/versions")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.PostAsJsonAsync($"/api/knowledge/{id}/roll_back", new { version = 1 })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await admin.PostAsJsonAsync($"/api/knowledge/{id}/roll_back", new { version = 9 })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await admin.PostAsJsonAsync($"/api/knowledge/{id}/roll_back", new { version = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await agent.PostAsJsonAsync($"/api/knowledge/{id}/roll_back", new { version = 1 })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task What_is_forgotten_leaves_no_text_and_answers_from_before_say_so()
    {
        var workspace = Guid.NewGuid();
        using var admin = _app.Operator(workspace: workspace);
        var id = await Entry(admin, "Night bell", "The night bell is at the back door.");
        var reply = await new Talks(_app, workspace).Say("where is the night bell?");

        await Changed(admin.DeleteAsync($"/api/knowledge/{id}?forget=true"));

        Assert.That(await Kept(_app, id), Is.Zero);
        var again = await Reproduced(admin, reply.ReplyId);
        Assert.That((again.GetProperty("same").GetBoolean(), again.GetProperty("knowledgeIsWhole").GetBoolean()), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task What_nobody_needs_any_more_is_removed()
    {
        await using var app = await AiApp.Start();
        using var admin = app.Operator();
        var (kept, deleted) = (await Entry(admin, "Kept", "Text 0."), await Entry(admin, "Deleted", "Text."));
        for (var n = 1; n <= 14; n++) await Changed(admin.PutAsJsonAsync($"/api/knowledge/{kept}", new { title = "Kept", body = $"Text {n}." }));
        await Changed(admin.PutAsJsonAsync($"/api/knowledge/{kept}", new { title = "Kept", body = "Text 14." }));
        await Changed(admin.DeleteAsync($"/api/knowledge/{deleted}"));
        Assert.That((await Kept(app, kept), await Kept(app, deleted)), Is.EqualTo((15, 1)), "the same text again is no version");

        await app.Get<ReplyStore>().Purge(TimeSpan.FromDays(30), default);
        Assert.That((await Kept(app, kept), await Kept(app, deleted)), Is.EqualTo((15, 1)));
        await app.Get<ReplyStore>().Purge(TimeSpan.Zero, default);
        Assert.That((await Kept(app, kept), await Kept(app, deleted)), Is.EqualTo((11, 0)), "the text in use and the ten before it");
    }

    private static async Task<string> Entry(HttpClient admin, string title, string body)
    {
        using var created = await admin.PostAsJsonAsync("/api/knowledge", new { title, body });
        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created), await created.Content.ReadAsStringAsync());
        return (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task Changed(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        Assert.That(response.IsSuccessStatusCode, Is.True, await response.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement> Reproduced(HttpClient admin, Guid messageId)
    {
        using var response = await admin.PostAsync($"/api/traces/{messageId}/reproduce", null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task Reprice(Guid workspace, string slug, decimal price)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AiDbContext>();
        (await db.Products.SingleAsync(product => product.WorkspaceId == workspace && product.Slug == slug)).Price = price;
        await KnowledgeEndpoints.Save(db, workspace, default);
    }

    private static async Task<long> Kept(AiApp app, string id)
    {
        await using var command = app.Get<Npgsql.NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM knowledge_history WHERE item_id = $1");
        command.Parameters.AddWithValue(Guid.Parse(id));
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static MultipartFormDataContent File(string name, string content)
    {
        var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name);
        return form;
    }
}
