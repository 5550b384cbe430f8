using Assistify.ChannelService.Webhooks;
using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChannelService.Operations;

/// <summary>Tells the audit log what operators did here. The row remembers that it is untold until the broker confirmed; told twice, it is one entry.</summary>
internal sealed partial class OperatorActionNews(
    NpgsqlDataSource database, IBroker broker, BrokerState state, TimeProvider time, ILogger<OperatorActionNews> logger) : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Publish(stoppingToken);
            }
            catch (BrokerUnavailableException)
            {
                state.IsAway();
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                LogFailed(exception.GetType().Name);
            }
            await Task.Delay(s_poll, time, stoppingToken);
        }
    }

    internal async Task Publish(CancellationToken cancellationToken)
    {
        foreach (var action in await Untold(cancellationToken))
        {
            await broker.Publish(action.ToMessage(), default, cancellationToken);
            await using var told = database.CreateCommand("UPDATE operator_actions SET published = true WHERE id = $1");
            told.Parameters.Add(Sql.Value(action.Id));
            await told.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<List<OperatorAction>> Untold(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT id, workspace_id, actor_id, login_id, action, subject_id, detail, at FROM operator_actions WHERE NOT published ORDER BY at LIMIT $1
            """);
        command.Parameters.Add(Sql.Value(AtOnce));
        var actions = new List<OperatorAction>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            actions.Add(new OperatorAction(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.IsDBNull(3) ? null : reader.GetGuid(3), reader.GetString(4),
                reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetString(6), null, reader.GetFieldValue<DateTimeOffset>(7)));
        }
        return actions;
    }

    [LoggerMessage(LogLevel.Warning, "The audit log cannot be told now what operators did ({Reason}); it is told later")]
    private partial void LogFailed(string reason);
}
