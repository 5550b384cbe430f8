using Aspire.Hosting.ApplicationModel;
using Assistify.LocalHosting.Dashboard;

namespace Assistify.LocalHosting.Running;

/// <summary>The environment of one replica, as Aspire would inject it.</summary>
internal static class ServiceEnvironment
{
    public static IReadOnlyList<EnvironmentVariable> Of(
        ProjectResource project, int replica, string instanceName, string bindAddress, DashboardAddresses? dashboard)
    {
        var variables = new Dictionary<string, EnvironmentVariable>(StringComparer.Ordinal);
        if (project.Endpoints.Count > 0)
        {
            Set("ASPNETCORE_URLS", string.Join(';', project.Endpoints.Select(endpoint =>
                $"http://{(endpoint.IsExternal ? bindAddress : "127.0.0.1")}:{endpoint.Ports[replica]}")));
        }

        foreach (var endpoint in project.Endpoints.Where(static endpoint => endpoint.Variable is not null))
            Set(endpoint.Variable!, $"{endpoint.Ports[replica]}");

        Set("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        Set("LOGGING__CONSOLE__FORMATTEROPTIONS__SINGLELINE", "true");
        Set("LOGGING__LOGLEVEL__MICROSOFT.ASPNETCORE", "Warning");
        Set("LOGGING__LOGLEVEL__NPGSQL", "Warning");
        Set("LOGGING__LOGLEVEL__SYSTEM.NET.HTTP", "Warning");
        Set("LOGGING__LOGLEVEL__MICROSOFT.ENTITYFRAMEWORKCORE", "Warning");
        Set("MASSTRANSIT_USAGE_TELEMETRY", "false");
        Set("OTEL_SERVICE_NAME", project.Name);
        Set("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={instanceName}");
        if (dashboard is not null)
        {
            Set("OTEL_EXPORTER_OTLP_ENDPOINT", dashboard.Telemetry);
            Set("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
            Add(new EnvironmentVariable("OTEL_EXPORTER_OTLP_HEADERS", $"x-otlp-api-key={dashboard.TelemetryKey}", IsSecret: true));
            Set("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        }

        // The model's own come last: what AppHost says counts.
        foreach (var variable in project.Environment.SelectMany(static source => source())) Add(variable);

        if (!variables.TryGetValue("ASPNETCORE_ENVIRONMENT", out var environment)) Set("ASPNETCORE_ENVIRONMENT", "Development");
        if (dashboard is not null && (environment?.Value ?? "Development") == "Development")
        {
            Set("OTEL_BLRP_SCHEDULE_DELAY", "1000");
            Set("OTEL_BSP_SCHEDULE_DELAY", "1000");
            Set("OTEL_METRIC_EXPORT_INTERVAL", "1000");
            if (!variables.ContainsKey("OTEL_TRACES_SAMPLER")) Set("OTEL_TRACES_SAMPLER", "always_on");
            // For a link to it. Who follows it needs the token that the terminal shows.
            if (!variables.ContainsKey("ASSISTIFY_DASHBOARD_URL")) Set("ASSISTIFY_DASHBOARD_URL", dashboard.Frontend);
        }

        return [.. variables.Values];

        void Set(string name, string value) => Add(new EnvironmentVariable(name, value));
        void Add(EnvironmentVariable variable) => variables[variable.Name] = variable;
    }
}
