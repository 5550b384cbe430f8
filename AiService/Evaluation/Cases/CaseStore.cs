using Assistify.AiService.Evaluation.Conversations;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Evaluation.Cases;

internal sealed record KeptCase(Guid Id, Guid ConversationId, Suite Suite, DateTimeOffset CreatedAt);

/// <summary>The cases that workspaces made of their conversations.</summary>
internal sealed class CaseStore(NpgsqlDataSource database)
{
    private const int Most = 500;

    /// <summary>A conversation is one case: made again, it takes the place of the one before.</summary>
    public async Task<KeptCase> Keep(Guid workspaceId, Guid conversationId, MadeCase made, Guid id, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO evaluation_cases (id, workspace_id, customer_id, conversation_id, suite, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (workspace_id, conversation_id) DO UPDATE SET suite = excluded.suite, created_by = excluded.created_by, created_at = excluded.created_at
            RETURNING id, conversation_id, suite::text, created_at
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(made.CustomerId);
        command.Parameters.AddWithValue(conversationId);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, made.Suite.Write());
        command.Parameters.AddWithValue(by);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, now);
        return (await Read(command, cancellationToken)).Single();
    }

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<KeptCase>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT id, conversation_id, suite::text, created_at FROM evaluation_cases WHERE workspace_id = $1 ORDER BY created_at DESC, id LIMIT $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(Most);
        return await Read(command, cancellationToken);
    }

    public async Task<KeptCase?> Find(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id, conversation_id, suite::text, created_at FROM evaluation_cases WHERE workspace_id = $1 AND id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    public async Task<bool> Delete(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM evaluation_cases WHERE workspace_id = $1 AND id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static async Task<IReadOnlyList<KeptCase>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var cases = new List<KeptCase>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            cases.Add(new KeptCase(reader.GetGuid(0), reader.GetGuid(1), Suite.Parse(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3)));
        return cases;
    }
}
