using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Assistify.AiService.Audit;
using Assistify.AiService.Publishing;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Assistants;

public sealed record AssistantVersionList(int ActiveVersion, IReadOnlyList<AssistantVersion> Items);

/// <param name="Note">Why it was made.</param>
public sealed record AssistantVersionRequest(
    [property: Required] AssistantSettings Settings,
    [property: StringLength(500)] string? Note = null);

public sealed record AssistantComparison(int From, int To, IReadOnlyList<SettingChange> Changes);

public sealed record ActivatedAssistant(int ActiveVersion);

/// <param name="Percent">Of the conversations; less than half, so that there is something to compare with.</param>
public sealed record CanaryRequest([property: Range(1, 50)] int Percent);

/// <param name="Figures">The canary's.</param>
/// <param name="ActiveFigures">Those of the conversations of the same time with the version in use.</param>
public sealed record CanaryView(Canary Canary, CanaryFigures Figures, CanaryFigures ActiveFigures);

/// <summary>The workspace's settings of its assistant: versions, which one is in use, and trying one out on some of the conversations.</summary>
internal static class AssistantEndpoints
{
    public static void MapAssistants(this IEndpointRouteBuilder app)
    {
        var assistant = app.MapGroup("/api/assistant").RequireAuthorization(Policies.Admin);
        assistant.MapGet("/versions", List).WithName("ListAssistantVersions").WithSummary("The versions of the settings, the latest first");
        assistant.MapPost("/versions", Add).WithName("AddAssistantVersion").WithSummary("Make a version; it is used once it is activated");
        assistant.MapGet("/versions/{version:int}", Get).WithName("GetAssistantVersion").WithSummary("A version; 0 is the built-in one");
        assistant.MapGet("/versions/{version:int}/compare", Compare).WithName("CompareAssistantVersions").WithSummary("What another version changes");
        assistant.MapPost("/versions/{version:int}/activate", Activate).WithName("ActivateAssistantVersion").WithSummary("Use a version at once; 0 is the built-in one");
        assistant.MapPost("/versions/roll_back", RollBack).WithName("RollBackAssistant").WithSummary("Use the version that was in use before");
        assistant.MapPost("/versions/{version:int}/canary", StartCanary).WithName("StartAssistantCanary").WithSummary("Use a version on some of the conversations");
        assistant.MapGet("/canary", GetCanary).WithName("GetAssistantCanary").WithSummary("The running canary, else the last, with its figures; nothing where there was none");
        assistant.MapPost("/canary/stop", StopCanary).WithName("StopAssistantCanary").WithSummary("Use the active version on all conversations again");
    }

    internal static async Task<Ok<AssistantVersionList>> List(ClaimsPrincipal user, AssistantStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new AssistantVersionList(
            await store.ActiveVersion(user.WorkspaceId(), cancellationToken), await store.List(user.WorkspaceId(), cancellationToken)));

    internal static async Task<Results<Created<AssistantVersion>, ValidationProblem>> Add(
        AssistantVersionRequest request, ClaimsPrincipal user, AssistantStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        var settings = request.Settings;
        // Told to models and compared with intents: none of them is long or empty.
        if (settings.StrictTopics.Concat(settings.HandOverTopics).Any(topic => topic is not { Length: > 0 and <= 64 }))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["settings"] = ["Topics are names of intents, of at most 64 characters."] });
        settings = settings with
        {
            Instructions = StorableText.From(settings.Instructions).ReplaceLineEndings("\n"),
            StrictTopics = [.. settings.StrictTopics.Select(StorableText.From)],
            HandOverTopics = [.. settings.HandOverTopics.Select(StorableText.From)],
        };
        var version = await audit.With(
            user, "assistant_version.created",
            () => store.Add(user.WorkspaceId(), settings, request.Note is { } note ? StorableText.From(note) : null, user.Id(), cancellationToken), Number, cancellationToken);
        return TypedResults.Created($"/api/assistant/versions/{version}", (await store.Find(user.WorkspaceId(), version, cancellationToken))!);
    }

    internal static async Task<Results<Ok<AssistantVersion>, NotFound>> Get(int version, ClaimsPrincipal user, AssistantStore store, CancellationToken cancellationToken) =>
        await store.Find(user.WorkspaceId(), version, cancellationToken) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    internal static async Task<Results<Ok<AssistantComparison>, NotFound>> Compare(
        int version, int with, ClaimsPrincipal user, AssistantStore store, CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), version, cancellationToken) is not { } from) return TypedResults.NotFound();
        if (await store.Find(user.WorkspaceId(), with, cancellationToken) is not { } to) return TypedResults.NotFound();
        return TypedResults.Ok(new AssistantComparison(version, with, SettingsComparison.Of(from.Settings, to.Settings)));
    }

    internal static async Task<Results<Ok<ActivatedAssistant>, NotFound, ProblemHttpResult>> Activate(
        int version, ClaimsPrincipal user, AssistantStore store, ActiveAssistants active, PublishingGate gate, AuditTrail audit, IBus bus, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (await gate.Refuse(user, new AssistantChange(version), force, cancellationToken) is { } refused) return refused;
        if (!await audit.With(
            user, "assistant_version.activated", () => store.Activate(user.WorkspaceId(), version, user.Id(), cancellationToken), done => done ? Number(version) : null, cancellationToken))
        {
            return TypedResults.NotFound();
        }
        return TypedResults.Ok(await Use(user, store, active, bus, cancellationToken));
    }

    internal static async Task<Results<Ok<ActivatedAssistant>, Conflict>> RollBack(
        ClaimsPrincipal user, AssistantStore store, ActiveAssistants active, AuditTrail audit, IBus bus, CancellationToken cancellationToken)
    {
        var version = await audit.With(
            user, "assistant_version.rolled_back", () => store.RollBack(user.WorkspaceId(), user.Id(), cancellationToken), back => back is { } number ? Number(number) : null, cancellationToken);
        return version is null ? TypedResults.Conflict() : TypedResults.Ok(await Use(user, store, active, bus, cancellationToken));
    }

    internal static async Task<Results<Created<Canary>, NotFound, Conflict, ProblemHttpResult>> StartCanary(
        int version, CanaryRequest request, ClaimsPrincipal user, AssistantStore store, CanaryStore canaries, ActiveAssistants active, PublishingGate gate, AuditTrail audit, IBus bus,
        CancellationToken cancellationToken, [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (await store.Find(user.WorkspaceId(), version, cancellationToken) is null) return TypedResults.NotFound();
        // Some of the customers see it: to them it is published.
        if (await gate.Refuse(user, new AssistantChange(version), force, cancellationToken) is { } refused) return refused;
        var canary = await audit.With(
            user, "assistant_canary.started", () => canaries.Start(user.WorkspaceId(), version, request.Percent, user.Id(), cancellationToken), started => started?.Id.ToString(), cancellationToken);
        if (canary is null) return TypedResults.Conflict();
        await Use(user, store, active, bus, cancellationToken);
        return TypedResults.Created("/api/assistant/canary", canary);
    }

    internal static async Task<Results<Ok<CanaryView>, NoContent>> GetCanary(ClaimsPrincipal user, CanaryStore canaries, CancellationToken cancellationToken)
    {
        if (await canaries.Latest(user.WorkspaceId(), cancellationToken) is not { } canary) return TypedResults.NoContent();
        var (its, others) = await canaries.Figures(canary.Id, cancellationToken);
        return TypedResults.Ok(new CanaryView(canary, its, others));
    }

    internal static async Task<Results<Ok<Canary>, Conflict>> StopCanary(
        ClaimsPrincipal user, AssistantStore store, CanaryStore canaries, ActiveAssistants active, AuditTrail audit, IBus bus, CancellationToken cancellationToken)
    {
        var canary = await audit.With(
            user, "assistant_canary.ended", () => canaries.Stop(user.WorkspaceId(), CanaryStore.Ended, "stopped by hand", cancellationToken), ended => ended?.Id.ToString(), cancellationToken);
        if (canary is null) return TypedResults.Conflict();
        await Use(user, store, active, bus, cancellationToken);
        return TypedResults.Ok(canary);
    }

    private static async Task<ActivatedAssistant> Use(ClaimsPrincipal user, AssistantStore store, ActiveAssistants active, IBus bus, CancellationToken cancellationToken)
    {
        await active.Refresh(cancellationToken);
        await bus.PublishTransient(new AssistantChanged(user.WorkspaceId()), cancellationToken);
        return new ActivatedAssistant(await store.ActiveVersion(user.WorkspaceId(), cancellationToken));
    }

    private static string Number(int version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
