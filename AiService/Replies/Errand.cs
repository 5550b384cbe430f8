using System.Text.RegularExpressions;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;

namespace Assistify.AiService.Replies;

/// <summary>
/// Something that people do for the customer, such as an appointment: the assistant asks for what they need to know and passes it on. Or an order
/// whose state it tells by itself, once it is proven whose it is.
/// </summary>
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
        [Intents.OrderStatus] = [ErrandSlot.Order, ErrandSlot.Contact],
    };

    /// <summary>The e-mail address or telephone number that an order was made with, as the customer wrote it.</summary>
    public string? Contact { get; init; }

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

    /// <summary>Whether whoever wants this needs something from the customer first.</summary>
    public static bool IsOne(string intent) => s_slots.ContainsKey(intent);

    /// <summary>The errand that a clause begins. An order that was spoken of before is the one that is meant.</summary>
    public static Errand Begin(string intent, string clause, IReadOnlyList<Entity> entities, string? knownOrder, string? knownContact)
    {
        var errand = new Errand(intent, null, null, null).With(clause, entities);
        return s_slots[intent].Contains(ErrandSlot.Order) ? errand with { Order = errand.Order ?? knownOrder, Contact = errand.Contact ?? knownContact } : errand;
    }

    /// <summary>The errand with what a clause adds to it, which answers what was asked for.</summary>
    public Errand Continue(string clause, IReadOnlyList<Entity> entities, ErrandSlot? asked)
    {
        var next = With(clause, entities) with { Asked = asked, Continues = true };
        if (asked is ErrandSlot.Order && next.Order is null)
        {
            // Whoever is asked for a number writes it alone, even if it looks like a telephone's.
            if (BareNumber().Match(clause) is { Success: true } alone && alone.Length == clause.Trim().Length) return this with { Order = alone.Value, Asked = asked, Continues = true };
            // What belongs to a contact is none.
            return BareNumber().Match(EntityReader.Without(clause, entities.Where(IsContact))) is { Success: true } number ? next with { Order = number.Value } : next;
        }
        return asked is ErrandSlot.Contact && next.Contact is null && BarePhone().Match(clause) is { Success: true } phone ? next with { Contact = phone.Value } : next;
    }

    /// <summary>Whether more of what it needs is known than of the one before.</summary>
    public bool Adds(Errand earlier) => s_slots[Intent].Any(slot => !Equals(In(slot), earlier.In(slot)));

    /// <summary>"I can't find it": no refusal, but an answer to a question for something that one must have at hand.</summary>
    public static bool IsLacking(ErrandSlot asked, string clause) => asked is ErrandSlot.Order or ErrandSlot.Contact && Lack().IsMatch(Words.Fold(clause));

    private Errand With(string clause, IReadOnlyList<Entity> entities)
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
                _ when IsContact(entity) => next with { Contact = clause.Substring(entity.Start, entity.Length).Trim() },
                _ => next,
            };
        }
        return next;
    }

    private static bool IsContact(Entity entity) => entity is EmailEntity or PhoneEntity;

    private object? In(ErrandSlot slot) => slot switch
    {
        ErrandSlot.Day => Day,
        ErrandSlot.Time => Time,
        ErrandSlot.Contact => Contact,
        _ => Order,
    };

    // Compared with folded text: lower case, no accents, no final sigma.
    [GeneratedRegex(
        @"\b(?:don['’]?t|do not|haven['’]?t|have not|can['’]?t|cannot|no longer|not)\b.*\b(?:have|got|know|remember|recall|find|sure)\b|\b(?:lost|forgot|forgotten|misplaced)\b|\bno idea\b|\bδεν\b.*(?:εχω|ξερω|γνωριζω|θυμαμαι|βρισκω|βρηκα)|\b(?:yok|bilmiyorum|hatirlamiyorum|bulamiyorum|kaybettim|unuttum)\b|\b(?:habe|weiss|weiß|finde|kenne|erinnere)\b.*\b(?:nicht|keine?)\b|\bkeine ahnung\b|\b(?:verloren|vergessen)\b|\bno\b.*\b(?:tengo|se|recuerdo|encuentro)\b|\b(?:perdi|olvide)\b|ليس (?:لدي|عندي|معي)|لا (?:اعرف|اعلم|اتذكر|اجد)|ما عندي|نسيت",
        RegexOptions.CultureInvariant)]
    private static partial Regex Lack();

    [GeneratedRegex(@"(?<!\w)(?:[A-Za-z]{1,4}-?)?[0-9][0-9-]{2,19}(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex BareNumber();

    [GeneratedRegex(@"(?<!\w)\+?[0-9(][0-9\s().-]{5,20}[0-9](?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex BarePhone();
}

/// <summary>What people need to know for an errand.</summary>
public enum ErrandSlot
{
    Day,
    Time,
    Order,
    Contact,
}
