namespace Assistify.AiService.Knowledge.Suggestions;

/// <param name="Id">Derived from the answer that knew nothing.</param>
/// <param name="Language">In which it was asked.</param>
internal sealed record UnansweredQuestion(Guid Id, string Text, string Language, DateTimeOffset AskedAt);

/// <summary>Puts questions together that ask the same in other words.</summary>
internal static class QuestionGroups
{
    // Of what a question has in common with itself: half is the same words in another order, or most of them.
    private const double Alike = 0.5;

    /// <summary>The first of each group is the one that was asked first.</summary>
    public static List<List<UnansweredQuestion>> Of(IEnumerable<UnansweredQuestion> questions)
    {
        var all = questions.OrderBy(question => question.AskedAt).ThenBy(question => question.Id).ToList();
        var index = new TextIndex([.. all.Select(question => new IndexedText(question.Id.ToString(), question.Text))]);
        var byId = all.ToDictionary(question => question.Id.ToString(), StringComparer.Ordinal);
        var taken = new HashSet<Guid>();
        var groups = new List<List<UnansweredQuestion>>();
        foreach (var first in all)
        {
            if (!taken.Add(first.Id)) continue;
            var group = new List<UnansweredQuestion> { first };
            var ranked = index.Rank(first.Text);
            var own = ranked.FirstOrDefault(other => other.Id == first.Id.ToString()).Score;
            foreach (var (id, score) in ranked)
            {
                if (score >= own * Alike && own > 0 && taken.Add(byId[id].Id)) group.Add(byId[id]);
            }
            groups.Add(group);
        }
        return groups;
    }
}
