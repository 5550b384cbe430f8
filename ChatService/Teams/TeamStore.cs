using Npgsql;

namespace Assistify.ChatService.Teams;

/// <param name="Channels">Whose handed-over conversations it takes; empty for all.</param>
/// <param name="TakesHandOvers">It gets what the assistant hands over; without, only what people give it.</param>
/// <param name="Capacity">How many conversations a member is given at most, by all his teams' doing.</param>
internal sealed record Team(
    Guid Id, string Name, IReadOnlyList<string> Channels, bool TakesHandOvers, int Capacity, IReadOnlyList<TeamMember> Members);

/// <param name="Away">He is given nothing.</param>
/// <param name="Working">How many open conversations he answers.</param>
internal sealed record TeamMember(Guid Id, string? Name = null, bool Away = false, long Working = 0);

internal enum TeamSaving
{
    Done,
    NotFound,

    /// <summary>Another team of the workspace has the name.</summary>
    Taken,
    TooMany,

    /// <summary>Not every member is an operator of the workspace.</summary>
    UnknownMember,
}

/// <summary>The tables <c>teams</c> and <c>team_members</c>, and who is away.</summary>
internal sealed class TeamStore(NpgsqlDataSource database)
{
    private const string SaveMembers =
        """
        insert into team_members (team_id, user_id)
        select $2, u.id from users u where u.workspace_id = $1 and u.id = any($3) and u.disabled_at is null and u.role <> 'viewer'
        """;

    public async Task<IReadOnlyList<Team>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select t.id, t.name, t.channels, t.takes_hand_overs, t.capacity, u.id, u.name, u.away_since is not null,
                (select count(*) from conversations c where c.assignee_id = u.id and c.status <> 2 and c.turn = 1)
            from teams t left join team_members m on m.team_id = t.id
                left join users u on u.id = m.user_id and u.disabled_at is null
            where t.workspace_id = $1 order by t.name, t.id, u.name, u.id
            """);
        command.Parameters.AddWithValue(workspaceId);
        var teams = new List<(Team Team, List<TeamMember> Members)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (teams.Count == 0 || teams[^1].Team.Id != reader.GetGuid(0))
            {
                var members = new List<TeamMember>();
                teams.Add((new Team(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetBoolean(3), reader.GetInt32(4), members), members));
            }

            if (!reader.IsDBNull(5)) teams[^1].Members.Add(new TeamMember(reader.GetGuid(5), reader.GetString(6), reader.GetBoolean(7), reader.GetInt64(8)));
        }

        return [.. teams.Select(entry => entry.Team)];
    }

    public async Task<bool> Exists(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select from teams where workspace_id = $1 and id = $2)");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public Task<TeamSaving> Add(Guid workspaceId, Team team, int most, DateTimeOffset now, CancellationToken cancellationToken) => Save(
        """
        insert into teams (workspace_id, id, name, channels, takes_hand_overs, capacity, updated_at)
        select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from teams where workspace_id = $1) < $8
        """,
        workspaceId, team, most, now, TeamSaving.TooMany, cancellationToken);

    public Task<TeamSaving> Change(Guid workspaceId, Team team, DateTimeOffset now, CancellationToken cancellationToken) => Save(
        "update teams set name = $3, channels = $4, takes_hand_overs = $5, capacity = $6, updated_at = $7 where workspace_id = $1 and id = $2",
        workspaceId, team, null, now, TeamSaving.NotFound, cancellationToken);

    public async Task<bool> Remove(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from teams where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <returns>False where there is no such operator.</returns>
    public async Task<bool> SetAway(Guid workspaceId, Guid userId, bool away, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update users set away_since = case when $3 then coalesce(away_since, $4) end where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(userId);
        command.Parameters.AddWithValue(away);
        command.Parameters.AddWithValue(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private async Task<TeamSaving> Save(
        string sql, Guid workspaceId, Team team, int? most, DateTimeOffset now, TeamSaving none, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var save = new NpgsqlCommand(sql, connection);
        save.Parameters.AddWithValue(workspaceId);
        save.Parameters.AddWithValue(team.Id);
        save.Parameters.AddWithValue(team.Name);
        save.Parameters.AddWithValue(team.Channels.ToArray());
        save.Parameters.AddWithValue(team.TakesHandOvers);
        save.Parameters.AddWithValue(team.Capacity);
        save.Parameters.AddWithValue(now);
        if (most is { } limit) save.Parameters.AddWithValue(limit);
        try
        {
            if (await save.ExecuteNonQueryAsync(cancellationToken) == 0) return none;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TeamSaving.Taken;
        }

        await using var clear = new NpgsqlCommand("delete from team_members where team_id = $1", connection);
        clear.Parameters.AddWithValue(team.Id);
        await clear.ExecuteNonQueryAsync(cancellationToken);

        await using var members = new NpgsqlCommand(SaveMembers, connection);
        members.Parameters.AddWithValue(workspaceId);
        members.Parameters.AddWithValue(team.Id);
        members.Parameters.AddWithValue(team.Members.Select(member => member.Id).ToArray());
        if (await members.ExecuteNonQueryAsync(cancellationToken) != team.Members.Count) return TeamSaving.UnknownMember;
        await transaction.CommitAsync(cancellationToken);
        return TeamSaving.Done;
    }
}
