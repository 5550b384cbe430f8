using Assistify.LocalHosting.Processes;

namespace Assistify.LocalHosting.Servers;

/// <summary>A built .NET project as a process.</summary>
internal sealed class ServiceWorkload(
    string assembly, string projectFolder, Func<IReadOnlyDictionary<string, string>> environment, Uri? health, int healthStatus) : IWorkload
{
    // A health answer of one service is nobody else's business: no proxies, no cookies, no connection kept over a restart.
    private static readonly HttpClient s_http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromSeconds(30) })
    {
        Timeout = TimeSpan.FromSeconds(3),
    };

    public TimeSpan StopPatience => TimeSpan.FromSeconds(10);

    public string? WhyItMayNotStart => null;

    public Task<ProcessSpec> Prepare(CancellationToken cancellationToken)
    {
        if (!File.Exists(assembly))
            throw new StartException($"{assembly} is missing: build the solution first (./run does).");

        return Task.FromResult(new ProcessSpec(DotNet(), [assembly], environment()) { WorkingDirectory = projectFolder });
    }

    public async Task<bool> IsHealthy(CancellationToken cancellationToken)
    {
        if (health is null) return true;

        try
        {
            using var answer = await s_http.GetAsync(health, cancellationToken);
            return (int)answer.StatusCode == healthStatus;
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    // The host runs on the very runtime that its services need.
    private static string DotNet() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host)
            ? host
            : Tool.Find("dotnet", Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "/usr/share/dotnet")
              ?? throw new StartException("dotnet is not installed: install the .NET SDK.");
}
