using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assistify.ChatService.Operators;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistify.ChatService.Tests.Operators;

/// <summary>The operators' part of ChatService on a real port and a database of its own, with a clock that the test moves.</summary>
internal sealed class OperatorsHost : IAsyncDisposable
{
    public const string OwnerEmail = "owner@shop.example";
    public const string OwnerPassword = "correct horse battery";
    public static readonly string SecretsKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly WebApplication _app;

    private OperatorsHost(WebApplication app, ManualTime time) => (_app, Time) = (app, time);

    public ManualTime Time { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IServiceProvider Services => _app.Services;

    public static async Task<OperatorsHost> Start(string? database = null, string environment = "Development", ManualTime? time = null, string ownerPassword = OwnerPassword)
    {
        time ??= new ManualTime(DateTimeOffset.UtcNow);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:chatdb", database ?? await TestPostgres.NewDatabaseAsync()),
            new("Secrets:Key", SecretsKey),
            new("Owner:Email", OwnerEmail),
            new("Owner:Password", ownerPassword),
            new("Assistify:Instance", "test"),
            new("Assistify:PublicUrl", "http://shop.example:8080"),
        ]);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddServiceDefaults();
        builder.AddDatabase<ChatDbContext>("chatdb");
        builder.AddOperators();
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOperators();
        await app.StartAsync();
        return new OperatorsHost(app, time);
    }

    /// <summary>A browser; cookies are passed by hand.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };

    public static Task<HttpResponseMessage> Login(HttpClient browser, string email = OwnerEmail, string password = OwnerPassword, string? from = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login") { Content = JsonContent.Create(new { email, password }) };
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return browser.SendAsync(request);
    }

    /// <summary>The refresh cookie of an answer, as <c>name=value</c>.</summary>
    public static string Cookie(HttpResponseMessage response) => response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    public static Task<HttpResponseMessage> Refresh(HttpClient browser, string cookie, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/refresh") { Headers = { { "Cookie", cookie } } };
        if (origin is not null) request.Headers.Add("Origin", origin);
        return browser.SendAsync(request);
    }

    public async Task<HttpClient> SignedIn(string email = OwnerEmail, string password = OwnerPassword)
    {
        var client = Browser();
        using var response = await Login(client, email, password);
        var body = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body!["accessToken"]!.GetValue<string>());
        return client;
    }

    public HttpClient WithToken(string token)
    {
        var client = Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public ITokenIssuer Tokens => _app.Services.GetRequiredService<ITokenIssuer>();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
