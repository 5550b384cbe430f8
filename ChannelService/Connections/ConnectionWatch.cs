using System.Globalization;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using Npgsql;

namespace Assistify.ChannelService.Connections;

/// <summary>
/// Sees what nobody would notice before customers do: a connection from which nothing comes any more, credentials that a provider does
/// not take or soon will not, unless they can be renewed. Raises an alarm once and takes it back when it is over.
/// </summary>
internal sealed partial class ConnectionWatch(
    ChannelAdapters adapters, ConnectionHealth health, ConnectionAlarms alarms, CredentialRenewal renewal, IBroker broker, TimeProvider time, ILogger<ConnectionWatch> logger)
    : BackgroundService
{
    /// <summary>Credentials that end within this time are warned of.</summary>
    internal static readonly TimeSpan Warning = TimeSpan.FromDays(7);

    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_checkEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private DateTimeOffset _checkedAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(s_every, time, stoppingToken);
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or BrokerUnavailableException)
            {
                LogFailed(exception.GetType().Name);
            }
        }
    }

    internal async Task Look(CancellationToken cancellationToken)
    {
        var connections = adapters.All;
        var healths = await health.Read([.. connections.Select(adapter => adapter.Connection.Id)], cancellationToken);
        foreach (var adapter in connections)
        {
            var (silent, since) = healths.TryGetValue(adapter.Connection.Id, out var found) ? (found.Silent, found.LastInboundAt) : (false, null);
            await Set(adapter.Connection, ConnectionAlarms.Silent, silent, Time(since), Time(since), cancellationToken);
        }

        if (time.GetUtcNow() - _checkedAt >= s_checkEvery)
        {
            _checkedAt = time.GetUtcNow();
            foreach (var adapter in connections) await Check(adapter, cancellationToken);
        }

        await Tell(cancellationToken);
    }

    private async Task Check(IChannelAdapter adapter, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_timeout);
        ConnectionCheck? check;
        try
        {
            check = await adapter.Check(timeout.Token);
            if (check is { Ok: true } && await renewal.Run(adapter, timeout.Token) is { } endsAt) check = check with { ExpiresAt = endsAt };
        }
        catch (Exception exception) when (exception is HttpRequestException or CircuitOpenException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Who cannot be reached says nothing about the credentials.
            return;
        }

        if (check is null) return;
        var refused = !check.Ok && check.Code is { } code && adapter.ClassOf(code) is FailureClass.Auth or FailureClass.Permission or FailureClass.AccountRestricted;
        await Set(adapter.Connection, ConnectionAlarms.Credentials, refused, check.Error, check.Code, cancellationToken);
        await Set(
            adapter.Connection, ConnectionAlarms.CredentialsExpire, check.ExpiresAt - time.GetUtcNow() < Warning, Time(check.ExpiresAt), Time(check.ExpiresAt), cancellationToken);
    }

    private Task Set(ChannelConnection connection, string kind, bool isSo, string? detail, string? about, CancellationToken cancellationToken) =>
        isSo ? alarms.Raise(connection, kind, detail, about, cancellationToken) : alarms.Clear(connection.Id, kind, cancellationToken);

    private async Task Tell(CancellationToken cancellationToken)
    {
        foreach (var (connectionId, alarm) in await alarms.Untold(cancellationToken))
        {
            if (adapters.Find(connectionId)?.Connection is not { } connection) continue;
            await broker.Publish(
                new ConnectionAlarmed(connection.WorkspaceId, connectionId, connection.Channel, alarm.Kind, alarm.Detail, alarm.Since), default, cancellationToken);
            await alarms.Told(connectionId, alarm.Kind, cancellationToken);
            LogAlarm(connectionId, alarm.Kind);
        }
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} needs somebody: {Kind}")]
    private partial void LogAlarm(Guid connectionId, string kind);

    [LoggerMessage(LogLevel.Warning, "Connections cannot be watched now ({Reason})")]
    private partial void LogFailed(string reason);
}
