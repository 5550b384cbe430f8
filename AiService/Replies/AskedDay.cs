using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;

namespace Assistify.AiService.Replies;

/// <summary>The days that a question names ("tomorrow", "on 25 December"), in the words in which opening hours are written.</summary>
internal static class AskedDay
{
    public static bool IsNamed(IReadOnlyList<Entity> entities) => Of(entities).Any();

    public static IEnumerable<DateOnly> Of(IReadOnlyList<Entity> entities) => entities.Select(Of).OfType<DateOnly>();

    /// <summary>The terms of the clause with each day by its weekday, and by "holiday" where it is one.</summary>
    public static IReadOnlyList<Term> Terms(string clause, IReadOnlyList<Term> terms, IReadOnlyList<Entity> entities)
    {
        if (!IsNamed(entities)) return terms;
        var rest = clause;
        foreach (var entity in entities.Reverse().Where(entity => Of(entity) is not null)) rest = rest.Remove(entity.Start, entity.Length).Insert(entity.Start, " ");
        var all = Planner.TermsOf(rest);
        foreach (var entity in entities)
        {
            if (Of(entity) is not { } day) continue;
            Add(all, day.DayOfWeek.ToString().ToLowerInvariant());
            if (Holidays.Includes(day)) Add(all, Holidays.Meaning);
        }
        return all;
    }

    private static void Add(List<Term> terms, string name)
    {
        if (!terms.Exists(term => term.Meaning == name)) terms.Add(new Term(name, name));
    }

    private static DateOnly? Of(Entity entity) => entity switch
    {
        DateEntity date => date.Date,
        MomentEntity moment => DateOnly.FromDateTime(moment.At.DateTime),
        _ => null,
    };
}
