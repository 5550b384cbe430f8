using System.Security.Claims;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Operators.Audit;

/// <param name="Action">Dotted and in the past tense, such as <c>user.created</c>.</param>
/// <param name="Detail">A classification (<c>role: admin</c>), never text or an address.</param>
internal sealed record AuditEntry(Guid Id, Guid? ActorId, Guid? LoginId, string Action, string? SubjectId, string? Detail, DateTimeOffset At);

/// <summary>Sensitive actions: who, what, on which id.</summary>
internal sealed class AuditLog(NpgsqlDataSource database, TimeProvider time)
{
    public Task Add(ClaimsPrincipal actor, string action, object? subjectId, string? detail, CancellationToken cancellationToken) =>
        Add(actor.WorkspaceId(), actor.Id(), actor.LoginId(), action, subjectId, detail, cancellationToken);

    public Task Add(
        Guid workspaceId, Guid? actorId, Guid? loginId, string action, object? subjectId, string? detail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Add(
            new ActionAudited(Guid.CreateVersion7(now), workspaceId, actorId, loginId, action, subjectId?.ToString(), detail, now), cancellationToken);
    }

    /// <summary>What another service saw; a known entry changes nothing.</summary>
    public async Task Add(ActionAudited entry, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into audit_log (id, workspace_id, actor_id, login_id, action, subject_id, detail, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (id) do nothing
            """);
        command.Parameters.AddWithValue(entry.EntryId);
        command.Parameters.AddWithValue(entry.WorkspaceId);
        command.Parameters.AddWithValue((object?)entry.ActorId ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)entry.LoginId ?? DBNull.Value);
        command.Parameters.AddWithValue(entry.Action);
        command.Parameters.AddWithValue((object?)entry.SubjectId ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)entry.Detail ?? DBNull.Value);
        command.Parameters.AddWithValue(entry.At.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <param name="before">The last id of the page before.</param>
    public async Task<IReadOnlyList<AuditEntry>> List(Guid workspaceId, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select id, actor_id, login_id, action, subject_id, detail, at from audit_log
            where workspace_id = $1 and ($2 is null or (at, id) < (select at, id from audit_log where workspace_id = $1 and id = $2))
            order by at desc, id desc limit $3
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(limit);
        var found = new List<AuditEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new AuditEntry(
                reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return found;
    }
}
