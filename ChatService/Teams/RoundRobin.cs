using Assistify.ChatService.Conversations;
using Assistify.ChatService.Live;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChatService.Teams;

/// <summary>
/// Gives conversations that wait for people to members of teams who have room for them: who waits longest to whoever was given one longest ago.
/// It looks each second, so a conversation that is handed over and a member who becomes free are found the same way. One replica does it at a time,
/// so that nobody is given more than he has room for.
/// </summary>
internal sealed partial class RoundRobin(
    NpgsqlDataSource database, IMessagePublisher publisher, ChangeHints hints, TimeProvider time, ILogger<RoundRobin> logger) : BackgroundService
{
    private const int MostAtOnce = 100;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private const string Alone = "select case when pg_try_advisory_xact_lock(7305114) then exists (select from teams) else false end";

    private const string Nobody = "c.assignee_id is null and c.turn = 1 and c.status <> 2";

    // The team for the channel comes before one for all channels. A team that is no more counts as none.
    private const string ToTeams =
        $"""
        update conversations c set team_id = p.team_id, revision = c.revision + 1, changed_at = $1
        from (
            select c.id, t.id as team_id from conversations c cross join lateral (
                select t.id from teams t
                where t.workspace_id = c.workspace_id and t.takes_hand_overs and (t.channels = array[]::text[] or c.channel = any(t.channels))
                order by t.channels = array[]::text[], t.name, t.id limit 1) t
            where {Nobody} and c.status = 1 and not exists (select from teams o where o.id = c.team_id)
            order by c.people_since, c.id limit $2
            for update of c skip locked) p
        where c.id = p.id
        returning c.id, c.workspace_id, c.customer_id, c.channel, c.revision, c.assignee_id
        """;

    private const string ToMember =
        $"""
        with member as (
            select m.team_id, u.id, u.name
            from team_members m join teams t on t.id = m.team_id join users u on u.id = m.user_id and u.workspace_id = t.workspace_id
            where u.disabled_at is null and u.away_since is null and u.role <> 'viewer'
                and exists (select from conversations c where c.workspace_id = t.workspace_id and c.team_id = t.id and {Nobody})
                and t.capacity > (select count(*) from conversations w where w.assignee_id = u.id and w.status <> 2 and w.turn = 1)
            order by u.given_at nulls first, u.id limit 1),
        taken as (
            select c.id from conversations c join member on member.team_id = c.team_id
            where {Nobody} order by c.people_since, c.id limit 1
            for update of c skip locked),
        given as (update users u set given_at = $1 from member, taken where u.id = member.id)
        update conversations c set assignee_id = member.id, assignee_name = member.name, revision = c.revision + 1, changed_at = $1
        from member, taken where c.id = taken.id
        returning c.id, c.workspace_id, c.customer_id, c.channel, c.revision, c.assignee_id
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Give(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, who waits is in the database and is looked for again.
                LogFailed(failure.GetType().Name);
            }
        }
    }

    private async Task Give(CancellationToken cancellationToken)
    {
        var given = await Commit(cancellationToken);
        if (given.Count == 0) return;

        var changes = given
            .GroupBy(static one => one.Id)
            .Select(static same => same.MaxBy(one => one.Revision)!)
            .Select(static one => new ConversationChange(one.Id, one.WorkspaceId, one.Revision))
            .ToList();
        hints.Raise(changes);
        await publisher.Broadcast(new ConversationsChanged(hints.Origin, changes), cancellationToken);
        var assigned = given.Where(static one => one.OperatorId is not null).Select(Assigned).ToList();
        if (assigned.Count > 0) await publisher.Publish(new EventsRecorded(assigned), cancellationToken);
    }

    private async Task<List<Given>> Commit(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var given = new List<Given>();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var alone = new NpgsqlCommand(Alone, connection))
        {
            if (await alone.ExecuteScalarAsync(cancellationToken) is not true) return given;
        }

        await using (var teams = new NpgsqlCommand(ToTeams, connection))
        {
            teams.Parameters.AddWithValue(now);
            teams.Parameters.AddWithValue(MostAtOnce);
            await Read(teams, given, now, cancellationToken);
        }

        for (var count = 0; count < MostAtOnce; count++)
        {
            await using var member = new NpgsqlCommand(ToMember, connection);
            member.Parameters.AddWithValue(now);
            if (await Read(member, given, now, cancellationToken) == 0) break;
            // Of those given one in this pass the first is the next again.
            now = now.AddMicroseconds(1);
        }

        await transaction.CommitAsync(cancellationToken);
        return given;
    }

    private static async Task<int> Read(NpgsqlCommand command, List<Given> given, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var count = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (; await reader.ReadAsync(cancellationToken); count++)
        {
            given.Add(new Given(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), reader.GetInt64(4),
                reader.IsDBNull(5) ? null : reader.GetGuid(5), now));
        }

        return count;
    }

    private static RecordedEvent Assigned(Given one) => new(
        Identifiers.Derive($"{nameof(RoundRobin)}/{one.Id}/{one.Revision}"), "Assign", one.WorkspaceId, one.Id, one.CustomerId, one.Channel, null, one.At,
        new EventDetails(Author.System, OperatorId: one.OperatorId));

    private sealed record Given(Guid Id, Guid WorkspaceId, Guid CustomerId, string Channel, long Revision, Guid? OperatorId, DateTimeOffset At);

    [LoggerMessage(LogLevel.Warning, "Giving conversations to teams failed ({Reason}); trying again in a second")]
    private partial void LogFailed(string reason);
}
