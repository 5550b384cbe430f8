extern alias sandbox;

using System.Net.Http.Json;
using System.Text.Json;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Tools;
using Assistify.Sandbox.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Providers;

/// <summary>The sandbox's models on a real port, and the service's own providers that call them.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplicationFactory<sandbox::Program> _sandbox;
    private readonly List<ServiceProvider> _services = [];

    private ScriptedModel(WebApplicationFactory<sandbox::Program> sandbox) => (_sandbox, Client) = (sandbox, sandbox.CreateClient());

    public HttpClient Client { get; }

    public static ScriptedModel Start()
    {
        var sandbox = new WebApplicationFactory<sandbox::Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Development");
            host.UseUrls("http://127.0.0.1:0"); // else it takes the default port, which another run may have
            host.UseSetting("Sandbox:DeliverTo", "http://127.0.0.1:9");
            // The other stand-ins ask for accounts at the start.
            host.UseSetting("Channels:Twilio:AccountSid", "AC5d0f3f2c9c1b4e6fa7d88a2b1c3e4f50");
            host.UseSetting("Channels:Twilio:AuthToken", "3f1c9a5be7d24c60b8e1f0a9d6c7b214");
            host.UseSetting("Channels:Twilio:From", "whatsapp:+441632960001");
            host.UseSetting("Channels:Twilio:PublicUrl", "https://desk.example.com/api/webhooks/whatsapp");
            foreach (var (key, value) in Credentials.All) host.UseSetting(key, value);
        });
        sandbox.UseKestrel(0);
        sandbox.StartServer();
        return new ScriptedModel(sandbox);
    }

    public async Task Says(params object[] scripts)
    {
        using var forgotten = await Client.DeleteAsync("/sandbox/api/model/scripts");
        using var response = await Client.PutAsJsonAsync("/sandbox/api/model/scripts", scripts);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<IReadOnlyList<JsonElement>> Calls() => [.. (await Client.GetFromJsonAsync<JsonElement>("/sandbox/api/model/calls")).EnumerateArray()];

    /// <summary>
    /// The writers as configuration makes them, the offline writer last. Without the cache: one test's answers are not another's.
    /// </summary>
    public IReadOnlyList<IReplyWriter> Writers(Shop shop, IEnumerable<string> kinds, params (string Key, string Value)[] settings) =>
        Writers(Services(shop, kinds, settings));

    public static IReadOnlyList<IReplyWriter> Writers(ServiceProvider services) =>
        services.GetServices<IReplyWriter>().Where(writer => writer is not CachedReplyWriter).Append(new OfflineReplyWriter()).ToList();

    public ServiceProvider Services(Shop shop, IEnumerable<string> kinds, params (string Key, string Value)[] settings)
    {
        var values = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        values["Secrets:Key"] = Convert.ToBase64String(new byte[32]);
        foreach (var (kind, n) in kinds.Select((kind, n) => (kind, n)))
        {
            values.TryAdd($"Ai:Providers:{n}:Kind", kind);
            values.TryAdd($"Ai:Providers:{n}:ApiKey", "sk-any");
            values.TryAdd($"Ai:Providers:{n}:BaseUrl", Client.BaseAddress!.ToString());
            values.TryAdd($"Ai:Providers:{n}:Model", $"test-{kind}");
        }
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System).AddSingleton(shop.Database).AddSingleton(shop.Search).AddLogging()
            .AddHttpTools(configuration).AddTools().AddProviders(configuration).AddVision()
            .BuildServiceProvider();
        _services.Add(services);
        return services;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services) await services.DisposeAsync();
        Client.Dispose();
        await _sandbox.DisposeAsync();
    }
}
