using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Assistify.AiService.Audit;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Evaluation.Cases;

/// <param name="Name">Else made of the conversation's id.</param>
public sealed record CaseRequest(Guid ConversationId, [property: StringLength(100, MinimumLength = 1)] string? Name = null);

/// <param name="Unmet">What does not come out the same when the case is run now.</param>
public sealed record CaseView(Guid Id, string Name, Guid ConversationId, int Turns, DateTimeOffset CreatedAt, IReadOnlyList<string>? Unmet = null);

public sealed record CaseList(IReadOnlyList<CaseView> Items);

/// <summary>Real conversations as cases of the workspace's suite, and answers written again.</summary>
internal static class CaseEndpoints
{
    public static void MapEvaluationCases(this IEndpointRouteBuilder app)
    {
        var evaluation = app.MapGroup("/api/evaluation").RequireAuthorization(Policies.Admin);
        evaluation.MapPost("/cases", Make).WithName("MakeEvaluationCase").WithSummary("Make a conversation a case, with personal data masked");
        evaluation.MapGet("/cases", List).WithName("ListEvaluationCases").WithSummary("The cases, the latest first");
        evaluation.MapRunCase();
        evaluation.MapDelete("/cases/{id:guid}", Delete).WithName("DeleteEvaluationCase");
        evaluation.MapGet("/suite", GetSuite).WithName("GetEvaluationSuite").WithSummary("All cases as a file for the command evaluate conversations");
        app.MapPost("/api/traces/{messageId:guid}/reproduce", Reproduce).RequireAuthorization(Policies.Admin)
            .WithName("ReproduceAnswer").WithSummary("Write an answer again, with its versions or with another one of the assistant; nothing is sent");
    }

    internal static async Task<Results<Created<CaseView>, NotFound>> Make(
        CaseRequest request, ClaimsPrincipal user, CaseMaker maker, CaseStore store, AuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = request.Name is { } given ? StorableText.From(given) : $"conversation-{request.ConversationId:N}"[..21];
        if (await maker.Make(request.ConversationId, user.WorkspaceId(), name, cancellationToken) is not { } made) return TypedResults.NotFound();
        var now = time.GetUtcNow();
        var kept = await audit.With(
            user, "evaluation_case.created", () => store.Keep(user.WorkspaceId(), request.ConversationId, made, Guid.CreateVersion7(now), user.Id(), now, cancellationToken),
            one => one.Id.ToString(), cancellationToken);
        return TypedResults.Created("/api/evaluation/cases", Show(kept) with { Unmet = made.Unmet });
    }

    internal static async Task<Ok<CaseList>> List(ClaimsPrincipal user, CaseStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new CaseList([.. (await store.List(user.WorkspaceId(), cancellationToken)).Select(Show)]));

    internal static async Task<Results<NoContent, NotFound>> Delete(Guid id, ClaimsPrincipal user, CaseStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        return await audit.With(
            user, "evaluation_case.deleted", () => store.Delete(user.WorkspaceId(), id, cancellationToken), done => done ? id.ToString() : null, cancellationToken)
            ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    internal static async Task<ContentHttpResult> GetSuite(ClaimsPrincipal user, CaseStore store, CancellationToken cancellationToken)
    {
        var kept = await store.List(user.WorkspaceId(), cancellationToken);
        // The latest first: of a text that changed in between, the one that was true last. Names may repeat, in a suite they must not.
        var names = new HashSet<string>(StringComparer.Ordinal);
        var suite = new Suite(
            [.. kept.SelectMany(one => one.Suite.Cases.Select(made => names.Add(made.Name) ? made : made with { Name = $"{made.Name} ({one.Id})" }))],
            Entries: [.. kept.SelectMany(one => one.Suite.Entries ?? []).DistinctBy(entry => entry.Id)],
            Products: [.. kept.SelectMany(one => one.Suite.Products ?? []).DistinctBy(product => product.Id)]);
        return TypedResults.Text(suite.Write(), "application/json");
    }

    internal static async Task<Results<Ok<Reproduction>, NotFound>> Reproduce(
        Guid messageId, ClaimsPrincipal user, Reproducer reproducer, CancellationToken cancellationToken, [Range(0, int.MaxValue)] int? version = null) =>
        await reproducer.Reproduce(messageId, user.WorkspaceId(), version, cancellationToken) is { } reproduction ? TypedResults.Ok(reproduction) : TypedResults.NotFound();

    private static CaseView Show(KeptCase kept) =>
        new(kept.Id, kept.Suite.Cases[0].Name, kept.ConversationId, kept.Suite.Cases[0].Turns.Count, kept.CreatedAt);
}
