using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Macros;

/// <summary>Several things that operators do to a conversation by one choice; what is absent is not done.</summary>
/// <param name="Text">What is sent, or noted where it is <paramref name="Private"/>; with variables as canned answers have them.</param>
/// <param name="Labels">Are added to those that it has.</param>
/// <param name="TeamId">The team that gets it.</param>
internal sealed record Macro(
    Guid Id, string Name, string? Text, bool Private, IReadOnlyList<string> Labels, bool AssignToMe, Guid? TeamId, bool Closes);

/// <summary>The table <c>macros</c>.</summary>
internal sealed class MacroStore(NpgsqlDataSource database)
{
    private const string Columns = "id, name, text, private, labels, assign_to_me, team_id, closes";

    public async Task<IReadOnlyList<Macro>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from macros where workspace_id = $1 order by name");
        command.Parameters.AddWithValue(workspaceId);
        return await Read(command, cancellationToken);
    }

    public async Task<Macro?> Find(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from macros where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    public async Task<Saving> Add(Guid workspaceId, Macro macro, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            insert into macros (workspace_id, {Columns}, updated_at)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 where (select count(*) from macros where workspace_id = $1) < $11
            """,
            workspaceId, macro, now);
        command.Parameters.AddWithValue(most);
        return await command.Save(Saving.TooMany, cancellationToken);
    }

    public async Task<Saving> Change(Guid workspaceId, Macro macro, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            update macros set name = $3, text = $4, private = $5, labels = $6, assign_to_me = $7, team_id = $8, closes = $9, updated_at = $10
            where workspace_id = $1 and id = $2
            """,
            workspaceId, macro, now);
        return await command.Save(Saving.NotFound, cancellationToken);
    }

    public async Task<bool> Remove(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from macros where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private NpgsqlCommand Command(string sql, Guid workspaceId, Macro macro, DateTimeOffset now)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(macro.Id);
        command.Parameters.AddWithValue(macro.Name);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)macro.Text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(macro.Private);
        command.Parameters.AddWithValue(macro.Labels.ToArray());
        command.Parameters.AddWithValue(macro.AssignToMe);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)macro.TeamId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(macro.Closes);
        command.Parameters.AddWithValue(now);
        return command;
    }

    private static async Task<List<Macro>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var macros = new List<Macro>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            macros.Add(new Macro(
                reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3),
                reader.GetFieldValue<string[]>(4), reader.GetBoolean(5), reader.IsDBNull(6) ? null : reader.GetGuid(6), reader.GetBoolean(7)));
        }

        return macros;
    }
}
