using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChannelService.Connections;

/// <param name="Kind">As <see cref="ConnectionAlarmed.Kind"/>.</param>
internal sealed record AlarmView(string Kind, string? Detail, DateTimeOffset Since);

/// <summary>The table <c>connection_alarms</c>.</summary>
internal sealed class ConnectionAlarms(NpgsqlDataSource database, TimeProvider time)
{
    public const string Silent = "silent";
    public const string Credentials = "credentials";
    public const string CredentialsExpire = "credentials_expire";
    public const string CallbackGone = "callback_gone";

    /// <summary>One that is raised already keeps its time, and is told again only where it is about something else now.</summary>
    public async Task Raise(ChannelConnection connection, string kind, string? detail, string? about, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO connection_alarms AS a (connection_id, kind, workspace_id, detail, about, since) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (connection_id, kind) DO UPDATE SET detail = excluded.detail, about = excluded.about,
                told = a.told AND a.about IS NOT DISTINCT FROM excluded.about
            """);
        command.Parameters.Add(Sql.Value(connection.Id));
        command.Parameters.Add(Sql.Value(kind));
        command.Parameters.Add(Sql.Value(connection.WorkspaceId));
        command.Parameters.Add(Sql.Text(detail));
        command.Parameters.Add(Sql.Text(about));
        command.Parameters.Add(Sql.Time(time.GetUtcNow()));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task Clear(Guid connectionId, string kind, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM connection_alarms WHERE connection_id = $1 AND kind = $2");
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Value(kind));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<bool> IsRaised(Guid connectionId, string kind, string about, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT EXISTS (SELECT FROM connection_alarms WHERE connection_id = $1 AND kind = $2 AND about = $3)");
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Value(kind));
        command.Parameters.Add(Sql.Value(about));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<ILookup<Guid, AlarmView>> Of(IReadOnlyCollection<Guid> connectionIds, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT connection_id, kind, detail, since FROM connection_alarms WHERE connection_id = ANY($1) ORDER BY since, kind");
        command.Parameters.Add(Sql.Value(connectionIds.ToArray()));
        return (await Read(command, cancellationToken)).ToLookup(one => one.ConnectionId, one => one.Alarm);
    }

    public async Task<IReadOnlyList<(Guid ConnectionId, AlarmView Alarm)>> Untold(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT connection_id, kind, detail, since FROM connection_alarms WHERE NOT told ORDER BY since");
        return await Read(command, cancellationToken);
    }

    public async Task Told(Guid connectionId, string kind, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("UPDATE connection_alarms SET told = true WHERE connection_id = $1 AND kind = $2");
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Value(kind));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<(Guid ConnectionId, AlarmView Alarm)>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var found = new List<(Guid ConnectionId, AlarmView Alarm)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add((reader.GetGuid(0), new AlarmView(reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3))));
        return found;
    }
}
