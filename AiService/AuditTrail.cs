using System.Security.Claims;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using MassTransit;

namespace Assistify.AiService;

/// <summary>Tells the audit log what was done.</summary>
internal sealed partial class AuditTrail(IBus bus, TimeProvider time, ILogger<AuditTrail> logger)
{
    /// <param name="action">Dotted and in the past tense.</param>
    public Task Tell(ClaimsPrincipal user, string action, string subjectId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Tell(new ActionAudited(Guid.CreateVersion7(now), user.WorkspaceId(), user.Id(), user.LoginId(), action, subjectId, null, now), cancellationToken);
    }

    public async Task Tell(ActionAudited entry, CancellationToken cancellationToken)
    {
        try
        {
            await bus.PublishConfirmed(entry, cancellationToken);
        }
        catch (BrokerUnavailableException)
        {
            // It is done, and who rolls back a bad version must not be stopped by a broker that is away: the log of the service names it.
            LogNotTold(entry.Action, entry.SubjectId, entry.ActorId, entry.WorkspaceId);
        }
    }

    [LoggerMessage(LogLevel.Error, "The audit log could not be told of {Action} of {Subject} by {ActorId} in workspace {WorkspaceId}")]
    private partial void LogNotTold(string action, string? subject, Guid? actorId, Guid workspaceId);
}
