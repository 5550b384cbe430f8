using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Calendar;

/// <summary>The calendar's events. Every change has a number; a sync token is the number that its owner has seen.</summary>
internal sealed class CalendarStore(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (JsonObject Event, long Change)> _events = new(StringComparer.Ordinal);
    private long _change;
    private long _generation = time.GetUtcNow().ToUnixTimeMilliseconds();

    public bool TryGet(string id, [NotNullWhen(true)] out JsonObject? found)
    {
        lock (_gate)
        {
            found = _events.TryGetValue(id, out var kept) ? (JsonObject)kept.Event.DeepClone() : null;
            return found is not null;
        }
    }

    /// <returns>The event with its new etag.</returns>
    public JsonObject Put(JsonObject content)
    {
        lock (_gate)
        {
            var change = ++_change;
            var now = time.GetUtcNow();
            content["etag"] = string.Create(CultureInfo.InvariantCulture, $"\"3{_generation + change}\"");
            content["updated"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            _events[content.Text("id")!] = ((JsonObject)content.DeepClone(), change);
            return content;
        }
    }

    public List<JsonObject> All()
    {
        lock (_gate) return [.. _events.Values.OrderBy(one => one.Change).Select(one => (JsonObject)one.Event.DeepClone())];
    }

    /// <summary>What changed since the token; null where the token is too old to say.</summary>
    public List<JsonObject>? Since(string token)
    {
        lock (_gate)
        {
            var parts = token.Split('.');
            if (parts.Length != 2 || parts[0] != Generation || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) return null;
            return [.. _events.Values.Where(one => one.Change > seen).OrderBy(one => one.Change).Select(one => (JsonObject)one.Event.DeepClone())];
        }
    }

    public string SyncToken()
    {
        lock (_gate) return string.Create(CultureInfo.InvariantCulture, $"{Generation}.{_change}");
    }

    /// <summary>Everything is gone, and every sync token with it.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _events.Clear();
            _generation++;
        }
    }

    private string Generation => _generation.ToString(CultureInfo.InvariantCulture);
}
