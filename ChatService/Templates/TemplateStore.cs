using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Templates;

/// <summary>A text that a messenger's provider approved.</summary>
/// <param name="ConnectionId">Null: of each connection of the channel.</param>
/// <param name="Name">As the provider knows it: at Meta the template's name, at Twilio the content's id.</param>
/// <param name="Text">How it reads, with its places: <c>Your order {{1}} comes on {{2}}.</c></param>
/// <param name="Category"><c>utility</c>, <c>marketing</c> or <c>authentication</c>.</param>
internal sealed record Template(
    Guid Id, string Channel, Guid? ConnectionId, string Name, string? Language, string Text, string Category, DateTimeOffset UpdatedAt);

/// <summary>The table <c>templates</c>.</summary>
internal sealed class TemplateStore(NpgsqlDataSource database)
{
    private const string Columns = "t.id, t.channel, t.connection_id, t.name, t.language, t.text, t.category, t.updated_at";
    private const string Order = "order by t.name, t.language, t.id";

    public Task<IReadOnlyList<Template>> List(Guid workspaceId, CancellationToken cancellationToken) =>
        Read($"select {Columns} from templates t where t.workspace_id = $1 {Order}", cancellationToken, workspaceId);

    /// <summary>Those that can be sent in a conversation.</summary>
    public Task<IReadOnlyList<Template>> List(Guid workspaceId, Guid conversationId, CancellationToken cancellationToken) => Read(
        $"""
        select {Columns} from templates t join conversations c on c.workspace_id = t.workspace_id and c.channel = t.channel
        where t.workspace_id = $1 and c.id = $2 and (t.connection_id is null or t.connection_id = c.connection_id) {Order}
        """,
        cancellationToken, workspaceId, conversationId);

    public async Task<Saving> Add(Guid workspaceId, Template template, int most, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            insert into templates (workspace_id, id, channel, connection_id, name, language, text, category, updated_at)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9 where (select count(*) from templates where workspace_id = $1) < $10
            """,
            workspaceId, template);
        command.Parameters.AddWithValue(most);
        return await command.Save(Saving.TooMany, cancellationToken);
    }

    public async Task<Saving> Change(Guid workspaceId, Template template, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            update templates set channel = $3, connection_id = $4, name = $5, language = $6, text = $7, category = $8, updated_at = $9
            where workspace_id = $1 and id = $2
            """,
            workspaceId, template);
        return await command.Save(Saving.NotFound, cancellationToken);
    }

    public async Task<bool> Remove(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from templates where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private async Task<IReadOnlyList<Template>> Read(string sql, CancellationToken cancellationToken, params Guid[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        var templates = new List<Template>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            templates.Add(new Template(
                reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return templates;
    }

    private NpgsqlCommand Command(string sql, Guid workspaceId, Template template)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(template.Id);
        command.Parameters.AddWithValue(template.Channel);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)template.ConnectionId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(template.Name);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)template.Language ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(template.Text);
        command.Parameters.AddWithValue(template.Category);
        command.Parameters.AddWithValue(template.UpdatedAt);
        return command;
    }
}
