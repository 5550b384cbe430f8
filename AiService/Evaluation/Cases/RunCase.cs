using System.Security.Claims;
using Assistify.AiService.Publishing;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Evaluation.Cases;

/// <param name="Met">Every answer comes out as it must.</param>
public sealed record CaseRun(Guid Id, string Name, bool Met, IReadOnlyList<CaseRunTurn> Turns);

/// <param name="Text">The answer that the assistant would give now.</param>
/// <param name="Failures">Which expectations it does not meet, one sentence each.</param>
public sealed record CaseRunTurn(IReadOnlyList<string> Said, string Text, IReadOnlyList<string> Failures);

/// <summary>Runs one case with what is in use now, on what was recorded: whoever runs the suite sees case by case what comes out.</summary>
internal static class RunCaseEndpoint
{
    public static void MapRunCase(this IEndpointRouteBuilder evaluation) =>
        evaluation.MapPost("/cases/{id:guid}/run", Run).WithName("RunEvaluationCase").WithSummary("Have the conversation again with what is in use now; nothing is sent");

    internal static async Task<Results<Ok<CaseRun>, NotFound>> Run(Guid id, ClaimsPrincipal user, CaseStore store, PublishingGate gate, CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is not { } kept) return TypedResults.NotFound();
        if (await gate.RunNow(kept, user.WorkspaceId(), cancellationToken) is not { } results) return TypedResults.NotFound();

        var turns = kept.Suite.Cases.SelectMany(one => one.Turns).Zip(results, static (turn, result) => new CaseRunTurn(turn.Say, result.Reply.Text, result.Failures)).ToList();
        return TypedResults.Ok(new CaseRun(id, kept.Suite.Cases[0].Name, turns.TrueForAll(static turn => turn.Failures.Count == 0), turns));
    }
}
