using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Assistify.AiService.Audit;
using Assistify.AiService.Publishing;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.IntentModels;

/// <param name="Starter">Examples of the starter set, which every model learns.</param>
public sealed record IntentCount(string Intent, int Starter, int Approved, int Proposed);

public sealed record IntentList(int ActiveVersion, IReadOnlyList<IntentCount> Items);

public sealed record ExampleList(IReadOnlyList<IntentExample> Items);

public sealed record ExampleRequest(
    [property: Required, RegularExpression("^[a-z][a-z0-9_]{0,63}$")] string Intent,
    [property: Required, StringLength(500, MinimumLength = 1)] string Text);

/// <param name="CustomerId">Who wrote the message; the example is forgotten with him.</param>
/// <param name="Predicted">What the message was taken for.</param>
public sealed record CorrectionRequest(
    Guid MessageId,
    Guid CustomerId,
    [property: Required, RegularExpression("^[a-z][a-z0-9_]{0,63}$")] string Intent,
    [property: Required, StringLength(500, MinimumLength = 1)] string Text,
    [property: RegularExpression("^[a-z][a-z0-9_]{0,63}$")] string? Predicted = null);

public sealed record ModelList(int ActiveVersion, IReadOnlyList<IntentModelView> Items);

public sealed record RequestedModel(int Version, string Status);

public sealed record ActivatedModel(int ActiveVersion);

/// <summary>What messages are taken for: examples of it, models that learn them, and which model is in use.</summary>
internal static class IntentEndpoints
{
    private const int MostShown = 200;

    public static void MapIntents(this IEndpointRouteBuilder app)
    {
        var intents = app.MapGroup("/api/knowledge/intents").RequireAuthorization(Policies.Admin);
        intents.MapGet("/", List).WithName("ListIntents").WithSummary("The intents and how many examples they have");
        intents.MapGet("/examples", ListExamples).WithName("ListIntentExamples").WithSummary("The workspace's own examples, the latest first");
        intents.MapPost("/examples", AddExample).WithName("AddIntentExample").WithSummary("Add an example");
        intents.MapPut("/examples/{id:guid}", CorrectExample).WithName("CorrectIntentExample").WithSummary("Correct an example; it is approved with it");
        intents.MapPost("/examples/{id:guid}/approve", Approve).WithName("ApproveIntentExample").WithSummary("Let the next model learn it");
        intents.MapPost("/examples/{id:guid}/reject", Reject).WithName("RejectIntentExample").WithSummary("Keep it from being learned");
        intents.MapDelete("/examples/{id:guid}", DeleteExample).WithName("DeleteIntentExample");
        intents.MapGet("/models", ListModels).WithName("ListIntentModels").WithSummary("The models with their scores, the latest first");
        intents.MapPost("/models", Train).WithName("TrainIntentModel").WithSummary("Train a new version in the background");
        intents.MapPost("/models/{version:int}/activate", Activate).WithName("ActivateIntentModel").WithSummary("Use a version at once; 0 is the starter set's");
        intents.MapPost("/models/roll_back", RollBack).WithName("RollBackIntentModel").WithSummary("Use the version that was in use before");
        app.MapPost("/api/knowledge/intents/corrections", Correct).RequireAuthorization(Policies.Agent)
            .WithName("CorrectIntent").WithSummary("Say what a message should have been taken for; an example once it is approved");
    }

    internal static async Task<Ok<IntentList>> List(ClaimsPrincipal user, ExampleStore examples, WorkspaceIntents intents, CancellationToken cancellationToken)
    {
        var starter = IntentExamples.Read().CountBy(example => example.Intent).ToDictionary();
        var own = await examples.Count(user.WorkspaceId(), cancellationToken);
        var names = starter.Keys.Union(own.Select(count => count.Intent)).Order(StringComparer.Ordinal);
        return TypedResults.Ok(new IntentList(
            intents.VersionOf(user.WorkspaceId()), [.. names.Select(name => new IntentCount(name, starter.GetValueOrDefault(name), Of(name, ExampleStore.Approved), Of(name, ExampleStore.Proposed)))]));

        int Of(string intent, string status) => own.Where(count => count.Intent == intent && count.Status == status).Sum(count => count.Count);
    }

    internal static async Task<Ok<ExampleList>> ListExamples(
        ClaimsPrincipal user, ExampleStore examples, CancellationToken cancellationToken, string? intent = null, string? status = null, DateTimeOffset? before = null,
        [Range(1, MostShown)] int limit = 50) =>
        TypedResults.Ok(new ExampleList(await examples.List(
            user.WorkspaceId(), Stored(intent), Stored(status), before?.ToUniversalTime(), limit, cancellationToken)));

    internal static async Task<Created<IntentExample>> AddExample(
        ExampleRequest request, ClaimsPrincipal user, ExampleStore examples, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Created(await examples.Add(
            user.WorkspaceId(),
            new IntentExample(Guid.CreateVersion7(now), request.Intent, StorableText.From(request.Text), ExampleStore.Approved, null, null, null, user.Id(), now, user.Id(), now),
            cancellationToken));
    }

    internal static async Task<Created<IntentExample>> Correct(
        CorrectionRequest request, ClaimsPrincipal user, ExampleStore examples, Outbox outbox, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var example = new IntentExample(
            Guid.CreateVersion7(now), request.Intent, StorableText.From(request.Text), ExampleStore.Proposed, request.MessageId, request.CustomerId, request.Predicted, user.Id(), now);
        return Created(await outbox.With(() => examples.Add(user.WorkspaceId(), example, cancellationToken), _ => Measured(request, user, now), cancellationToken));
    }

    // The model's figures are made of it: a message counts once, whoever corrects it how often.
    private static EventsRecorded Measured(CorrectionRequest request, ClaimsPrincipal user, DateTimeOffset now) => new(
    [
        new RecordedEvent(
            Identifiers.Derive($"intent-corrected/{user.WorkspaceId()}/{request.MessageId}/{request.Intent}"), "IntentCorrected", user.WorkspaceId(), Guid.Empty, request.CustomerId, "",
            request.MessageId, now, new EventDetails(Intent: request.Intent, Status: request.Predicted == request.Intent ? "right" : "wrong", OperatorId: user.Id())),
    ]);

    internal static Task<Results<Ok<IntentExample>, NotFound>> CorrectExample(
        Guid id, ExampleRequest request, ClaimsPrincipal user, ExampleStore examples, TimeProvider time, CancellationToken cancellationToken) =>
        Review(id, ExampleStore.Approved, request.Intent, StorableText.From(request.Text), user, examples, time, cancellationToken);

    internal static Task<Results<Ok<IntentExample>, NotFound>> Approve(
        Guid id, ClaimsPrincipal user, ExampleStore examples, TimeProvider time, CancellationToken cancellationToken) =>
        Review(id, ExampleStore.Approved, null, null, user, examples, time, cancellationToken);

    internal static Task<Results<Ok<IntentExample>, NotFound>> Reject(
        Guid id, ClaimsPrincipal user, ExampleStore examples, TimeProvider time, CancellationToken cancellationToken) =>
        Review(id, ExampleStore.Rejected, null, null, user, examples, time, cancellationToken);

    internal static async Task<Results<NoContent, NotFound>> DeleteExample(Guid id, ClaimsPrincipal user, ExampleStore examples, CancellationToken cancellationToken) =>
        await examples.Delete(user.WorkspaceId(), id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    internal static async Task<Ok<ModelList>> ListModels(ClaimsPrincipal user, ModelStore models, CancellationToken cancellationToken)
    {
        var items = await models.List(user.WorkspaceId(), cancellationToken);
        return TypedResults.Ok(new ModelList(items.FirstOrDefault(model => model.Active)?.Version ?? 0, items));
    }

    internal static async Task<Accepted<RequestedModel>> Train(ClaimsPrincipal user, ModelStore models, ModelTrainer trainer, CancellationToken cancellationToken)
    {
        var version = await models.Request(user.WorkspaceId(), user.Id(), cancellationToken);
        trainer.Wake();
        return TypedResults.Accepted("/api/knowledge/intents/models", new RequestedModel(version, "queued"));
    }

    internal static async Task<Results<Ok<ActivatedModel>, NotFound, ProblemHttpResult>> Activate(
        int version, ClaimsPrincipal user, ModelStore models, ActiveModels active, WorkspaceIntents intents, PublishingGate gate, IBus bus, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (await gate.Refuse(user, new IntentModelChange(version), force, cancellationToken) is { } refused) return refused;
        if (!await models.Activate(user.WorkspaceId(), version, user.Id(), cancellationToken)) return TypedResults.NotFound();
        return await Use(user, active, intents, bus, cancellationToken);
    }

    internal static async Task<Results<Ok<ActivatedModel>, Conflict>> RollBack(
        ClaimsPrincipal user, ModelStore models, ActiveModels active, WorkspaceIntents intents, IBus bus, CancellationToken cancellationToken)
    {
        if (!await models.RollBack(user.WorkspaceId(), user.Id(), cancellationToken)) return TypedResults.Conflict();
        return await Use(user, active, intents, bus, cancellationToken);
    }

    private static async Task<Ok<ActivatedModel>> Use(ClaimsPrincipal user, ActiveModels active, WorkspaceIntents intents, IBus bus, CancellationToken cancellationToken)
    {
        await active.Refresh(cancellationToken);
        await bus.PublishTransient(new IntentModelActivated(user.WorkspaceId()), cancellationToken);
        return TypedResults.Ok(new ActivatedModel(intents.VersionOf(user.WorkspaceId())));
    }

    private static async Task<Results<Ok<IntentExample>, NotFound>> Review(
        Guid id, string status, string? intent, string? text, ClaimsPrincipal user, ExampleStore examples, TimeProvider time, CancellationToken cancellationToken) =>
        await examples.Review(user.WorkspaceId(), id, status, intent, text, user.Id(), time.GetUtcNow(), cancellationToken) is { } example
            ? TypedResults.Ok(example)
            : TypedResults.NotFound();

    private static string? Stored(string? text) => text is null ? null : StorableText.From(text);

    private static Created<IntentExample> Created(IntentExample example) => TypedResults.Created($"/api/knowledge/intents/examples/{example.Id}", example);
}
