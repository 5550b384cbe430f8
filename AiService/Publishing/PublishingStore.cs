using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Publishing;

/// <summary>What an owner published though the suite refused it.</summary>
/// <param name="Kind"><c>assistant_version</c>, <c>intent_model</c> or <c>knowledge</c>.</param>
/// <param name="Failed">How many cases it made fail.</param>
public sealed record ForcedPublication(Guid Id, string Kind, string Subject, string Reason, int Failed, Guid By, DateTimeOffset At);

/// <summary>The tables <c>publishing_settings</c> and <c>forced_publications</c>.</summary>
internal sealed class PublishingStore(NpgsqlDataSource database, TimeProvider time)
{
    private const int MostShown = 100;

    public async Task<bool> IsSuiteRequired(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT suite_required FROM publishing_settings WHERE workspace_id = $1");
        command.Parameters.AddWithValue(workspaceId);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <returns>Whether that is a change.</returns>
    public async Task<bool> Require(Guid workspaceId, bool required, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO publishing_settings AS s (workspace_id, suite_required, updated_at) VALUES ($1, $2, $3)
            ON CONFLICT (workspace_id) DO UPDATE SET suite_required = excluded.suite_required, updated_at = excluded.updated_at
                WHERE s.suite_required <> excluded.suite_required
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(required);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task<Guid> Add(Guid workspaceId, ForcedPublication forced, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO forced_publications (id, workspace_id, kind, subject, reason, failed, forced_by, forced_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        command.Parameters.AddWithValue(forced.Id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(forced.Kind);
        command.Parameters.AddWithValue(forced.Subject);
        command.Parameters.AddWithValue(ServiceDefaults.StorableText.From(forced.Reason));
        command.Parameters.AddWithValue(forced.Failed);
        command.Parameters.AddWithValue(forced.By);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, forced.At);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return forced.Id;
    }

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<ForcedPublication>> Forced(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT id, kind, subject, reason, failed, forced_by, forced_at FROM forced_publications WHERE workspace_id = $1 ORDER BY forced_at DESC, id LIMIT $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(MostShown);
        var forced = new List<ForcedPublication>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            forced.Add(new ForcedPublication(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetGuid(5), reader.GetFieldValue<DateTimeOffset>(6)));
        }
        return forced;
    }
}
