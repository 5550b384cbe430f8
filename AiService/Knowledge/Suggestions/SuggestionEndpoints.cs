using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Assistify.AiService.Publishing;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assistify.AiService.Knowledge.Suggestions;

/// <param name="Question">As it was asked last.</param>
/// <param name="Questions">The different ways in which it was asked, the latest first.</param>
public sealed record Suggestion(
    Guid Id, string Question, string Language, int Count, IReadOnlyList<string> Questions, DateTimeOffset FirstAskedAt, DateTimeOffset LastAskedAt);

public sealed record SuggestionList(IReadOnlyList<Suggestion> Items);

/// <param name="Title">Else the question as it was asked last, without what is the customer's own in it.</param>
/// <param name="Language">Of the answer; else the question's.</param>
public sealed record AnswerRequest(
    [property: Required, StringLength(10_000, MinimumLength = 1)] string Answer,
    [property: StringLength(200, MinimumLength = 1)] string? Title = null,
    [property: RegularExpression("^[a-z]{2}$")] string? Language = null,
    [property: MaxLength(20)] IReadOnlyList<string>? Topics = null,
    [property: Url, StringLength(2_000)] string? Url = null);

/// <summary>What customers ask and nobody has written down: an answer given here is knowledge at once.</summary>
internal static class SuggestionEndpoints
{
    private const int MostShown = 100;
    private const int MostPhrasings = 10;
    private const int LongestTitle = 200;
    private const int LongestKeywords = 2_000;

    public static void MapSuggestions(this IEndpointRouteBuilder app)
    {
        var suggestions = app.MapGroup("/api/knowledge/suggestions").RequireAuthorization(Policies.Admin);
        suggestions.MapGet("/", List).WithName("ListSuggestions").WithSummary("Questions that no knowledge answers, similar ones together");
        suggestions.MapPost("/{id:guid}/answer", Answer).WithName("AnswerSuggestion").WithSummary("Turn an answer into knowledge");
        suggestions.MapPost("/{id:guid}/dismiss", Dismiss).WithName("DismissSuggestion").WithSummary("Stop suggesting this and what is like it");
    }

    internal static async Task<Ok<SuggestionList>> List(ClaimsPrincipal user, SuggestionFinder finder, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SuggestionList([.. (await finder.Find(user.WorkspaceId(), cancellationToken)).Take(MostShown).Select(Show)]));

    internal static async Task<Results<Created<KnowledgeResponse>, NotFound, Conflict, ProblemHttpResult>> Answer(
        Guid id, AnswerRequest request, ClaimsPrincipal user, SuggestionFinder finder, AiDbContext db, PublishingGate gate, TimeProvider time, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (await Find(id, user, finder, cancellationToken) is not { } group) return TypedResults.NotFound();
        var now = time.GetUtcNow();
        var entryId = Guid.CreateVersion7(now);
        var suggestion = Show(group);
        var entry = new KnowledgeEntry
        {
            Id = entryId,
            WorkspaceId = user.WorkspaceId(),
            Slug = entryId.ToString("N"),
            Language = request.Language ?? suggestion.Language,
            Title = StorableText.From(request.Title ?? TitleOf(suggestion.Question)),
            Body = StorableText.From(request.Answer),
            Topics = KnowledgeEndpoints.Topics(request.Topics ?? []),
            Keywords = KeywordsOf(group),
            Url = request.Url is { } url ? StorableText.From(url) : null,
            UpdatedAt = now,
        };
        if (await gate.Refuse(user, KnowledgeChange.Of(entry), force, cancellationToken) is { } refused) return refused;
        db.KnowledgeEntries.Add(entry);
        Settle(group, SettledQuestion.Answered, user, db, now);
        if (!await KnowledgeEndpoints.Save(db, entry.WorkspaceId, cancellationToken)) return TypedResults.Conflict();
        return TypedResults.Created($"/api/knowledge/{entryId}", KnowledgeEndpoints.Show(entry));
    }

    internal static async Task<Results<NoContent, NotFound, Conflict>> Dismiss(
        Guid id, ClaimsPrincipal user, SuggestionFinder finder, AiDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await Find(id, user, finder, cancellationToken) is not { } group) return TypedResults.NotFound();
        Settle(group, SettledQuestion.Dismissed, user, db, time.GetUtcNow());
        return await KnowledgeEndpoints.Saved(() => db.SaveChangesAsync(cancellationToken)) ? TypedResults.NoContent() : TypedResults.Conflict();
    }

    private static async Task<IReadOnlyList<UnansweredQuestion>?> Find(Guid id, ClaimsPrincipal user, SuggestionFinder finder, CancellationToken cancellationToken) =>
        (await finder.Find(user.WorkspaceId(), cancellationToken)).FirstOrDefault(group => group.Any(question => question.Id == id));

    private static void Settle(IReadOnlyList<UnansweredQuestion> group, string outcome, ClaimsPrincipal user, AiDbContext db, DateTimeOffset now) =>
        db.SettledQuestions.AddRange(group.Select(question => new SettledQuestion
        {
            WorkspaceId = user.WorkspaceId(), QuestionId = question.Id, Outcome = outcome, SettledBy = user.Id(), CreatedAt = now,
        }));

    private static Suggestion Show(IReadOnlyList<UnansweredQuestion> group)
    {
        var latest = group.OrderByDescending(question => question.AskedAt).ToList();
        return new Suggestion(
            group[0].Id, latest[0].Text, latest[0].Language, group.Count,
            [.. latest.Select(question => question.Text).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostPhrasings)], group.Min(question => question.AskedAt), latest[0].AskedAt);
    }

    // Addresses and numbers of orders are the customer's: knowledge outlives him.
    private static string TitleOf(string question)
    {
        var entities = EntityReader.Read(question, new EntityContext(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc));
        question = EntityReader.Without(question, entities.Where(entity => entity is EmailEntity or PhoneEntity or OrderNumberEntity));
        question = string.Join(' ', question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return question.Length <= LongestTitle ? question : StorableText.From(question[..LongestTitle]);
    }

    // The telling words of all phrasings, so that the next one who uses them finds the answer.
    private static string KeywordsOf(IReadOnlyList<UnansweredQuestion> group)
    {
        var words = group.SelectMany(question => Planner.TermsOf(TitleOf(question.Text))).Select(term => term.Written)
            .Where(word => !word.Any(char.IsDigit)).Distinct(StringComparer.Ordinal);
        var keywords = new System.Text.StringBuilder();
        foreach (var word in words.TakeWhile(word => keywords.Length + word.Length < LongestKeywords)) keywords.Append(keywords.Length > 0 ? " " : "").Append(word);
        return keywords.ToString();
    }
}
