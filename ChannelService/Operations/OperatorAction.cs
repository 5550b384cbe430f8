using System.Security.Claims;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChannelService.Operations;

/// <summary>Something that an operator did: written in the transaction of what it did, and then told to the audit log.</summary>
/// <param name="Detail">A classification, for the audit log.</param>
/// <param name="Reason">The operator's own words; they stay here.</param>
internal sealed record OperatorAction(
    Guid Id, Guid WorkspaceId, Guid ActorId, Guid? LoginId, string Action, string SubjectId, string? Detail, string? Reason, DateTimeOffset At)
{
    public static OperatorAction By(
        ClaimsPrincipal user, TimeProvider time, string action, object subjectId, string? detail = null, string? reason = null)
    {
        var now = time.GetUtcNow();
        return new OperatorAction(
            Guid.CreateVersion7(now), user.WorkspaceId(), user.Id(), user.LoginId(), action, subjectId.ToString()!, detail, reason, now);
    }

    public ActionAudited ToMessage() => new(Id, WorkspaceId, ActorId, LoginId, Action, SubjectId, Detail, At);

    public NpgsqlBatchCommand Insert() =>
        new("INSERT INTO operator_actions (id, workspace_id, actor_id, login_id, action, subject_id, detail, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        {
            Parameters =
            {
                Sql.Value(Id),
                Sql.Value(WorkspaceId),
                Sql.Value(ActorId),
                new() { Value = (object?)LoginId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                Sql.Value(Action),
                Sql.Value(SubjectId),
                Sql.Text(Detail),
                Sql.Text(Reason),
                Sql.Time(At),
            },
        };
}
