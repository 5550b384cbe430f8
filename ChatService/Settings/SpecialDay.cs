using System.Text.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Settings;

/// <summary>A day with hours of its own, whatever weekday it is.</summary>
/// <param name="Yearly">On this day and month of every year.</param>
/// <param name="Times">When people answer on it; nothing: closed.</param>
internal sealed record SpecialDay(DateOnly Date, string Name, bool Yearly, IReadOnlyList<OpeningTime> Times)
{
    /// <summary>From the stored settings; none where there are none.</summary>
    public static IReadOnlyList<SpecialDay> Read(string? stored) =>
        stored is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<SpecialDay>>(stored, Json.Options)!;

    public Holiday AsHoliday() =>
        new(Date, Name, Yearly, [.. Times.Select(static time => new HolidayTime(OpeningTime.Clock(time.From)!.Value, OpeningTime.Clock(time.To)!.Value))]);
}
