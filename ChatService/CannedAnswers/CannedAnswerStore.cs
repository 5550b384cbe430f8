using Npgsql;

namespace Assistify.ChatService.CannedAnswers;

/// <param name="Shortcut">What is typed after the slash.</param>
/// <param name="Text">With variables such as <c>{{customer.name|there}}</c>, which the composer fills.</param>
internal sealed record CannedAnswer(Guid Id, string Shortcut, string Text, DateTimeOffset UpdatedAt);

/// <summary>The table <c>canned_answers</c>.</summary>
internal sealed class CannedAnswerStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<CannedAnswer>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select id, shortcut, text, updated_at from canned_answers where workspace_id = $1 order by shortcut");
        command.Parameters.AddWithValue(workspaceId);
        var answers = new List<CannedAnswer>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            answers.Add(new CannedAnswer(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return answers;
    }

    public async Task<Saving> Add(Guid workspaceId, CannedAnswer answer, int most, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            insert into canned_answers (workspace_id, id, shortcut, text, updated_at)
            select $1, $2, $3, $4, $5 where (select count(*) from canned_answers where workspace_id = $1) < $6
            """,
            workspaceId, answer);
        command.Parameters.AddWithValue(most);
        return await command.Save(Saving.TooMany, cancellationToken);
    }

    public async Task<Saving> Change(Guid workspaceId, CannedAnswer answer, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "update canned_answers set shortcut = $3, text = $4, updated_at = $5 where workspace_id = $1 and id = $2", workspaceId, answer);
        return await command.Save(Saving.NotFound, cancellationToken);
    }

    public async Task<bool> Remove(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from canned_answers where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private NpgsqlCommand Command(string sql, Guid workspaceId, CannedAnswer answer)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(answer.Id);
        command.Parameters.AddWithValue(answer.Shortcut);
        command.Parameters.AddWithValue(answer.Text);
        command.Parameters.AddWithValue(answer.UpdatedAt);
        return command;
    }
}
