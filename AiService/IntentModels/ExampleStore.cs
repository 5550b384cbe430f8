using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.IntentModels;

/// <param name="Status"><c>proposed</c>, <c>approved</c> or <c>rejected</c>; models learn from approved ones.</param>
/// <param name="MessageId">The customer's message that was understood wrongly, where it is a correction.</param>
/// <param name="Predicted">What it was taken for.</param>
public sealed record IntentExample(
    Guid Id, string Intent, string Text, string Status, Guid? MessageId, Guid? CustomerId, string? Predicted, Guid CreatedBy, DateTimeOffset CreatedAt,
    Guid? ReviewedBy = null, DateTimeOffset? ReviewedAt = null);

/// <summary>The examples that operators add to the starter set, each of one workspace.</summary>
internal sealed class ExampleStore(NpgsqlDataSource database)
{
    public const string Proposed = "proposed";
    public const string Approved = "approved";
    public const string Rejected = "rejected";

    private const string Columns = "id, intent, text, status, message_id, customer_id, predicted, created_by, created_at, reviewed_by, reviewed_at";

    /// <summary>A second correction of the same message takes the place of the first and is to be reviewed again.</summary>
    public async Task<IntentExample> Add(Guid workspaceId, IntentExample example, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            INSERT INTO intent_examples (workspace_id, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (workspace_id, message_id) DO UPDATE
                SET intent = excluded.intent, text = excluded.text, status = excluded.status, created_by = excluded.created_by, created_at = excluded.created_at,
                    reviewed_by = NULL, reviewed_at = NULL
            RETURNING {Columns}
            """);
        Add(command, workspaceId, example.Id, example.Intent, example.Text, example.Status);
        Add(command, NpgsqlDbType.Uuid, example.MessageId);
        Add(command, NpgsqlDbType.Uuid, example.CustomerId);
        Add(command, NpgsqlDbType.Text, example.Predicted);
        Add(command, example.CreatedBy, example.CreatedAt);
        Add(command, NpgsqlDbType.Uuid, example.ReviewedBy);
        Add(command, NpgsqlDbType.TimestampTz, example.ReviewedAt);
        return (await Read(command, cancellationToken)).Single();
    }

    /// <summary>The latest first, those after <paramref name="before"/> left out.</summary>
    public async Task<IReadOnlyList<IntentExample>> List(
        Guid workspaceId, string? intent, string? status, DateTimeOffset? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            SELECT {Columns} FROM intent_examples
            WHERE workspace_id = $1 AND ($2 IS NULL OR intent = $2) AND ($3 IS NULL OR status = $3) AND ($4 IS NULL OR created_at < $4)
            ORDER BY created_at DESC, id LIMIT $5
            """);
        Add(command, workspaceId);
        Add(command, NpgsqlDbType.Text, intent);
        Add(command, NpgsqlDbType.Text, status);
        Add(command, NpgsqlDbType.TimestampTz, before);
        Add(command, limit);
        return await Read(command, cancellationToken);
    }

    /// <summary>What is null stays as it is.</summary>
    /// <returns>Null where there is no such example.</returns>
    public async Task<IntentExample?> Review(
        Guid workspaceId, Guid id, string status, string? intent, string? text, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            UPDATE intent_examples SET status = $3, intent = coalesce($4, intent), text = coalesce($5, text), reviewed_by = $6, reviewed_at = $7
            WHERE id = $1 AND workspace_id = $2 RETURNING {Columns}
            """);
        Add(command, id, workspaceId, status);
        Add(command, NpgsqlDbType.Text, intent);
        Add(command, NpgsqlDbType.Text, text);
        Add(command, by, now);
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    public async Task<bool> Delete(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM intent_examples WHERE id = $1 AND workspace_id = $2");
        Add(command, id, workspaceId);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>How many examples of each intent stand how.</summary>
    public async Task<IReadOnlyList<(string Intent, string Status, int Count)>> Count(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT intent, status, count(*)::integer FROM intent_examples WHERE workspace_id = $1 GROUP BY intent, status");
        Add(command, workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<(string, string, int)>();
        while (await reader.ReadAsync(cancellationToken)) counts.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        return counts;
    }

    private static async Task<List<IntentExample>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var examples = new List<IntentExample>();
        while (await reader.ReadAsync(cancellationToken))
        {
            examples.Add(new IntentExample(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), await Optional<Guid?>(4), await Optional<Guid?>(5), await Optional<string?>(6),
                reader.GetGuid(7), reader.GetFieldValue<DateTimeOffset>(8), await Optional<Guid?>(9), await Optional<DateTimeOffset?>(10)));
        }
        return examples;

        async Task<T?> Optional<T>(int column) => await reader.IsDBNullAsync(column, cancellationToken) ? default : await reader.GetFieldValueAsync<T>(column, cancellationToken);
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
