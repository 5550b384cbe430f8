using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.FeatureFlags;

internal sealed record FeatureFlag(string Name, bool Enabled, int Percent, DateTimeOffset UpdatedAt)
{
    /// <summary>Always the same for a conversation, and of one flag's conversations others than of another's.</summary>
    public bool IsOnFor(Guid conversationId) =>
        Enabled && BitConverter.ToUInt32(Identifiers.Derive($"flag/{Name}/{conversationId}").ToByteArray()) % 100 < Percent;
}

/// <summary>The table <c>feature_flags</c>.</summary>
internal sealed class FeatureFlagStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<FeatureFlag>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select name, enabled, percent, updated_at from feature_flags where workspace_id = $1 order by name");
        command.Parameters.AddWithValue(workspaceId);
        var flags = new List<FeatureFlag>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            flags.Add(new FeatureFlag(reader.GetString(0), reader.GetBoolean(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return flags;
    }

    /// <returns>False where the workspace has the most it may have, and this would be one more.</returns>
    public async Task<bool> Set(Guid workspaceId, FeatureFlag flag, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into feature_flags (workspace_id, name, enabled, percent, updated_at)
            select $1, $2, $3, $4, $5
            where (select count(*) from feature_flags where workspace_id = $1) < $6 or exists (select from feature_flags where workspace_id = $1 and name = $2)
            on conflict (workspace_id, name) do update set enabled = excluded.enabled, percent = excluded.percent, updated_at = excluded.updated_at
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(flag.Name);
        command.Parameters.AddWithValue(flag.Enabled);
        command.Parameters.AddWithValue(flag.Percent);
        command.Parameters.AddWithValue(flag.UpdatedAt);
        command.Parameters.AddWithValue(most);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
