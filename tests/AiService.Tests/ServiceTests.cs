using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.AiService.Assistants;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests;

/// <summary>Two replicas of the whole service, as it starts, on a real broker and a real database.</summary>
public sealed class ServiceTests
{
    private static readonly TokenKey s_tokenKey = TokenKey.Create();

    [Test]
    public async Task A_model_activated_through_one_replica_is_used_by_the_other_too()
    {
        await using var broker = await TestBroker.Start();
        var database = await TestPostgres.NewDatabaseAsync();
        await using var one = Replica(broker, database);
        await using var other = Replica(broker, database);
        using var admin = one.CreateClient();
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new TokenIssuer(() => s_tokenKey, TimeProvider.System)
            .IssueOperator(Guid.CreateVersion7(), Identifiers.DefaultWorkspace, "admin", "Eve", Guid.CreateVersion7()).Token);
        var intents = other.Services.GetRequiredService<WorkspaceIntents>();

        using var trained = await admin.PostAsync("/api/knowledge/intents/models", null);
        Assert.That(trained.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await trained.Content.ReadAsStringAsync());
        await Eventually.IsTrue(
            async () => (await admin.GetFromJsonAsync<JsonElement>("/api/knowledge/intents/models")).GetProperty("items")[0].GetProperty("status").GetString() == "ready",
            TimeSpan.FromMinutes(2));
        using var activated = await admin.PostAsync("/api/knowledge/intents/models/1/activate", null);

        Assert.That(activated.StatusCode, Is.EqualTo(HttpStatusCode.OK), await activated.Content.ReadAsStringAsync());
        Assert.That(one.Services.GetRequiredService<WorkspaceIntents>().VersionOf(Identifiers.DefaultWorkspace), Is.EqualTo(1));
        await Eventually.IsTrue(() => intents.VersionOf(Identifiers.DefaultWorkspace) == 1);
        Assert.That(intents.Classify(Identifiers.DefaultWorkspace, "are you open on Sunday?").Intent, Is.EqualTo(Intents.OpeningHours));

        // The settings of the assistant go the same way, and so does what was before.
        var assistants = other.Services.GetRequiredService<WorkspaceAssistants>();
        using var made = await admin.PostAsJsonAsync("/api/assistant/versions", new { settings = new { instructions = "Be kind." } });
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Created), await made.Content.ReadAsStringAsync());
        foreach (var (path, version) in new[] { ("1/activate", 1), ("roll_back", 0) })
        {
            using var used = await admin.PostAsync($"/api/assistant/versions/{path}", null);
            Assert.That(used.StatusCode, Is.EqualTo(HttpStatusCode.OK), await used.Content.ReadAsStringAsync());
            await Eventually.IsTrue(() => assistants.For(Identifiers.DefaultWorkspace, Guid.Empty).Version == version, TimeSpan.FromSeconds(60));
        }
    }

    private static WebApplicationFactory<Program> Replica(TestBroker broker, string database) => new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
    {
        host.UseSetting("ConnectionStrings:aidb", database);
        host.UseSetting("ConnectionStrings:messaging", broker.ConnectionString);
        host.ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(new OneKey()));
    });

    private sealed class OneKey : ITokenKeys
    {
        public ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken) => new(keyId == s_tokenKey.Id ? s_tokenKey : null);
    }
}
