using System.Diagnostics;
using System.Text.Json;
using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>
/// What the pages weigh compressed, against the budgets that fail the build, and how soon a browser shows them and lets a person
/// begin: with nothing of them, and the inbox with what the sign-in left in its cache. The times are the machine's as much as ours and have no bound.
/// </summary>
internal static class WebBench
{
    private const double Kilobyte = 1000;
    private static readonly string s_web = Path.Combine(Repository.Root, "web");

    public static async Task<Figures> Run(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        var figures = new Figures("web");
        var sizes = await Node(["dev/budgets.mjs", "--json"], cancellationToken);
        foreach (var size in sizes.EnumerateArray())
        {
            figures.AtMost(
                $"{size.GetProperty("name").GetString()}: first load, compressed", size.GetProperty("size").GetDouble() / Kilobyte, "kB", size.GetProperty("most").GetDouble() / Kilobyte);
        }

        var rounds = Math.Clamp(options.Seconds / 2, 3, 15);
        var times = await Node(
            ["dev/timings.mjs", system.Address.ToString(), system.Running.OwnerEmail, system.Running.OwnerPassword, $"{rounds}"], cancellationToken);
        foreach (var page in times.EnumerateObject())
        {
            figures.Add($"{page.Name}: first paint", page.Value.GetProperty("paint").GetDouble(), "ms");
            figures.Add($"{page.Name}: interactive", page.Value.GetProperty("interactive").GetDouble(), "ms");
            figures.Add($"{page.Name}: received", page.Value.GetProperty("bytes").GetDouble() / Kilobyte, "kB");
        }

        return figures;
    }

    private static async Task<JsonElement> Node(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = s_web, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw new InvalidOperationException($"node {arguments[0]} ended with {process.ExitCode}; its reason stands above.");
        return JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
    }
}
