namespace Assistify.AiService.Understanding.Entities;

/// <summary>Time zones by their IANA names.</summary>
internal static class Zones
{
    /// <summary>UTC where none is named, or one that this machine does not know.</summary>
    public static TimeZoneInfo Of(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
