using Assistify.AiService.Audit;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using MassTransit;

namespace Assistify.AiService.Assistants;

/// <summary>
/// Stops a canary whose figures are worse than those of the version in use. Its conversations are compared with the others' of the same time by Fisher's exact
/// test, one-sided, for each of five figures, when it has had 20 of them, 40, 80 and so on. The k-th look may err with probability 0.05 / 2^k, shared by the five:
/// in all its life a canary that is no worse is stopped with a probability of at most 5 %.
/// </summary>
internal sealed partial class CanaryGuard(CanaryStore canaries, AuditTrail audit, IBus bus, TimeProvider time, ILogger<CanaryGuard> logger)
{
    public const int FirstLook = 20;
    private const int MostLooks = 10; // after ten thousand conversations it is left to people
    private const double MayErr = 0.05;
    private const int Tested = 5;

    /// <returns>True where the canary was stopped.</returns>
    public async Task<bool> Look(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        if (await canaries.Latest(workspaceId, cancellationToken) is not { Status: CanaryStore.Running } canary || canary.Id != id || canary.Looks >= MostLooks) return false;
        var needed = FirstLook << canary.Looks;
        var counted = await canaries.Count(id, cancellationToken);
        if (counted.Canary < needed || counted.Active < FirstLook) return false;
        if (!await canaries.TakeLook(id, canary.Looks, cancellationToken)) return false;

        var (its, others) = await canaries.Figures(id, cancellationToken);
        if (Worse(its, others, canary.Looks + 1) is not { } reason) return false;
        var stopped = await audit.With(
            () => canaries.Stop(workspaceId, CanaryStore.Stopped, reason, cancellationToken),
            one => one is null ? null : new ActionAudited(
                Identifiers.Derive($"canary-stopped/{id}"), workspaceId, null, null, "assistant_canary.stopped", id.ToString(), reason, time.GetUtcNow()), cancellationToken);
        if (stopped is null) return false;
        LogStopped(canary.Version, workspaceId, reason);
        await bus.PublishTransient(new AssistantChanged(workspaceId), cancellationToken);
        return true;
    }

    /// <summary>Which figure is worse beyond doubt; null where none is.</summary>
    internal static string? Worse(CanaryFigures canary, CanaryFigures active, int look)
    {
        var mayErr = MayErr / Math.Pow(2, look) / Tested;
        var figures = new (string Name, Func<CanaryFigures, int> Bad, Func<CanaryFigures, int> Of)[]
        {
            ("refused drafts", side => side.Refused, Conversations),
            ("fallbacks", side => side.FellBack, Conversations),
            ("hand-overs", side => side.HandedOver, Conversations),
            ("unhappy customers", side => side.Unhappy, Conversations),
            ("poor ratings", side => side.RatedPoorly, side => side.Rated),
        };
        foreach (var (name, bad, of) in figures)
        {
            if (FisherTest.AtLeast(bad(canary), of(canary), bad(active), of(active)) < mayErr)
                return FormattableString.Invariant($"{name} in {bad(canary)} of {of(canary)} conversations, against {bad(active)} of {of(active)}");
        }
        return null;

        static int Conversations(CanaryFigures side) => side.Conversations;
    }

    [LoggerMessage(LogLevel.Warning, "Version {Version} of the assistant of workspace {WorkspaceId} was stopped: {Reason}")]
    private partial void LogStopped(int version, Guid workspaceId, string reason);
}
