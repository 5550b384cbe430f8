using System.Collections.Concurrent;
using Npgsql;

namespace Assistify.ChannelService.Webhooks;

/// <summary>Observing signatures ends after 72 hours, restarts or not: then they are enforced again.</summary>
internal sealed partial class Observations(
    NpgsqlDataSource database, ChannelAdapters adapters, TimeProvider time, ILogger<Observations> logger) : BackgroundService
{
    /// <summary>What a connection may ask for.</summary>
    public const int MostHours = 72;

    private static readonly TimeSpan s_longest = TimeSpan.FromHours(MostHours);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _started = new();

    /// <summary>False until it is known when observing began.</summary>
    public bool IsObserving(ChannelConnection connection) =>
        connection.SignatureMode == SignatureMode.Observe
        && (connection.ObserveUntil is { } until
            ? time.GetUtcNow() < until
            : _started.TryGetValue(connection.Id, out var started) && time.GetUtcNow() - started < s_longest);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                foreach (var adapter in adapters.Configured) await Load(adapter.Connection, stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    internal async Task Load(ChannelConnection connection, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            connection.SignatureMode == SignatureMode.Observe
                ? "INSERT INTO observations VALUES ($1, $2) ON CONFLICT (connection_id) DO UPDATE SET started_at = observations.started_at RETURNING started_at"
                : "DELETE FROM observations WHERE connection_id = $1 AND $2 IS NOT NULL RETURNING started_at");
        command.Parameters.Add(Sql.Value(connection.Id));
        command.Parameters.Add(Sql.Time(time.GetUtcNow()));
        if (await command.ExecuteScalarAsync(cancellationToken) is not DateTime started || connection.SignatureMode != SignatureMode.Observe) return;

        _started[connection.Id] = new DateTimeOffset(started, TimeSpan.Zero);
        LogObserving(connection.Channel, connection.Id, _started[connection.Id] + s_longest);
    }

    [LoggerMessage(LogLevel.Warning, "Signatures of {Channel} {ConnectionId} are only observed until {Until}")]
    private partial void LogObserving(string channel, Guid connectionId, DateTimeOffset until);
}
