using System.Security.Claims;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.AiService.Audit;

/// <summary>Does what people do and notes it for the audit log, both or neither.</summary>
internal sealed class AuditTrail(Outbox outbox, TimeProvider time)
{
    /// <param name="action">Dotted and in the past tense.</param>
    /// <param name="subject">Of what was changed; null where nothing was, and then nothing is noted.</param>
    /// <param name="detail">A classification.</param>
    public Task<T> With<T>(ClaimsPrincipal user, string action, Func<Task<T>> change, Func<T, string?> subject, CancellationToken cancellationToken, string? detail = null)
    {
        var now = time.GetUtcNow();
        return With(
            change,
            result => subject(result) is { } id ? new ActionAudited(Guid.CreateVersion7(now), user.WorkspaceId(), user.Id(), user.LoginId(), action, id, detail, now) : null,
            cancellationToken);
    }

    /// <summary>For what nobody did by hand.</summary>
    public Task<T> With<T>(Func<Task<T>> change, Func<T, ActionAudited?> note, CancellationToken cancellationToken) => outbox.With(change, note, cancellationToken);
}
