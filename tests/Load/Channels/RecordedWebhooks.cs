using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Assistify.Load.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assistify.Load.Channels;

/// <summary>A webhook exactly as a provider's stand-in signed and sent it.</summary>
internal sealed record RecordedWebhook(string Channel, string Method, string Query, string? ContentType, IHeaderDictionary Headers, byte[] Body);

/// <summary>A sandbox of its own, with the accounts of the system under test, that sends its webhooks here instead of to the gateway.</summary>
internal sealed class RecordedWebhooks : IAsyncDisposable
{
    private readonly ConcurrentQueue<RecordedWebhook> _received = new();
    private readonly WebApplication _listener;
    private readonly Process _sandbox;
    private readonly SandboxInbound _inbound;

    private RecordedWebhooks(WebApplication listener, Process sandbox, Uri address, ConcurrentQueue<RecordedWebhook> received) =>
        (_listener, _sandbox, _inbound, _received) = (listener, sandbox, new SandboxInbound(address), received);

    public static async Task<RecordedWebhooks> Start(TestedSystem system, CancellationToken cancellationToken)
    {
        var received = new ConcurrentQueue<RecordedWebhook>();
        var here = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(here);
        var listener = builder.Build();
        listener.Map("/api/webhooks/{channel}", async (HttpContext context, string channel) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = new HeaderDictionary();
            foreach (var (name, value) in context.Request.Headers) headers[name] = value;
            received.Enqueue(new RecordedWebhook(
                channel, context.Request.Method, context.Request.QueryString.Value ?? "", context.Request.ContentType, headers, body.ToArray()));
        });
        await listener.StartAsync(cancellationToken);

        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, "Sandbox", "bin", "Release", "net10.0", "Assistify.Sandbox.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in system.EnvironmentOf("sandbox")) start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Sandbox__DeliverTo"] = here;
        var sandbox = Process.Start(start)!;
        sandbox.BeginOutputReadLine();
        sandbox.BeginErrorReadLine();

        var recorded = new RecordedWebhooks(listener, sandbox, address, received);
        for (var random = new Random(1); await recorded._inbound.Post(TestedChannel.All[1], TestedChannel.All[1].Address(1), TestedChannel.All[1].NewId(random), "Hello", "", cancellationToken) == 0;)
        {
            if (sandbox.HasExited) throw new InvalidOperationException($"The sandbox ended with exit code {sandbox.ExitCode}.");
            await Task.Delay(200, cancellationToken);
        }

        return recorded;
    }

    /// <summary>A customer's message.</summary>
    public async Task<RecordedWebhook> Message(TestedChannel channel, long customer, string text, CancellationToken cancellationToken)
    {
        _received.Clear();
        await _inbound.Post(channel, channel.Address(customer), channel.NewId(new Random((int)customer)), text, "Zoë", cancellationToken);

        // Shopify's customers ask for answers too, every second.
        return _received.First(webhook => webhook.Method == "POST");
    }

    public async ValueTask DisposeAsync()
    {
        _inbound.Dispose();
        Signals.Terminate(_sandbox.Id);
        await _sandbox.WaitForExitAsync();
        _sandbox.Dispose();
        await _listener.DisposeAsync();
    }
}
