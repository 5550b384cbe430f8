using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <param name="Bound">The budget of docs/architecture.md, where there is one.</param>
/// <param name="Holds">Whether the value is within it.</param>
internal sealed record Figure(string Name, double Value, string Unit, string? Bound = null, bool? Holds = null);

/// <summary>The figures of one benchmark: a table for people, JSON for programs.</summary>
internal sealed class Figures(string benchmark)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Figure> _figures = [];

    public void Add(string name, double value, string unit) => _figures.Add(new Figure(name, value, unit));

    public void AtMost(string name, double value, string unit, double bound) =>
        _figures.Add(new Figure(name, value, unit, "≤ " + Text(bound), value <= bound));

    public void AtLeast(string name, double value, string unit, double bound) =>
        _figures.Add(new Figure(name, value, unit, "≥ " + Text(bound), value >= bound));

    public bool AllHold => _figures.All(figure => figure.Holds is not false);

    public void Publish()
    {
        Console.WriteLine();
        Console.WriteLine(benchmark);
        var width = _figures.Max(figure => figure.Name.Length);
        foreach (var figure in _figures)
        {
            var verdict = figure.Holds switch { true => $"{figure.Bound} holds", false => $"{figure.Bound} does NOT hold", null => "" };
            Console.WriteLine($"  {figure.Name.PadRight(width)}  {Text(figure.Value),12} {figure.Unit,-12} {verdict}".TrimEnd());
        }

        var path = Path.Combine(Repository.Artifacts, $"bench-{benchmark}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(
            new { benchmark, at = TimeProvider.System.GetUtcNow(), cores = Environment.ProcessorCount, figures = _figures }, s_json));
        Console.WriteLine($"  written to {Path.GetRelativePath(Repository.Root, path)}");
    }

    private static string Text(double value) => value.ToString(
        Math.Abs(value) switch { >= 1000 => "#,0", >= 100 => "0", >= 10 => "0.0", _ => "0.00#" }, CultureInfo.InvariantCulture);
}
