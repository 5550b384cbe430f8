using System.Collections.Concurrent;

namespace Assistify.AiService.Knowledge;

/// <summary>
/// Puts what the database found into its final order: the database's own rank (words and misspelt words) together with that of <see cref="TextIndex"/>
/// (rare words and pieces of words) and the place among what means the same, after what was written for the question's topic.
/// </summary>
internal sealed class EntryRanker
{
    private const int Most = 8;
    private const double TopicShare = 1;
    private const double DatabaseShare = 0.4;

    // By the place, not by the cosine: each model has its own idea of what 0.4 is.
    private const double LikenessShare = 0.6;
    private const double HalfAfter = 3;
    private const int MaxRemembered = 5_000;

    private readonly ConcurrentDictionary<(Guid Id, long KnowledgeVersion), PreparedText> _prepared = new();

    public IReadOnlyList<FoundEntry> Rank(EntryQuestion question, IReadOnlyList<FoundEntry> found)
    {
        if (found.Count < 2) return found;
        var index = new TextIndex([.. found.Select(entry => Prepare(entry, question.KnowledgeVersion))]);
        var scores = index.Rank(string.Join(' ', question.Words)).ToDictionary(ranked => ranked.Id, ranked => ranked.Score, StringComparer.Ordinal);
        var most = Math.Max(found.Max(entry => entry.Rank), double.Epsilon);
        return
        [
            .. found.Select(entry => entry with
            {
                Rank = (question.Topic is { } topic && entry.Topics.Contains(topic) ? TopicShare : 0)
                    + DatabaseShare * entry.Rank / most + scores.GetValueOrDefault(entry.Id.ToString())
                    + (entry.Likeness is { } place ? LikenessShare / (1 + place / HalfAfter) : 0),
            }).OrderByDescending(entry => entry.Rank).ThenBy(entry => entry.Id).Take(Most),
        ];
    }

    private PreparedText Prepare(FoundEntry entry, long knowledgeVersion)
    {
        // Forgetting everything at once is crude and costs a few milliseconds once in a long while.
        if (_prepared.Count >= MaxRemembered) _prepared.Clear();
        return _prepared.GetOrAdd((entry.Id, knowledgeVersion), static (_, found) =>
            PreparedText.Of(new IndexedText(found.Id.ToString(), $"{found.Title} {found.Keywords} {found.Body}")), entry);
    }
}
