using System.Net.WebSockets;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistify.Gateway.Tests;

/// <summary>Stands behind the gateway for every service: tells what it was asked, streams, speaks WebSocket, gives keys.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    public static readonly string SecretsKey = Convert.ToBase64String(new byte[32]);

    private readonly WebApplication _app;
    private readonly TokenKey _key;

    private FakeService(string name, TokenKey key)
    {
        Name = name;
        _key = key;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.UseWebSockets();
        _app.MapGet("/.well-known/jwks.json", () => Results.Json(new PublicTokenKeys([_key.Public])));
        _app.MapGet("/health/{kind}", (string kind) => Results.Json(new { status = "healthy", dependencies = new[] { new { name = "database" } } }));
        _app.MapPost("/internal/api_keys/exchange", async (HttpContext http) =>
        {
            Exchanges++;
            var body = await http.Request.ReadFromJsonAsync<Dictionary<string, string>>();
            if (body!["key"] != "ask_good") return Results.Unauthorized();
            var issued = Issuer.IssueOperator(Guid.Parse("0199a0c0-0000-7000-8000-00000000000a"), Guid.NewGuid(), Roles.Agent, null, Guid.Empty);
            return Results.Json(new { accessToken = issued.Token, expiresAt = issued.ExpiresAt });
        });
        _app.MapGet("/internal/allowed_origins", (HttpRequest request) => !Calls.IsAuthentic("GET /internal/allowed_origins", request.Headers[InternalCalls.Header])
            ? Results.Unauthorized()
            : Origins is null ? Results.StatusCode(503) : Results.Json(new { origins = Origins }));
        _app.MapGet("/hubs/echo", Echo);
        _app.MapPost("/api/messages/process_message", Stream);
        _app.Map("/{**path}", async (HttpContext http) =>
        {
            Requests++;
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            return Results.Json(new Seen(
                Name, http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.Length));
        });
    }

    public string Name { get; }

    public int Requests { get; private set; }

    public int Exchanges { get; private set; }

    /// <summary>What the workspaces allow; null while that cannot be told.</summary>
    public string[]? Origins { get; set; } = [];

    /// <summary>Lets the second half of an event stream go.</summary>
    public TaskCompletionSource GoOn { get; } = new();

    public TokenIssuer Issuer => new(() => _key, TimeProvider.System);

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static InternalCalls Calls { get; } = new(
        new Secrets(new ConfigurationBuilder().AddInMemoryCollection([new("Secrets:Key", SecretsKey)]).Build()), TimeProvider.System);

    public static async Task<FakeService> Start(string name, TokenKey key)
    {
        var service = new FakeService(name, key);
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task Echo(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, http.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close) return;
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, true, http.RequestAborted);
        }
    }

    private async Task Stream(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync("event: reply.delta\ndata: 1\n\n");
        await http.Response.Body.FlushAsync();
        await GoOn.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await http.Response.WriteAsync("event: reply.completed\ndata: 2\n\n");
    }
}

internal sealed record Seen(string Service, string Path, Dictionary<string, string> Headers, long BodyLength);
