using System.Security.Claims;
using System.Text.Json;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Inspiration;

/// <param name="Context">A sentence, or an object with whatever is known: <c>{ "place": "Athens", "taste": "blue, handmade", "budget": 50 }</c>.</param>
public sealed record InspireRequest(JsonElement? Context = null);

/// <param name="Result">The ideas, once it has succeeded.</param>
public sealed record InspirationJobView(Guid Id, string Kind, string Status, Ideas? Result = null, string? Error = null);

/// <summary>Asks for ideas, which come later: <c>jobReady</c> tells when, <c>/api/jobs/{id}</c> has them.</summary>
internal static class InspireEndpoints
{
    public const string Kind = "inspiration";

    public static void MapInspire(this IEndpointRouteBuilder app)
    {
        var inspire = app.MapGroup("/api/v1/ai/inspire").RequireAuthorization(Policies.Participant);
        inspire.MapPost("/", Ask).WithName("Inspire").WithSummary("Ask for ideas");
        inspire.MapGet("/{id:guid}", Get).WithName("GetInspiration").WithSummary("How far a request for ideas is, and the ideas");
    }

    internal static async Task<Results<Accepted<InspirationJobView>, ValidationProblem>> Ask(
        InspireRequest? request, HttpRequest http, ClaimsPrincipal user, InspirationStore store, InspirationWorker worker, TimeProvider time, CancellationToken cancellationToken)
    {
        // No body asks for any ideas; a body that says "null" is a mistake.
        if (request is null && http.ContentLength is > 0) return Invalid("The body is not a JSON object.");
        var context = request?.Context;
        if (context is { ValueKind: not (JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
            return Invalid("A sentence or an object.");
        if (!IsText(context)) return Invalid("It holds characters that are no text.");
        var json = context is { ValueKind: JsonValueKind.String or JsonValueKind.Object } given ? given.GetRawText() : "{}";
        if (json.Length > InspirationContext.LongestJson) return Invalid($"At most {InspirationContext.LongestJson} characters.");

        var id = Guid.CreateVersion7(time.GetUtcNow());
        await store.Add(
            new InspirationJob(id, user.WorkspaceId(), user.Id(), user.ConversationId(), "queued", StorableText.From(json), null), cancellationToken);
        worker.Wake();
        return TypedResults.Accepted($"/api/jobs/{id}", new InspirationJobView(id, Kind, "queued"));

        static ValidationProblem Invalid(string reason) =>
            TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["context"] = [reason] });
    }

    internal static async Task<Results<Ok<InspirationJobView>, NotFound>> Get(
        Guid id, ClaimsPrincipal user, InspirationStore store, CancellationToken cancellationToken) =>
        await store.Find(id, user.WorkspaceId(), user.IsCustomer() ? user.Id() : null, cancellationToken) is { } job
            ? TypedResults.Ok(new InspirationJobView(
                job.Id, Kind, job.Status, job.Ideas, job.Status == "failed" ? "No ideas could be found for this. Please try again later." : null))
            : TypedResults.NotFound();

    // A lone surrogate in an escape parses as JSON, and cannot be read as text.
    private static bool IsText(JsonElement? context)
    {
        try
        {
            _ = InspirationContext.Of(context);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
