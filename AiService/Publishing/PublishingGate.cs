using System.Security.Claims;
using Assistify.AiService.Assistants;
using Assistify.AiService.Audit;
using Assistify.AiService.Evaluation.Cases;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.IntentModels;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Understanding;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Assistify.AiService.Publishing;

/// <param name="Turn">Counted from 1.</param>
/// <param name="Failures">Which expectations are not met, one sentence each.</param>
/// <param name="Changes">What comes out otherwise than now.</param>
internal sealed record RefusedTurn(Guid CaseId, string Name, int Turn, IReadOnlyList<string> Failures, IReadOnlyList<string> Changes);

/// <summary>
/// Where a workspace wants it, nothing is published that makes a case of its suite fail: the cases are run with the change and without it, offline, with what
/// models and tools said then, on what the workspace knows now. What fails either way is not the change's fault and does not stop it.
/// </summary>
internal sealed class PublishingGate(
    PublishingStore store, CaseStore cases, AssistantStore assistants, IntentVersions intents, WorkspaceIntents active, ILanguageDetector languages, ISentimentClassifier sentiments,
    IServiceScopeFactory scopes, NpgsqlDataSource database, AuditTrail audit, TimeProvider time)
{
    public const int LongestReason = 500;
    private const int MostShown = 20;

    /// <param name="force">Why an owner wants it all the same.</param>
    /// <returns>Null where it may be published; what does not exist is left to the endpoint.</returns>
    public async Task<ProblemHttpResult?> Refuse(ClaimsPrincipal user, PublishedChange change, string? force, CancellationToken cancellationToken)
    {
        var workspace = user.WorkspaceId();
        if (!await store.IsSuiteRequired(workspace, cancellationToken)) return null;
        if (force is not null && !user.IsAtLeast(Roles.Owner)) return TypedResults.Problem("Only an owner publishes what the suite refuses.", statusCode: StatusCodes.Status403Forbidden);
        var kept = await cases.List(workspace, cancellationToken);
        if (kept.Count == 0) return null;
        if (await Now(workspace, cancellationToken) is not { } now || await With(change, now, workspace, cancellationToken) is not { } then) return null;

        var refused = new List<RefusedTurn>();
        foreach (var one in kept) refused.AddRange(await Worse(one, now, then, workspace, cancellationToken));
        if (refused.Count == 0) return null;

        var failed = refused.DistinctBy(turn => turn.CaseId).Count();
        if (force is not null)
        {
            var forced = new ForcedPublication(Guid.CreateVersion7(time.GetUtcNow()), change.Kind, change.Subject, force, failed, user.Id(), time.GetUtcNow());
            await audit.With(user, "publishing.forced", () => store.Add(workspace, forced, cancellationToken), id => id.ToString(), cancellationToken, $"kind: {change.Kind}");
            return null;
        }
        return TypedResults.Problem(
            $"Of {kept.Count} cases of the suite, {failed} would not come out as they must.", statusCode: StatusCodes.Status409Conflict, title: "The suite refuses this change.",
            extensions: new Dictionary<string, object?> { ["cases"] = refused.Take(MostShown).ToList() });
    }

    /// <summary>The case with what is in use, turn by turn.</summary>
    /// <returns>Null where the version in use is gone.</returns>
    public async Task<IReadOnlyList<TurnResult>?> RunNow(KeptCase kept, Guid workspace, CancellationToken cancellationToken)
    {
        if (await Now(workspace, cancellationToken) is not { } now) return null;
        var results = new List<TurnResult>();
        foreach (var one in kept.Suite.Cases) results.AddRange(await Run(kept.Suite, one, now, workspace, cancellationToken));
        return results;
    }

    private async Task<IReadOnlyList<RefusedTurn>> Worse(KeptCase kept, Setting now, Setting then, Guid workspace, CancellationToken cancellationToken)
    {
        var worse = new List<RefusedTurn>();
        foreach (var one in kept.Suite.Cases)
        {
            var before = await Run(kept.Suite, one, now, workspace, cancellationToken);
            var after = await Run(kept.Suite, one, then, workspace, cancellationToken);
            if (before.Any(turn => turn.Failures.Count > 0)) continue;
            for (var n = 0; n < after.Count; n++)
            {
                if (after[n].Failures.Count > 0)
                    worse.Add(new RefusedTurn(kept.Id, one.Name, n + 1, after[n].Failures, [.. EvaluateConversations.Changes(before[n], after[n])]));
            }
        }
        return worse;
    }

    private async Task<IReadOnlyList<TurnResult>> Run(Suite suite, SuiteCase one, Setting setting, Guid workspace, CancellationToken cancellationToken)
    {
        using var runner = new CaseRunner(new MessageReader(languages, setting.Intents, sentiments), setting.Search, workspace, 1, suite.Price);
        return await runner.Run(one, setting.Assistant, cancellationToken);
    }

    private async Task<Setting?> Now(Guid workspace, CancellationToken cancellationToken)
    {
        if (await assistants.Find(workspace, await assistants.ActiveVersion(workspace, cancellationToken), cancellationToken) is not { } assistant) return null;
        var knowledge = await WorkspaceKnowledge.Load(workspace, scopes, database, cancellationToken);
        return new Setting(new UsedAssistant(assistant.Version, assistant.Settings), active, knowledge, knowledge.Search(workspace));
    }

    private async Task<Setting?> With(PublishedChange change, Setting now, Guid workspace, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case AssistantChange { Version: var version }:
                return await assistants.Find(workspace, version, cancellationToken) is { } assistant ? now with { Assistant = new UsedAssistant(version, assistant.Settings) } : null;
            case IntentModelChange { Version: var version }:
                return await intents.Of(workspace, version, cancellationToken) is { } model ? now with { Intents = model } : null;
            default:
                var changed = ((ContentChange)change).Apply(now.Knowledge);
                return now with { Knowledge = changed, Search = changed.Search(workspace) };
        }
    }

    private sealed record Setting(UsedAssistant Assistant, IIntentClassifier Intents, WorkspaceKnowledge Knowledge, IKnowledgeSearch Search);
}
