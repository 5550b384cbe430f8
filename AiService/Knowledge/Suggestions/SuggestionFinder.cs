using Assistify.Contracts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Assistify.AiService.Knowledge.Suggestions;

/// <summary>
/// Reads what customers asked and got no source for out of the answers and traces that are kept, so that it is forgotten with them: by age, and
/// when a customer is erased.
/// </summary>
internal sealed class SuggestionFinder(NpgsqlDataSource database, AiDbContext db)
{
    // A question is compared with all others: beyond this the older ones wait until the newer ones are dealt with.
    private const int MostQuestions = 1_000;
    private const int MostReplies = 5_000;

    private const string Questions = """
        SELECT t.reply_id, w.n, w.wish ->> 'text', t.trace ->> 'language', r.created_at
        FROM (
            SELECT conversation_id, version, created_at FROM replies
            WHERE workspace_id = $1 AND status = 'finished' AND reply -> 'citations' = '[]'::jsonb
            ORDER BY created_at DESC LIMIT $2) AS r
        JOIN traces t USING (conversation_id, version)
        CROSS JOIN LATERAL jsonb_array_elements(t.trace -> 'wishes') WITH ORDINALITY AS w(wish, n)
        WHERE t.workspace_id = $1 AND w.wish ->> 'kind' IN ('knowledge', 'open', 'products')
        ORDER BY r.created_at DESC LIMIT $3
        """;

    /// <summary>Groups that nobody dealt with, those asked most often first.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<UnansweredQuestion>>> Find(Guid workspaceId, CancellationToken cancellationToken)
    {
        var settled = await db.SettledQuestions.AsNoTracking().Where(s => s.WorkspaceId == workspaceId).ToDictionaryAsync(s => s.QuestionId, cancellationToken);
        var open = new List<IReadOnlyList<UnansweredQuestion>>();
        foreach (var group in QuestionGroups.Of(await Read(workspaceId, cancellationToken)))
        {
            var outcomes = group.Where(question => settled.ContainsKey(question.Id)).Select(question => settled[question.Id]).ToList();
            if (outcomes.Exists(outcome => outcome.Outcome == SettledQuestion.Dismissed)) continue;
            // Who asks again after the answer was written was not helped by it.
            var answered = outcomes.Select(outcome => outcome.CreatedAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
            var rest = group.FindAll(question => question.AskedAt > answered);
            if (rest.Count > 0) open.Add(rest);
        }
        return [.. open.OrderByDescending(group => group.Count).ThenByDescending(group => group.Max(question => question.AskedAt))];
    }

    private async Task<List<UnansweredQuestion>> Read(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Questions);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(MostReplies);
        command.Parameters.AddWithValue(MostQuestions);
        var questions = new List<UnansweredQuestion>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            questions.Add(new UnansweredQuestion(
                Identifiers.Derive($"question/{reader.GetGuid(0)}/{reader.GetInt64(1)}"), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
        }
        return questions;
    }
}
