using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Assistify.Load.Bench;

/// <param name="Failed">Answers that were not 2xx or 3xx, and broken connections.</param>
internal sealed record WrkResult(double PerSecond, double P50Ms, double P99Ms, int Failed);

/// <summary>The load generator wrk (Debian package), and what it prints.</summary>
internal static partial class Wrk
{
    public static async Task<WrkResult> Run(Uri address, int connections, int seconds, string token, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo("wrk",
            ["-t", "1", "-c", $"{connections}", "-d", $"{seconds}s", "--latency", "-H", $"Authorization: Bearer {token}", address.AbsoluteUri])
        {
            RedirectStandardOutput = true,
        };
        using var wrk = Process.Start(info) ?? throw new InvalidOperationException("wrk did not start.");
        var text = await wrk.StandardOutput.ReadToEndAsync(cancellationToken);
        await wrk.WaitForExitAsync(cancellationToken);
        if (wrk.ExitCode != 0) throw new InvalidOperationException($"wrk ended with exit code {wrk.ExitCode}: {text}");

        return new WrkResult(
            double.Parse(PerSecond().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            Milliseconds(P50().Match(text)), Milliseconds(P99().Match(text)),
            Count(NotOk().Match(text)) + SocketErrors().Match(text).Groups.Values.Skip(1).Where(group => group.Success).Sum(group => int.Parse(group.Value, CultureInfo.InvariantCulture)));
    }

    private static int Count(Match match) => match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    private static double Milliseconds(Match match) =>
        double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "us" => 0.001, "ms" => 1, "s" => 1000, _ => 60_000 };

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"50%\s+([0-9.]+)(us|ms|s|m)")]
    private static partial Regex P50();

    [GeneratedRegex(@"99%\s+([0-9.]+)(us|ms|s|m)")]
    private static partial Regex P99();

    [GeneratedRegex("Non-2xx or 3xx responses: ([0-9]+)")]
    private static partial Regex NotOk();

    [GeneratedRegex("Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)")]
    private static partial Regex SocketErrors();
}
