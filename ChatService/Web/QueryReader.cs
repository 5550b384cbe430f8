using System.Globalization;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Web;

/// <summary>Reads query parameters and says by name which of them are wrong.</summary>
internal sealed class QueryReader(HttpRequest request)
{
    public Invalid Errors { get; } = new();

    public string? Text(string name, int most = 200)
    {
        if (request.Query[name] is not [{ Length: > 0 } value, ..]) return null;
        Errors.TooLong(name, value, most);
        return StorableText.From(value);
    }

    public long? Number(string name, long least, long most)
    {
        if (Text(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Errors.Add(name, $"A whole number from {least} to {most}.");
        return null;
    }

    public Guid? Id(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Guid.TryParse(text, out var id)) return id;
        Errors.Add(name, "A UUID.");
        return null;
    }

    /// <summary>Several, with commas between them.</summary>
    public Guid[]? Ids(string name, int most)
    {
        // Each is 36 characters with its comma after it.
        if (Text(name, most * 37) is not { } text) return null;
        var ids = text.Split(',').Select(static part => Guid.TryParse(part, out var id) ? id : (Guid?)null).ToList();
        if (ids.Count <= most && ids.All(static id => id is not null)) return [.. ids.OfType<Guid>()];
        Errors.Add(name, $"At most {most} UUIDs, with commas between them.");
        return null;
    }

    public string? OneOf(string name, params string[] allowed)
    {
        if (Text(name) is not { } text || allowed.Contains(text)) return Text(name);
        Errors.Add(name, $"One of {string.Join(", ", allowed)}.");
        return null;
    }

    /// <summary>Where the last page ended.</summary>
    public (DateTimeOffset At, Guid Id)? Cursor(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Web.Cursor.TryRead(text, out var position)) return position;
        Errors.Add(name, "Not a cursor of an earlier answer.");
        return null;
    }
}

internal static class Cursor
{
    public static string Write(DateTimeOffset at, Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:x}-{id:N}");

    public static bool TryRead(string text, out (DateTimeOffset At, Guid Id) position)
    {
        position = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks || !Guid.TryParseExact(text.AsSpan(dash + 1), "N", out var id))
        {
            return false;
        }

        position = (new DateTimeOffset(ticks, TimeSpan.Zero), id);
        return true;
    }
}
