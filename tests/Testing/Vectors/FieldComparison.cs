using System.Globalization;
using System.Text.Json.Nodes;

namespace Assistify.Testing.Vectors;

/// <summary>Compares what a file expects with what an item tells, name by name.</summary>
public static class FieldComparison
{
    private const decimal AboveAnySecond = 100_000_000_000;

    /// <returns>Null where they agree, otherwise the first difference.</returns>
    public static string? Difference(JsonObject expected, JsonObject actual)
    {
        foreach (var (name, value) in expected)
        {
            if (name == "dedup_key") continue;
            if (name is "ts" or "watermark")
            {
                if (!SameTime(value, actual[name])) return $"{name}: expected {value}, was {Text(actual[name])}";
            }
            else if (actual.ContainsKey(name))
            {
                if (!Same(value, actual[name])) return $"{name}: expected {Text(value)}, was {Text(actual[name])}";
            }
            else if (value is not null && !Leaves(value).All(leaf => Leaves(actual).Any(told => told.Contains(leaf, StringComparison.Ordinal))))
            {
                // A name that the neutral model does not have: what it says must be told under another one.
                return $"{name}: {Text(value)} is told nowhere";
            }
        }
        return null;
    }

    private static bool Same(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject wanted, JsonObject given) => Difference(wanted, given) is null,
        (JsonArray wanted, JsonArray given) => wanted.Count == given.Count && wanted.Zip(given).All(pair => Same(pair.First, pair.Second)),
        (JsonArray wanted, _) => wanted.Count == 0 && actual is null,
        (null, _) => actual is null || Text(actual).Length == 0,
        (_, null) => Text(expected).Length == 0,
        _ => Text(expected) == Text(actual)
            || (decimal.TryParse(Text(expected), NumberStyles.Float, CultureInfo.InvariantCulture, out var one)
                && decimal.TryParse(Text(actual), NumberStyles.Float, CultureInfo.InvariantCulture, out var other) && one == other),
    };

    // Seconds or milliseconds, as on the wire; ours are milliseconds.
    private static bool SameTime(JsonNode? expected, JsonNode? actual)
    {
        if (expected is null || actual is null) return expected is null;
        var wanted = decimal.Parse(Text(expected), NumberStyles.Float, CultureInfo.InvariantCulture);
        var given = (decimal)(long)actual;
        return wanted > AboveAnySecond ? wanted == given : decimal.Truncate(wanted * 1000) == given || wanted == decimal.Truncate(given / 1000);
    }

    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Leaves(pair.Value)),
        JsonArray list => list.SelectMany(Leaves),
        null => [],
        _ => [Text(node)],
    };

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
