using System.Text.RegularExpressions;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;

namespace Assistify.AiService.Replies;

/// <summary>Something that people do for the customer, such as an appointment. The assistant asks for what they need to know and passes it on.</summary>
/// <param name="Asked">What the assistant asked for just before; asked once, whatever the answer was.</param>
/// <param name="Continues">Begun by an earlier message.</param>
public sealed partial record Errand(string Intent, DateOnly? Day, TimeOnly? Time, string? Order, ErrandSlot? Asked = null, bool Continues = false)
{
    private static readonly Dictionary<string, ErrandSlot[]> s_slots = new(StringComparer.Ordinal)
    {
        [Intents.BookAppointment] = [ErrandSlot.Day, ErrandSlot.Time],
        [Intents.ChangeAppointment] = [ErrandSlot.Day, ErrandSlot.Time],
        [Intents.CancelAppointment] = [ErrandSlot.Day],
        [Intents.CancelOrder] = [ErrandSlot.Order],
        [Intents.ChangeOrder] = [ErrandSlot.Order],
    };

    /// <summary>What is to be asked next; null where people can take over.</summary>
    public ErrandSlot? Missing
    {
        get
        {
            foreach (var slot in s_slots[Intent])
            {
                if (In(slot) is null) return slot == Asked ? null : slot;
            }
            return null;
        }
    }

    /// <summary>All that is not known yet, in the order in which it is asked.</summary>
    public IReadOnlyList<ErrandSlot> Unknown => [.. s_slots[Intent].Where(slot => In(slot) is null)];

    /// <summary>The errand that a clause begins; null where its intent is none. An order that was spoken of before is the one that is meant.</summary>
    public static Errand? Begin(string intent, IReadOnlyList<Entity> entities, string? knownOrder)
    {
        if (!s_slots.TryGetValue(intent, out var slots)) return null;
        var errand = new Errand(intent, null, null, null).With(entities);
        return slots.Contains(ErrandSlot.Order) ? errand with { Order = errand.Order ?? knownOrder } : errand;
    }

    /// <summary>The errand with what a clause adds to it, which answers what was asked for.</summary>
    public Errand Continue(string clause, IReadOnlyList<Entity> entities, ErrandSlot asked)
    {
        var next = With(entities) with { Asked = asked, Continues = true };
        // Whoever is asked for a number writes it alone.
        return asked is ErrandSlot.Order && next.Order is null && BareNumber().Match(clause) is { Success: true } number ? next with { Order = number.Value } : next;
    }

    /// <summary>Whether more of what it needs is known than of the one before.</summary>
    public bool Adds(Errand earlier) => s_slots[Intent].Any(slot => !Equals(In(slot), earlier.In(slot)));

    private Errand With(IReadOnlyList<Entity> entities)
    {
        var next = this;
        foreach (var entity in entities)
        {
            next = entity switch
            {
                DateEntity date => next with { Day = date.Date },
                TimeEntity time => next with { Time = time.Time },
                MomentEntity moment => next with { Day = DateOnly.FromDateTime(moment.At.DateTime), Time = TimeOnly.FromDateTime(moment.At.DateTime) },
                OrderNumberEntity order => next with { Order = order.Number },
                _ => next,
            };
        }
        return next;
    }

    private object? In(ErrandSlot slot) => slot switch
    {
        ErrandSlot.Day => Day,
        ErrandSlot.Time => Time,
        _ => Order,
    };

    [GeneratedRegex(@"(?<!\w)(?:[A-Za-z]{1,4}-?)?[0-9][0-9-]{2,19}(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex BareNumber();
}

/// <summary>What people need to know for an errand.</summary>
public enum ErrandSlot
{
    Day,
    Time,
    Order,
}
