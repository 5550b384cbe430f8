using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Assistify.LocalHosting.Dashboard.Wire;
using Assistify.LocalHosting.Running;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assistify.LocalHosting.Dashboard;

/// <summary>What the dashboard asks: which resources there are, how they are, what they print, and please restart this one.</summary>
internal sealed class ResourceService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Composition _composition;
    private readonly byte[] _key;
    private readonly CancellationTokenSource _ended = new();

    public ResourceService(Composition composition, int port, string key)
    {
        _composition = composition;
        _key = Encoding.UTF8.GetBytes(key);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.ListenLocalhost(port, static listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        // Ctrl-C is the host's to handle.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        _app = builder.Build();
        _app.Run(Handle);
    }

    public Task Start(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _app.DisposeAsync();
        _ended.Dispose();
    }

    private async Task Handle(HttpContext context)
    {
        GrpcFrames.Begin(context);
        var key = Encoding.UTF8.GetBytes(context.Request.Headers["x-resource-service-api-key"].ToString());
        if (!CryptographicOperations.FixedTimeEquals(key, _key))
        {
            GrpcFrames.End(context, GrpcFrames.Unauthenticated);
            return;
        }

        try
        {
            switch (context.Request.Path.Value?.Split('/')[^1])
            {
                case "GetApplicationInformation":
                    await GrpcFrames.Write(context, new ApplicationInformationResponse { ApplicationName = "Assistify", MinDashboardVersion = "9.0.0" });
                    break;
                case "WatchResources": await WatchResources(context); break;
                case "WatchResourceConsoleLogs": await WatchLogs(context); break;
                case "ExecuteResourceCommand": await Execute(context); break;
                case "WatchInteractions":
                    // Nothing is ever asked; the stream only has to stay open.
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    await Task.Delay(Timeout.Infinite, Lifetime(context).Token);
                    break;
                default: GrpcFrames.End(context, 12); return;
            }

            GrpcFrames.End(context);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The dashboard hung up, or this host stops.
        }
    }

    private CancellationTokenSource Lifetime(HttpContext context)
    {
        var lifetime = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _ended.Token);
        context.Response.RegisterForDispose(lifetime);
        return lifetime;
    }

    private async Task WatchResources(HttpContext context)
    {
        var cancellationToken = Lifetime(context).Token;
        var changed = Channel.CreateUnbounded<ResourceInstance>();
        void Notice(ResourceInstance instance) => changed.Writer.TryWrite(instance);
        foreach (var instance in _composition.Instances) instance.Changed += Notice;
        try
        {
            var initial = new InitialResourceData();
            initial.Resources.AddRange(_composition.Instances.Select(ResourceView.Of));
            initial.ResourceTypes.AddRange(_composition.Instances.Select(static instance => instance.Kind).Distinct()
                .Select(static kind => new ResourceType { UniqueName = kind, DisplayName = kind }));
            await GrpcFrames.Write(context, new WatchResourcesUpdate { InitialData = initial });

            while (await changed.Reader.WaitToReadAsync(cancellationToken))
            {
                // Several changes of one resource within a moment become one.
                await Task.Delay(50, cancellationToken);
                var batch = new HashSet<ResourceInstance>();
                while (changed.Reader.TryRead(out var instance)) batch.Add(instance);
                var changes = new WatchResourcesChanges();
                changes.Value.AddRange(batch.Select(static instance => new WatchResourcesChange { Upsert = ResourceView.Of(instance) }));
                await GrpcFrames.Write(context, new WatchResourcesUpdate { Changes = changes });
            }
        }
        finally
        {
            foreach (var instance in _composition.Instances) instance.Changed -= Notice;
        }
    }

    private async Task WatchLogs(HttpContext context)
    {
        var request = await GrpcFrames.Read(context, WatchResourceConsoleLogsRequest.Parser);
        if (Find(request.ResourceName) is not { } instance)
        {
            GrpcFrames.End(context, GrpcFrames.NotFound);
            return;
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var line in instance.Log.Watch(!request.SuppressFollow, Lifetime(context).Token))
        {
            var update = new WatchResourceConsoleLogsUpdate();
            update.LogLines.Add(new ConsoleLogLine { Text = line.Text, IsStdErr = line.IsError, LineNumber = line.Number });
            await GrpcFrames.Write(context, update);
        }
    }

    private async Task Execute(HttpContext context)
    {
        var request = await GrpcFrames.Read(context, ResourceCommandRequest.Parser);
        var supervisor = _composition.Supervisors.Find(candidate => candidate.Instance.Name == request.ResourceName);
        var answer = new ResourceCommandResponse { Kind = ResourceCommandResponseKind.Succeeded };
        switch (supervisor is null ? null : request.CommandName)
        {
            case ResourceView.StartCommand: supervisor!.Start(); break;
            case ResourceView.StopCommand: await supervisor!.Halt(); break;
            case ResourceView.RestartCommand: await supervisor!.Restart(); break;
            default:
                answer.Kind = ResourceCommandResponseKind.Failed;
                answer.Message = "There is no such resource or command.";
                break;
        }

        await GrpcFrames.Write(context, answer);
    }

    private ResourceInstance? Find(string name) => _composition.Instances.Find(instance => instance.Name == name);

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
