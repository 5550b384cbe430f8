namespace Assistify.AiService.Understanding.Entities;

/// <summary>Finds what has a value in a text. Of two readings of the same place the surer one stays, then the longer.</summary>
internal static class EntityReader
{
    // "tomorrow at 5", "5 pm on Friday": as far apart as the words between a date and its time.
    private const int Together = 8;

    public static IReadOnlyList<Entity> Read(string text, EntityContext context)
    {
        var folded = new FoldedText(text.Length > Words.LongestText ? text[..Words.LongestText] : text);
        var found = DateReader.Read(folded, context)
            .Concat(TimeReader.Read(folded)).Concat(SpokenTimeReader.Read(folded)).Concat(AmountReader.Read(folded)).Concat(AddressReader.Read(folded)).Concat(PhoneReader.Read(folded, context.Country));
        var kept = new List<Entity>();
        foreach (var entity in found.OrderByDescending(entity => entity.Confidence).ThenByDescending(entity => entity.Length).ThenBy(entity => entity.Start))
        {
            if (!kept.Exists(other => other.Start < entity.End && entity.Start < other.End)) kept.Add(entity);
        }
        kept.Sort((a, b) => a.Start.CompareTo(b.Start));
        return Combine(kept, context);
    }

    /// <summary>The text with a blank in the place of each; they stand in it as they were read, one behind the other.</summary>
    public static string Without(string text, IEnumerable<Entity> entities)
    {
        foreach (var entity in entities.Reverse()) text = text.Remove(entity.Start, entity.Length).Insert(entity.Start, " ");
        return text;
    }

    private static List<Entity> Combine(List<Entity> entities, EntityContext context)
    {
        var combined = new List<Entity>(entities.Count);
        foreach (var entity in entities)
        {
            if (combined.Count > 0 && entity.Start - combined[^1].End <= Together && Moment(combined[^1], entity, context) is { } moment) combined[^1] = moment;
            else combined.Add(entity);
        }
        return combined;
    }

    private static MomentEntity? Moment(Entity first, Entity second, EntityContext context) => (first, second) switch
    {
        (DateEntity date, TimeEntity time) => Moment(first, second, context.At(date.Date, time.Time)),
        (TimeEntity time, DateEntity date) => Moment(first, second, context.At(date.Date, time.Time)),
        _ => null,
    };

    private static MomentEntity Moment(Entity first, Entity second, DateTimeOffset at) =>
        new(first.Start, second.End - first.Start, Math.Min(first.Confidence, second.Confidence), at);
}
