using System.Text.Json;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Rules;

/// <summary>A conversation as it was when something happened in it.</summary>
internal sealed record PastEvent(Guid ConversationId, string Channel, string[] Labels, string? CustomerName, string? Text, DateTimeOffset At);

/// <summary>The table <c>rules</c>, and what happened lately for trying one.</summary>
internal sealed class RuleStore(NpgsqlDataSource database)
{
    private const string Columns = "id, name, enabled, happening, conditions::text, actions::text";

    public async Task<IReadOnlyList<Rule>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from rules where workspace_id = $1 order by name");
        command.Parameters.AddWithValue(workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rules = new List<Rule>();
        while (await reader.ReadAsync(cancellationToken)) rules.Add(Read(reader));
        return rules;
    }

    /// <summary>Those that are on, by workspace, in the order in which they are carried out.</summary>
    public async Task<ILookup<Guid, Rule>> Enabled(CancellationToken cancellationToken)
    {
        // Somebody who left is given nothing.
        await using var command = database.CreateCommand(
            $"""
            select {Columns}, workspace_id, (
                select u.name from users u where u.id = (actions ->> 'assigneeId')::uuid and u.workspace_id = rules.workspace_id and u.disabled_at is null) as assignee
            from rules where enabled order by name
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rules = new List<(Guid WorkspaceId, Rule Rule)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var rule = Read(reader);
            var name = reader.IsDBNull(7) ? null : reader.GetString(7);
            rules.Add((reader.GetGuid(6), rule with { Then = rule.Then with { AssigneeId = name is null ? null : rule.Then.AssigneeId, AssigneeName = name } }));
        }

        return rules.ToLookup(static entry => entry.WorkspaceId, static entry => entry.Rule);
    }

    public async Task<Saving> Add(Guid workspaceId, Rule rule, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            insert into rules (workspace_id, id, name, enabled, happening, conditions, actions, updated_at)
            select $1, $2, $3, $4, $5, $6, $7, $8 where (select count(*) from rules where workspace_id = $1) < $9
            """,
            workspaceId, rule, now);
        command.Parameters.AddWithValue(most);
        return await command.Save(Saving.TooMany, cancellationToken);
    }

    public async Task<Saving> Change(Guid workspaceId, Rule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            update rules set name = $3, enabled = $4, happening = $5, conditions = $6, actions = $7, updated_at = $8
            where workspace_id = $1 and id = $2
            """,
            workspaceId, rule, now);
        return await command.Save(Saving.NotFound, cancellationToken);
    }

    public async Task<bool> Remove(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from rules where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The latest events of that kind among the workspace's latest conversations, the newest first.</summary>
    public async Task<IReadOnlyList<PastEvent>> Latest(Guid workspaceId, string when, int conversations, CancellationToken cancellationToken)
    {
        // The conversations are cut from the index of the inbox before anything is joined to them.
        const string Recent = "(select * from conversations where workspace_id = $1 and sequence > 0 order by last_activity_at desc, id desc limit $2) c";
        await using var command = database.CreateCommand(when switch
        {
            Rule.CustomerMessage =>
                $"select c.id, c.channel, c.labels, u.name, m.text, m.created_at from {Recent} join customers u on u.id = c.customer_id join messages m on m.conversation_id = c.id and m.author = 0 order by m.created_at desc, m.id",
            Rule.HandedOver =>
                $"select c.id, c.channel, c.labels, u.name, c.last_message_text, c.people_since from {Recent} join customers u on u.id = c.customer_id where c.people_since is not null order by c.people_since desc, c.id",
            _ =>
                $"select c.id, c.channel, c.labels, u.name, c.last_message_text, c.closed_at from {Recent} join customers u on u.id = c.customer_id where c.closed_at is not null order by c.closed_at desc, c.id",
        });
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(conversations);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<PastEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Add(new PastEvent(
                reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return events;
    }

    private static Rule Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.GetString(3),
        JsonSerializer.Deserialize<RuleConditions>(reader.GetString(4), Json.Options)!,
        JsonSerializer.Deserialize<RuleActions>(reader.GetString(5), Json.Options)!);

    private NpgsqlCommand Command(string sql, Guid workspaceId, Rule rule, DateTimeOffset now)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(rule.Id);
        command.Parameters.AddWithValue(rule.Name);
        command.Parameters.AddWithValue(rule.Enabled);
        command.Parameters.AddWithValue(rule.When);
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(rule.If, Json.Options), NpgsqlDbType = NpgsqlDbType.Json });
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(rule.Then, Json.Options), NpgsqlDbType = NpgsqlDbType.Json });
        command.Parameters.AddWithValue(now);
        return command;
    }
}
