using System.Globalization;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Twilio;

/// <summary>
/// The filters of Twilio's message list. A message that was not sent yet is filtered by when it was made. <c>DateSent&gt;=…</c> reaches a
/// server as a parameter named <c>DateSent&gt;</c>; both bounds count themselves. A date without a time means the whole day in UTC.
/// </summary>
internal sealed record MessageFilter(string? To, string? From, DateTimeOffset? NotBefore, DateTimeOffset? Before)
{
    public bool Matches(Message message)
    {
        if (To is not null && message.To != To) return false;
        if (From is not null && message.From != From) return false;

        // Twilio's dates have seconds only.
        var sent = (message.State.SentAt ?? message.CreatedAt).ToUnixTimeSeconds();
        return !(NotBefore is { } first && sent < first.ToUnixTimeSeconds()) && !(Before is { } end && sent >= end.ToUnixTimeSeconds());
    }

    /// <summary>So much older than the filter's begin that the list, newest first, holds nothing more.</summary>
    public bool IsPast(Message message) => NotBefore is { } first && message.CreatedAt < first.AddHours(-1);

    public static bool TryParse(IQueryCollection query, out MessageFilter filter)
    {
        DateTimeOffset? notBefore = null;
        DateTimeOffset? before = null;
        var valid = true;
        foreach (var (name, values) in query)
        {
            if (!name.StartsWith("DateSent", StringComparison.Ordinal)) continue;
            if (!TryParse(values.ToString(), out var start, out var end))
            {
                valid = false;
                continue;
            }

            switch (name)
            {
                case "DateSent": (notBefore, before) = (start, end); break;
                case "DateSent>" or "DateSent>=" or "DateSentAfter": notBefore = start; break;
                case "DateSent<" or "DateSent<=" or "DateSentBefore": before = end; break;
            }
        }

        filter = new MessageFilter(Value(query, "To"), Value(query, "From"), notBefore, before);
        return valid;
    }

    private static string? Value(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;

    private static bool TryParse(string text, out DateTimeOffset start, out DateTimeOffset end)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            end = start.AddDays(1);
            return true;
        }

        var known = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out start);
        end = known ? start.AddSeconds(1) : start;
        return known;
    }
}
