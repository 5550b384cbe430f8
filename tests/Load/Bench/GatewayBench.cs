using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>The gateway with all its policies on, beside nginx with none, in front of the same service in the same run.</summary>
internal sealed class GatewayBench(Uri gateway, Uri nginx, Uri service, string token, int seconds)
{
    private const int Connections = 64;

    public static async Task<Figures> Run(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        var token = await system.Operator.Login(cancellationToken);
        var service = new Uri(system.Running.Replicas("chat")[0].Endpoints[0]);
        await using var nginx = await Nginx.Start(service, cancellationToken);
        var bench = new GatewayBench(system.Address, nginx.Address, service, token, Math.Max(5, options.Seconds / 2));
        var figures = new Figures("gateway");
        // The first costs the service next to nothing, so the proxies are what is measured; the second is what an operator's page asks.
        await bench.Compare(figures, "/.well-known/jwks.json", isBounded: true, cancellationToken);
        await bench.Compare(figures, "/api/auth/me", isBounded: false, cancellationToken);
        return figures;
    }

    private async Task Compare(Figures figures, string path, bool isBounded, CancellationToken cancellationToken)
    {
        await Wrk.Run(new Uri(gateway, path), Connections, seconds, token, cancellationToken);
        // Twice in turn, so that neither has the quieter half of the run.
        var ours = new List<WrkResult>();
        var theirs = new List<WrkResult>();
        for (var round = 0; round < 2; round++)
        {
            theirs.Add(await Wrk.Run(new Uri(nginx, path), Connections, seconds, token, cancellationToken));
            ours.Add(await Wrk.Run(new Uri(gateway, path), Connections, seconds, token, cancellationToken));
        }

        var direct = await Wrk.Run(new Uri(service, path), 1, seconds, token, cancellationToken);
        var alone = await Wrk.Run(new Uri(gateway, path), 1, seconds, token, cancellationToken);
        var ratio = ours.Average(run => run.PerSecond) / theirs.Average(run => run.PerSecond);
        var added = alone.P50Ms - direct.P50Ms;

        figures.Add($"{path}: gateway", ours.Average(run => run.PerSecond), "requests/s");
        figures.Add($"{path}: nginx", theirs.Average(run => run.PerSecond), "requests/s");
        figures.Add($"{path}: gateway, p99", ours.Max(run => run.P99Ms), "ms");
        figures.Add($"{path}: nginx, p99", theirs.Max(run => run.P99Ms), "ms");
        figures.AtMost($"{path}: failed requests", ours.Sum(run => run.Failed) + alone.Failed, "", 0);
        if (isBounded)
        {
            figures.AtLeast($"{path}: gateway / nginx", ratio, "", 0.50);
            figures.AtMost($"{path}: p50 added by the gateway, one connection", added, "ms", 0.3);
        }
        else
        {
            figures.Add($"{path}: gateway / nginx", ratio, "");
            figures.Add($"{path}: p50 added by the gateway, one connection", added, "ms");
        }
    }
}
