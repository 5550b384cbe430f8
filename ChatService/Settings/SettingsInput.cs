using System.Text.Json;
using System.Text.RegularExpressions;
using Assistify.ChatService.Conversations.Endpoints;
using Assistify.ChatService.ResponseTargets;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Settings;

/// <summary>What the settings may hold. Each gives null for what is absent or wrong; what is wrong is noted.</summary>
internal static partial class SettingsInput
{
    private const int MostOrigins = 50;
    private const int MostBurstWaitMs = 60_000;
    private const int MostTimesADay = 4;
    private const int MostHolidays = 100;
    private const int MostTargetMinutes = 30 * 24 * 60;
    private static readonly string[] s_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static string? Text(Invalid invalid, string field, string? text, int most)
    {
        if (text is null) return null;
        text = text.Trim();
        if (text.Length > 0 && text.Length <= most && !text.Any(char.IsControl)) return text;
        invalid.Add(field, $"1 to {most} characters, none of them control characters.");
        return null;
    }

    public static string? TimeZone(Invalid invalid, string? id)
    {
        if (id is null) return null;
        if (id.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId) return id;
        invalid.Add("timeZone", "A name of the IANA time zone database, such as Europe/Nicosia.");
        return null;
    }

    public static string? Locale(Invalid invalid, string? tag)
    {
        if (tag is null || LanguageTag().IsMatch(tag)) return tag;
        invalid.Add("locale", "A BCP 47 tag, such as en or el-CY.");
        return null;
    }

    public static IReadOnlyList<string>? Origins(Invalid invalid, IReadOnlyList<string?>? origins)
    {
        if (origins is null) return null;
        var taken = origins.Select(Origin).ToList();
        if (taken.Count <= MostOrigins && taken.TrueForAll(origin => origin is not null)) return [.. taken.OfType<string>().Distinct()];
        invalid.Add("allowedOrigins", $"At most {MostOrigins} origins such as https://shop.example.com.");
        return null;
    }

    public static int? BurstWait(Invalid invalid, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var wait) && wait is >= 0 and <= MostBurstWaitMs) return wait;
        invalid.Add("burstWaitMs", $"A whole number from 0 to {MostBurstWaitMs}, or null.");
        return null;
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<OpeningTime>>? BusinessHours(Invalid invalid, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (Read<Dictionary<string, IReadOnlyList<OpeningTime>>>(value) is { } days && days.All(day => s_days.Contains(day.Key) && IsInOrder(day.Value)))
            return s_days.ToDictionary(day => day, day => days.GetValueOrDefault(day) ?? []);
        invalid.Add("businessHours", """By day, such as { "monday": [{ "from": "09:00", "to": "17:30" }] }, or null.""");
        return null;
    }

    public static Targets? Targets(Invalid invalid, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (Read<Targets>(value) is { } targets
            && IsTime(targets.FirstResponseMinutes) && IsTime(targets.NextResponseMinutes) && IsTime(targets.ResolutionMinutes))
        {
            return targets;
        }

        invalid.Add("targets", $$"""Minutes from 1 to {{MostTargetMinutes}}, such as { "firstResponseMinutes": 15, "businessHoursOnly": true }, or null.""");
        return null;

        static bool IsTime(int? minutes) => minutes is null or (>= 1 and <= MostTargetMinutes);
    }

    public static PreChat? PreChat(Invalid invalid, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (Read<PreChat>(value) is { } asked && (asked.Name ?? asked.Email) is not null && IsAsked(asked.Name) && IsAsked(asked.Email) && IsAsked(asked.Message))
            return asked;
        invalid.Add("preChat", """Name or e-mail, "optional" or "required", such as { "name": "required", "email": "optional", "message": "optional" }, or null.""");
        return null;

        static bool IsAsked(string? how) => how is null or "optional" or "required";
    }

    public static IReadOnlyList<SpecialDay>? Holidays(Invalid invalid, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (Read<IReadOnlyList<SpecialDay?>>(value) is { Count: <= MostHolidays } days && days.All(IsDay) && days.DistinctBy(day => (day!.Date, day.Yearly)).Count() == days.Count)
            return days.Count == 0 ? null : [.. days.OfType<SpecialDay>().Select(day => day with { Name = day.Name.Trim() }).OrderBy(day => day.Date)];
        invalid.Add("holidays", $$"""At most {{MostHolidays}} different days, such as { "date": "2026-12-25", "name": "Christmas", "yearly": true, "times": [] }, or null.""");
        return null;

        static bool IsDay(SpecialDay? day) =>
            day is { Name: { } name } && name.Trim().Length is > 0 and <= 100 && !name.Any(char.IsControl) && day.Date.Year > 2000 && IsInOrder(day.Times);
    }

    public static EnquiryTemplate? EnquiryTemplate(Invalid invalid, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (Read<EnquiryTemplate>(value) is { Name: { } name } template && IsShort(name, TemplateRequest.LongestName) && (template.Language is null || IsShort(template.Language, TemplateRequest.LongestLanguage)))
            return new EnquiryTemplate(name.Trim(), template.Language?.Trim());
        invalid.Add("enquiryTemplate", """A template of the channel's provider with two places, the product and the question, such as { "name": "ask_seller", "language": "en" }, or null.""");
        return null;

        static bool IsShort(string text, int most) => text.Trim().Length > 0 && text.Length <= most && !text.Any(char.IsControl);
    }

    /// <summary>Null where it is not of this form, or half a surrogate pair is in it.</summary>
    private static T? Read<T>(JsonElement value) where T : class
    {
        try
        {
            return value.Deserialize<T>(Json.Options);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsInOrder(IReadOnlyList<OpeningTime>? times)
    {
        if (times is null || times.Count > MostTimesADay) return false;
        var last = TimeSpan.MinValue;
        foreach (var time in times)
        {
            if (time is null || OpeningTime.Clock(time.From) is not { } from || OpeningTime.Clock(time.To) is not { } to || from < last || to <= from) return false;
            last = to;
        }

        return true;
    }

    private static string? Origin(string? text) =>
        text is { Length: <= 300 } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;

    [GeneratedRegex("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
