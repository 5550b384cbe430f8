using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>From starting AppHost until everything is ready: with nothing there, and on a set-up machine.</summary>
internal static class StartupBench
{
    public static async Task<Figures> Run(BenchOptions options, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Path.GetTempPath(), "assistify-tests", $"startup-{Environment.ProcessId}");
        var figures = new Figures("startup");
        try
        {
            var given = options.System() with { DataFolder = folder };
            var first = await Once(given, cancellationToken);
            var second = await Once(given, cancellationToken);
            figures.Add("first start, empty data folder", first.TotalSeconds, "s");
            figures.AtMost("second start", second.TotalSeconds, "s", 20);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return figures;
    }

    private static async Task<TimeSpan> Once(SystemOptions options, CancellationToken cancellationToken)
    {
        await using var system = await TestedSystem.Start(options, cancellationToken);
        return system.Startup;
    }
}
