using System.Net.Http.Headers;
using Assistify.AiService.Assistance;
using Assistify.AiService.Assistants;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Embeddings;
using Assistify.AiService.Evaluation.Cases;
using Assistify.AiService.IntentModels;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Knowledge.Documents;
using Assistify.AiService.Knowledge.Suggestions;
using Assistify.AiService.Publishing;
using Assistify.AiService.Tools;
using Assistify.AiService.Tools.Http;
using Assistify.AiService.Tools.Mcp;
using Assistify.AiService.Replies;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistify.AiService.Tests;

/// <summary>The service's endpoints on a real database, with a bus in memory.</summary>
internal sealed class AiApp : IAsyncDisposable
{
    private static readonly TokenKey s_tokenKey = TokenKey.Create();
    private readonly WebApplication _app;

    private AiApp(WebApplication app) => _app = app;

    public static async Task<AiApp> Start(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:aidb"] = await TestPostgres.NewDatabaseAsync(), ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton<ITokenKeys>(new OneKey());
        builder.AddServiceDefaults();
        builder.AddDatabase<AiDbContext>("aidb", byIndex: true);
        builder.AddTokens();
        builder.Services.AddBodyValidation().AddUnderstanding().AddIntentModels().AddKnowledge().AddHttpTools(builder.Configuration).AddEmbeddings(builder.Configuration).AddReplies().AddAssistance().AddAssistants().AddEvaluation();
        builder.Services.AddMassTransitTestHarness();
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapKnowledge();
        app.MapDocuments();
        app.MapProducts();
        app.MapListings();
        app.MapSuggestions();
        app.MapIntents();
        app.MapHttpTools();
        app.MapMcpServers();
        app.MapTraces();
        app.MapAssistance();
        app.MapAssistants();
        app.MapEvaluationCases();
        app.MapPublishing();
        await app.StartAsync();
        return new AiApp(app);
    }

    public IServiceProvider Services => _app.Services;

    public HttpClient Operator(string role = "admin", Guid? workspace = null)
    {
        var client = _app.GetTestClient();
        var token = new TokenIssuer(() => s_tokenKey, TimeProvider.System).IssueOperator(Guid.CreateVersion7(), workspace ?? Guid.NewGuid(), role, "Eve", Guid.CreateVersion7());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        return client;
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public HttpClient Anyone() => _app.GetTestClient();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class OneKey : ITokenKeys
    {
        public ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken) => new(s_tokenKey);
    }
}
