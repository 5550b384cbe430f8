using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Assistify.AiService.Knowledge.Documents;
using Assistify.AiService.Publishing;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Assistify.AiService.Knowledge;

/// <param name="Slug">The same in every language; made from the title where it is absent.</param>
public sealed record KnowledgeRequest(
    [property: Required, StringLength(200, MinimumLength = 1)] string Title,
    [property: Required, StringLength(10_000, MinimumLength = 1)] string Body,
    [property: RegularExpression("^[a-z]{2}$")] string Language = "en",
    [property: StringLength(100), RegularExpression("^[a-z0-9-]+$")] string? Slug = null,
    [property: MaxLength(20)] IReadOnlyList<string>? Topics = null,
    [property: StringLength(2_000)] string? Keywords = null,
    [property: Url, StringLength(2_000)] string? Url = null);

public sealed record KnowledgeResponse(
    Guid Id, string Slug, string Language, string Title, string Body, IReadOnlyList<string> Topics, string Keywords, string? Url, DateTimeOffset UpdatedAt);

public sealed record EntryVersionList(IReadOnlyList<EntryVersion> Items);

public sealed record KnowledgeList(IReadOnlyList<KnowledgeResponse> Items);

/// <summary>What the assistant knows, as people write it. Every change raises the workspace's knowledge version with it.</summary>
internal static class KnowledgeEndpoints
{
    public static void MapKnowledge(this IEndpointRouteBuilder app)
    {
        var knowledge = app.MapGroup("/api/knowledge").RequireAuthorization(Policies.Admin);
        knowledge.MapGet("/", List).WithName("ListKnowledge");
        knowledge.MapGet("/{id:guid}", Get).WithName("GetKnowledge");
        knowledge.MapPost("/", Create).WithName("CreateKnowledge");
        knowledge.MapPut("/{id:guid}", Update).WithName("UpdateKnowledge");
        knowledge.MapDelete("/{id:guid}", Delete).WithName("DeleteKnowledge");
        knowledge.MapGet("/{id:guid}/versions", Versions).WithName("ListKnowledgeVersions").WithSummary("The texts that an entry had, the latest first");
        knowledge.MapPost("/{id:guid}/roll_back", RollBack).WithName("RollBackKnowledge").WithSummary("Answer from an earlier text of an entry again");
    }

    internal static async Task<Ok<KnowledgeList>> List(ClaimsPrincipal user, AiDbContext db, CancellationToken cancellationToken)
    {
        var workspace = user.WorkspaceId();
        var entries = await db.KnowledgeEntries.AsNoTracking().Where(e => e.WorkspaceId == workspace)
            .OrderBy(e => e.Slug).ThenBy(e => e.Language).ToListAsync(cancellationToken);
        return TypedResults.Ok(new KnowledgeList([.. entries.Select(Show)]));
    }

    internal static async Task<Results<Ok<KnowledgeResponse>, NotFound>> Get(Guid id, ClaimsPrincipal user, AiDbContext db, CancellationToken cancellationToken) =>
        await Find(id, user, db, cancellationToken) is { } entry ? TypedResults.Ok(Show(entry)) : TypedResults.NotFound();

    internal static async Task<Results<Created<KnowledgeResponse>, Conflict, ProblemHttpResult>> Create(
        KnowledgeRequest request, ClaimsPrincipal user, AiDbContext db, PublishingGate gate, TimeProvider time, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var entry = new KnowledgeEntry
        {
            Id = id, WorkspaceId = user.WorkspaceId(), Slug = request.Slug ?? id.ToString("N"), Language = request.Language, Title = "", Body = "", Keywords = "", UpdatedAt = now,
        };
        Apply(request, entry);
        if (await db.KnowledgeEntries.AnyAsync(
            e => e.WorkspaceId == entry.WorkspaceId && e.Slug == entry.Slug && e.Language == entry.Language, cancellationToken))
        {
            return TypedResults.Conflict();
        }
        if (await gate.Refuse(user, KnowledgeChange.Of(entry), force, cancellationToken) is { } refused) return refused;
        db.KnowledgeEntries.Add(entry);
        if (!await Save(db, entry.WorkspaceId, cancellationToken)) return TypedResults.Conflict();
        return TypedResults.Created($"/api/knowledge/{id}", Show(entry));
    }

    internal static async Task<Results<Ok<KnowledgeResponse>, NotFound, ProblemHttpResult>> Update(
        Guid id, KnowledgeRequest request, ClaimsPrincipal user, AiDbContext db, PublishingGate gate, TimeProvider time, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (await Find(id, user, db, cancellationToken) is not { } entry) return TypedResults.NotFound();
        Apply(request, entry);
        entry.UpdatedAt = time.GetUtcNow();
        if (await gate.Refuse(user, KnowledgeChange.Of(entry), force, cancellationToken) is { } refused) return refused;
        return await Save(db, entry.WorkspaceId, cancellationToken) ? TypedResults.Ok(Show(entry)) : TypedResults.NotFound();
    }

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Delete(
        Guid id, ClaimsPrincipal user, AiDbContext db, PublishingGate gate, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null, bool forget = false)
    {
        if (await Find(id, user, db, cancellationToken) is not { } entry) return TypedResults.NotFound();
        if (await gate.Refuse(user, KnowledgeChange.Without(id), force, cancellationToken) is { } refused) return refused;
        db.KnowledgeEntries.Remove(entry);
        return await Save(db, entry.WorkspaceId, cancellationToken, forget ? id : null) ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    internal static async Task<Results<Ok<EntryVersionList>, NotFound>> Versions(
        Guid id, ClaimsPrincipal user, AiDbContext db, KnowledgeHistory history, CancellationToken cancellationToken) =>
        await Find(id, user, db, cancellationToken) is null
            ? TypedResults.NotFound() : TypedResults.Ok(new EntryVersionList(await history.OfEntry(user.WorkspaceId(), id, cancellationToken)));

    // The earlier text becomes the newest version, so the list of them tells what was in use when.
    internal static async Task<Results<Ok<KnowledgeResponse>, NotFound>> RollBack(
        Guid id, RollBackRequest request, ClaimsPrincipal user, AiDbContext db, KnowledgeHistory history, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await Find(id, user, db, cancellationToken) is not { } entry) return TypedResults.NotFound();
        var versions = await history.OfEntry(user.WorkspaceId(), id, cancellationToken);
        if (versions.FirstOrDefault(one => one.Version == request.Version) is not { } version) return TypedResults.NotFound();
        entry.Title = version.Title;
        entry.Body = version.Body;
        entry.Topics = [.. version.Topics];
        entry.Keywords = version.Keywords;
        entry.Url = version.Url;
        entry.UpdatedAt = time.GetUtcNow();
        return await Save(db, entry.WorkspaceId, cancellationToken) ? TypedResults.Ok(Show(entry)) : TypedResults.NotFound();
    }

    private static void Apply(KnowledgeRequest request, KnowledgeEntry entry)
    {
        (entry.Title, entry.Body) = (StorableText.From(request.Title), StorableText.From(request.Body));
        if (request.Topics is { } topics) entry.Topics = Topics(topics);
        if (request.Keywords is { } keywords) entry.Keywords = StorableText.From(keywords);
        entry.Url = request.Url is { } url ? StorableText.From(url) : null;
    }

    // A list in JSON may hold null whatever its type says.
    internal static string[] Topics(IEnumerable<string> given) => [.. given.OfType<string>().Select(StorableText.From)];

    private static Task<KnowledgeEntry?> Find(Guid id, ClaimsPrincipal user, AiDbContext db, CancellationToken cancellationToken)
    {
        var workspace = user.WorkspaceId();
        return db.KnowledgeEntries.SingleOrDefaultAsync(e => e.Id == id && e.WorkspaceId == workspace, cancellationToken);
    }

    // The change and the new version are one transaction: no replica remembers the old text under the new version.
    /// <param name="forgotten">What leaves no history; then no earlier version is whole any more.</param>
    /// <returns>As <see cref="Saved"/>.</returns>
    internal static Task<bool> Save(AiDbContext db, Guid workspaceId, CancellationToken cancellationToken, Guid? forgotten = null) =>
        Saved(() => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT raise_knowledge_version({workspaceId})", cancellationToken);
            if (forgotten is { } id)
            {
                await db.Database.ExecuteSqlAsync($"DELETE FROM knowledge_history WHERE item_id = {id} AND workspace_id = {workspaceId}", cancellationToken);
                await db.Database.ExecuteSqlAsync($"UPDATE knowledge_versions SET kept_since = version WHERE workspace_id = {workspaceId}", cancellationToken);
            }
            await transaction.CommitAsync(cancellationToken);
            db.ChangeTracker.AcceptAllChanges();
        }));

    /// <returns>False where somebody else took the name, removed it or dealt with it in this very moment.</returns>
    internal static async Task<bool> Saved(Func<Task> save)
    {
        try
        {
            await save();
            return true;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException or { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } })
        {
            return false;
        }
    }

    internal static KnowledgeResponse Show(KnowledgeEntry entry) => new(
        entry.Id, entry.Slug, entry.Language, entry.Title, entry.Body, entry.Topics, entry.Keywords, entry.Url, entry.UpdatedAt);
}
