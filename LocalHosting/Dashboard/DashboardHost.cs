using System.Globalization;
using System.Net;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.Running;
using Assistify.LocalHosting.Servers;
using Assistify.LocalHosting.State;

namespace Assistify.LocalHosting.Dashboard;

/// <summary>The real Aspire dashboard as one more process, and the service from which it learns about resources.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    public const string Kind = "Dashboard";
    private const int UsualPort = 18888;
    private readonly ResourceService _service;

    private DashboardHost(DashboardAddresses addresses, ResourceService service)
    {
        Addresses = addresses;
        _service = service;
    }

    public DashboardAddresses Addresses { get; }

    /// <summary>Null where the dashboard's binary is not installed: everything else works without it.</summary>
    public static DashboardHost? Create(SystemModel model, DataFolder data, Composition composition, Terminal terminal)
    {
        if (FindBinary(model.RepositoryRoot) is not { } binary)
        {
            terminal.Say("The Aspire dashboard is not installed (npm package @microsoft/aspire-cli-linux-x64); the system starts without it.");
            return null;
        }

        var port = FrontendPort(model, composition);
        var telemetryPort = composition.Port("dashboard-otlp");
        var servicePort = composition.Port("dashboard-resources");
        var addresses = new DashboardAddresses(
            $"http://localhost:{port}",
            data.Kept.GetOrAdd("dashboard-token", static () => Secret.Password(32)),
            $"http://localhost:{telemetryPort}",
            data.Kept.GetOrAdd("dashboard-telemetry-key", static () => Secret.Password(32)));
        var serviceKey = Secret.Password(32);
        composition.AddProcess("dashboard", "dashboard", Kind, new Workload(binary, data, addresses, servicePort, serviceKey));
        return new DashboardHost(addresses, new ResourceService(composition, servicePort, serviceKey));
    }

    public Task Start(CancellationToken cancellationToken) => _service.Start(cancellationToken);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static int FrontendPort(SystemModel model, Composition composition)
    {
        if (model.Configuration["ASSISTIFY_DASHBOARD_PORT"] is not { Length: > 0 } given)
        {
            // A second instance beside the first takes a port of its own.
            return FreePorts.IsFree(IPAddress.Loopback, UsualPort) ? UsualPort : composition.Port("dashboard");
        }

        var port = int.Parse(given, CultureInfo.InvariantCulture);
        return FreePorts.IsFree(IPAddress.Loopback, port)
            ? port
            : throw new StartException($"Port {port} is in use by another program: name another port in ASSISTIFY_DASHBOARD_PORT.");
    }

    private static string? FindBinary(string root)
    {
        var versions = Path.Combine(root, "tools", "dashboard", "node_modules", "@microsoft", "aspire-cli-linux-x64", "versions");
        return Directory.Exists(versions)
            ? Directory.GetDirectories(versions).OrderDescending()
                .Select(static version => Path.Combine(version, "managed", "aspire-managed")).FirstOrDefault(File.Exists)
            : null;
    }

    private sealed class Workload(
        string binary, DataFolder data, DashboardAddresses addresses, int servicePort, string serviceKey) : IWorkload
    {
        private static readonly HttpClient s_http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(3),
        };

        public bool IsOptional => true;

        public TimeSpan StopPatience => TimeSpan.FromSeconds(3);

        public string? WhyItMayNotStart => null;

        public Task<ProcessSpec> Prepare(CancellationToken cancellationToken)
        {
            var home = data.ServerFolder("dashboard", null);
            return Task.FromResult(new ProcessSpec(binary, ["dashboard"], BaseEnvironment.Create(
                ("HOME", home),
                ("ASPNETCORE_URLS", addresses.Frontend),
                ("ASPNETCORE_ENVIRONMENT", "Production"),
                ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", addresses.Telemetry),
                ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", $"http://localhost:{servicePort}"),
                ("DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE", "ApiKey"),
                ("DASHBOARD__RESOURCESERVICECLIENT__APIKEY", serviceKey),
                ("DASHBOARD__FRONTEND__AUTHMODE", "BrowserToken"),
                ("DASHBOARD__FRONTEND__BROWSERTOKEN", addresses.BrowserToken),
                ("DASHBOARD__OTLP__AUTHMODE", "ApiKey"),
                ("DASHBOARD__OTLP__PRIMARYAPIKEY", addresses.TelemetryKey),
                ("DASHBOARD__API__AUTHMODE", "ApiKey"),
                ("DASHBOARD__API__PRIMARYAPIKEY", addresses.TelemetryKey),
                // Enough to look at, and bounded under load.
                ("DASHBOARD__TELEMETRYLIMITS__MAXLOGCOUNT", "5000"),
                ("DASHBOARD__TELEMETRYLIMITS__MAXTRACECOUNT", "2000"),
                ("DASHBOARD__TELEMETRYLIMITS__MAXMETRICSCOUNT", "5000"),
                ("ASPIRE_DASHBOARD_TELEMETRY_OPTOUT", "true"),
                ("ASPIRE_CLI_TELEMETRY_OPTOUT", "true"),
                ("LOGGING__LOGLEVEL__DEFAULT", "Warning"),
                ("DOTNET_gcServer", "0"),
                ("DOTNET_GCConserveMemory", "5")))
            {
                WorkingDirectory = home,
            });
        }

        public async Task<bool> IsHealthy(CancellationToken cancellationToken)
        {
            try
            {
                using var answer = await s_http.GetAsync(new Uri(addresses.Frontend + "/login"), cancellationToken);
                return (int)answer.StatusCode < 500;
            }
            catch (Exception failure) when (failure is HttpRequestException
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return false;
            }
        }
    }
}
