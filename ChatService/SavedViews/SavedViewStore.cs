using System.Text.Json;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.SavedViews;

/// <summary>What a list of the inbox shows; absent parts narrow nothing.</summary>
/// <param name="View"><c>all</c>, <c>waiting</c>, <c>overdue</c>, <c>mine</c>, <c>unassigned</c>, <c>unread</c>, <c>mentions</c> or <c>closed</c>.</param>
/// <param name="Team">Its id; one that is gone has no conversations.</param>
internal sealed record ViewFilter(string? View = null, string? Channel = null, string? Label = null, string? Q = null, Guid? Team = null);

/// <param name="Shared">Everybody in the workspace has it.</param>
/// <param name="Own">The caller's.</param>
internal sealed record SavedView(Guid Id, string Name, bool Shared, bool Own, ViewFilter Filter);

/// <summary>The table <c>saved_views</c>. A view that is not shared is its owner's alone, also for admins.</summary>
internal sealed class SavedViewStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<SavedView>> List(Guid workspaceId, Guid userId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select id, name, shared, owner_id = $2, filter::text from saved_views
            where workspace_id = $1 and (shared or owner_id = $2) order by name, id
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(userId);
        var views = new List<SavedView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            views.Add(new SavedView(
                reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3),
                JsonSerializer.Deserialize<ViewFilter>(reader.GetString(4), Json.Options)!));
        }

        return views;
    }

    /// <returns>False where the operator has the most he may have.</returns>
    public async Task<bool> Add(Guid workspaceId, Guid userId, SavedView view, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Of an operator who is still there: a token may outlive him.
        await using var command = database.CreateCommand(
            """
            insert into saved_views (id, workspace_id, owner_id, name, shared, filter, created_at)
            select $3, $1, u.id, $4, $5, $6, $7 from users u
            where u.id = $2 and u.workspace_id = $1 and (select count(*) from saved_views where owner_id = $2) < $8
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(userId);
        command.Parameters.AddWithValue(view.Id);
        command.Parameters.AddWithValue(view.Name);
        command.Parameters.AddWithValue(view.Shared);
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(view.Filter, Json.Options), NpgsqlDbType = NpgsqlDbType.Json });
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(most);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <param name="others">Whether the caller may remove what others share.</param>
    public async Task<bool> Remove(Guid workspaceId, Guid userId, Guid id, bool others, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "delete from saved_views where workspace_id = $1 and id = $3 and (owner_id = $2 or ($4 and shared))");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(userId);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(others);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
