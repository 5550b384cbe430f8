using System.Security.Claims;
using Assistify.AiService.Audit;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Publishing;

/// <param name="Forced">What owners published though the suite refused it, the latest first.</param>
public sealed record PublishingView(bool SuiteRequired, IReadOnlyList<ForcedPublication> Forced);

public sealed record PublishingRequest(bool SuiteRequired);

/// <summary>Whether the workspace's suite must be met before something is published.</summary>
internal static class PublishingEndpoints
{
    public static void MapPublishing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/evaluation/publishing", Get).RequireAuthorization(Policies.Admin)
            .WithName("GetPublishing").WithSummary("Whether the suite must be met, and what was published all the same");
        app.MapPut("/api/evaluation/publishing", Set).RequireAuthorization(Policies.Owner)
            .WithName("SetPublishing").WithSummary("Let changes be published only if no case of the suite fails because of them");
    }

    internal static async Task<Ok<PublishingView>> Get(ClaimsPrincipal user, PublishingStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new PublishingView(await store.IsSuiteRequired(user.WorkspaceId(), cancellationToken), await store.Forced(user.WorkspaceId(), cancellationToken)));

    internal static async Task<Ok<PublishingView>> Set(
        PublishingRequest request, ClaimsPrincipal user, PublishingStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        await audit.With(
            user, request.SuiteRequired ? "publishing.suite_required" : "publishing.suite_not_required", () => store.Require(user.WorkspaceId(), request.SuiteRequired, cancellationToken),
            changed => changed ? user.WorkspaceId().ToString() : null, cancellationToken);
        return await Get(user, store, cancellationToken);
    }
}
