using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Assistify.ServiceDefaults.Http;
using Npgsql;

namespace Assistify.ChannelService.Connections;

/// <summary>
/// Keeps the stored connections served, next to those of configuration: loaded before the service takes work, and again within a
/// second when any replica changed one. An unchanged connection keeps its adapter.
/// </summary>
internal sealed partial class ServedConnections(
    ConnectionStore store, ChannelAdapters adapters, IEnumerable<IChannelProvider> providers, ConnectionSecrets secrets, WebhookAddresses webhooks,
    PublicAddresses addresses, IConfiguration configuration, IServiceProvider services, Signals signals, TimeProvider time, ILogger<ServedConnections> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private readonly FrozenDictionary<string, IChannelProvider> _providers = providers.ToFrozenDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _loading = new(1);
    private Dictionary<Guid, (long Revision, IChannelAdapter Adapter)> _served = [];
    private volatile FrozenDictionary<Guid, string> _problems = FrozenDictionary<Guid, string>.Empty;
    private long _version = -1;

    public IChannelProvider? Provider(string name) => _providers.GetValueOrDefault(name);

    public IEnumerable<string> ProviderNames => _providers.Keys.Order();

    /// <summary>Why a stored connection is not served; null where it is.</summary>
    public string? ProblemOf(Guid connectionId) => _problems.GetValueOrDefault(connectionId);

    /// <summary>Whether configuration connects this account.</summary>
    public bool IsConfigured(string provider, string account) =>
        adapters.Configured.Any(adapter => adapter.Connection.Provider == provider && adapter.Connection.Account == account);

    /// <summary>Looks whether anything changed, and serves it.</summary>
    public async Task Refresh(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            var version = await store.Version(cancellationToken);
            if (version == _version) return;

            Serve(await store.All(cancellationToken));
            _version = version;
        }
        finally
        {
            _loading.Release();
        }
        signals.Queued.Set();
    }

    public CheckedSettings Check(IChannelProvider provider, ConnectionSettings settings, Guid connectionId) =>
        settings.Check(webhooks.Of(provider.Channel, connectionId), configuration[$"Channels:{provider.Name}:ApiBaseUrl"], addresses);

    /// <summary>After the migrations and before anything is received or sent: a connection that is not known yet would be refused.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Refresh(cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                LogWaiting(exception.GetType().Name);
                await Task.Delay(s_poll, time, cancellationToken);
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _loading.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(s_poll, time, stoppingToken);
            try
            {
                await Refresh(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                LogWaiting(exception.GetType().Name);
            }
        }
    }

    private void Serve(IReadOnlyList<StoredConnection> stored)
    {
        var served = new Dictionary<Guid, (long, IChannelAdapter)>();
        var problems = new Dictionary<Guid, string>();
        foreach (var connection in stored)
        {
            if (_served.TryGetValue(connection.Id, out var before) && before.Revision == connection.Revision)
            {
                served[connection.Id] = before;
            }
            else if (Create(connection, out var problem) is { } adapter)
            {
                served[connection.Id] = (connection.Revision, adapter);
            }
            else
            {
                problems[connection.Id] = problem!;
                LogNotServed(connection.Id, connection.Provider, problem!);
            }
        }
        _served = served;
        _problems = problems.ToFrozenDictionary();
        adapters.Replace([.. adapters.Configured, .. served.Values.Select(pair => pair.Item2)]);
    }

    private IChannelAdapter? Create(StoredConnection stored, out string? problem)
    {
        problem = null;
        if (Provider(stored.Provider) is not { } provider)
        {
            problem = "This provider is not supported any more.";
            return null;
        }
        if (IsConfigured(provider.Name, stored.Account))
        {
            problem = "Configuration connects this account; that connection is served.";
            return null;
        }

        try
        {
            var settings = ConnectionSettings.Of(provider, stored.Settings, secrets.Unprotect(stored.Id, stored.Secrets));
            var (options, errors) = Check(provider, settings, stored.Id);
            if (options is null)
            {
                problem = string.Join(' ', errors.SelectMany(error => error.Value));
                return null;
            }

            var connection = provider.Connect(options, stored.WorkspaceId, stored.Id) with
            {
                SignatureMode = stored.ObserveUntil is null ? SignatureMode.Enforce : SignatureMode.Observe,
                ObserveUntil = stored.ObserveUntil,
            };
            return provider.Create(services, connection, options);
        }
        catch (CryptographicException)
        {
            problem = "The credentials were encrypted under another Secrets__Key; give them again.";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or UriFormatException)
        {
            problem = $"The settings cannot be read ({exception.GetType().Name}).";
        }
        return null;
    }

    [LoggerMessage(LogLevel.Warning, "Connections cannot be read now ({Reason}); those known are served")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} of {Provider} is not served: {Problem}")]
    private partial void LogNotServed(Guid connectionId, string provider, string problem);
}
