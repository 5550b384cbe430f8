namespace Assistify.AiService.Understanding.Entities;

/// <summary>What "tomorrow", "at five" and "05/06" mean to the one who writes.</summary>
/// <param name="Country">ISO 3166, for telephone numbers without a country.</param>
internal sealed record EntityContext(DateTimeOffset Now, TimeZoneInfo Zone, string Country = "GR", bool MonthFirst = false)
{
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);

    /// <summary>
    /// The moment at which clocks in the zone show this. Where they are put forward over it, it is as much later as they skip;
    /// where they show it twice, it is the first time.
    /// </summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        if (Zone.IsInvalidTime(local)) return Local(local - Zone.GetUtcOffset(local.AddDays(-1)));
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>Now and so much time that really passes, as clocks in the zone show it then.</summary>
    public DateTimeOffset After(TimeSpan time) => TimeZoneInfo.ConvertTime(Now + time, Zone);

    private DateTimeOffset Local(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc, TimeSpan.Zero), Zone);
}
