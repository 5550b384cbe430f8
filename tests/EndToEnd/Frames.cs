using System.Text.Json;
using Assistify.Load.Systems;

namespace Assistify.EndToEnd;

/// <summary>How long each frame took while a page was used: reported and not judged, for the times are the machine's as much as ours.</summary>
internal static class Frames
{
    private const double Slow = 34;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>On the test's output, and as a file under <c>artifacts/</c>.</summary>
    public static async Task Report(string name, string of, IReadOnlyList<double> times)
    {
        var sorted = times.Order().ToList();
        var (median, p99, longest) = (sorted[sorted.Count / 2], sorted[^((sorted.Count / 100) + 1)], sorted[^1]);
        var slow = times.Count(static ms => ms > Slow);
        await TestContext.Out.WriteLineAsync(
            $"{of}, {times.Count} frames: median {median:0.0} ms, p99 {p99:0.0} ms, longest {longest:0.0} ms, {slow} over {Slow:0} ms");
        await File.WriteAllTextAsync(
            Path.Combine(Directory.CreateDirectory(Repository.Artifacts).FullName, $"frames-{name}.json"),
            JsonSerializer.Serialize(new { of, frames = times.Count, median, p99, longest, slow, slowOverMs = Slow }, s_json));
    }
}
