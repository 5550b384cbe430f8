using System.Text.Json.Serialization;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Something in a text that has a value of its own.</summary>
/// <param name="Start">Where it stands in the text as it was written.</param>
/// <param name="Confidence">0 to 1.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DateEntity), "date")]
[JsonDerivedType(typeof(TimeEntity), "time")]
[JsonDerivedType(typeof(MomentEntity), "moment")]
[JsonDerivedType(typeof(MoneyEntity), "money")]
[JsonDerivedType(typeof(QuantityEntity), "quantity")]
[JsonDerivedType(typeof(OrderNumberEntity), "orderNumber")]
[JsonDerivedType(typeof(PhoneEntity), "phone")]
[JsonDerivedType(typeof(EmailEntity), "email")]
public abstract record Entity(int Start, int Length, double Confidence)
{
    public int End => Start + Length;
}

public sealed record DateEntity(int Start, int Length, double Confidence, DateOnly Date) : Entity(Start, Length, Confidence);

public sealed record TimeEntity(int Start, int Length, double Confidence, TimeOnly Time) : Entity(Start, Length, Confidence);

/// <summary>A date and a time that belong together, or a distance from now.</summary>
public sealed record MomentEntity(int Start, int Length, double Confidence, DateTimeOffset At) : Entity(Start, Length, Confidence);

/// <param name="Currency">ISO 4217.</param>
public sealed record MoneyEntity(int Start, int Length, double Confidence, decimal Amount, string Currency) : Entity(Start, Length, Confidence);

/// <param name="Unit">In English: piece, person, ticket, kg, g, l, ml, m, cm, mm, hour, minute, day, week, month.</param>
public sealed record QuantityEntity(int Start, int Length, double Confidence, decimal Amount, string Unit) : Entity(Start, Length, Confidence);

public sealed record OrderNumberEntity(int Start, int Length, double Confidence, string Number) : Entity(Start, Length, Confidence);

/// <param name="International">E.164, such as +306912345678.</param>
/// <param name="National">As it is dialled at home, such as 6912345678; the international form where the country is not known.</param>
public sealed record PhoneEntity(int Start, int Length, double Confidence, string International, string National) : Entity(Start, Length, Confidence);

public sealed record EmailEntity(int Start, int Length, double Confidence, string Address) : Entity(Start, Length, Confidence);
