using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Assistify.ServiceDefaults;

/// <summary>
/// <c>/health</c> and <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve; degraded is ready.
/// <c>/health/comprehensive</c>: each dependency with its state, latency and the age of that knowledge.
/// </summary>
public static class Health
{
    /// <summary>Tag of the checks that decide whether the service can serve.</summary>
    public const string Ready = "ready";

    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(1);

    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        var latest = new LatestReport(
            app.ServiceProvider.GetRequiredService<HealthCheckService>(), app.ServiceProvider.GetRequiredService<TimeProvider>());

        app.MapGet("/health", Live);
        app.MapGet("/health/live", Live);
        app.MapGet("/health/ready", async (CancellationToken cancellationToken) =>
        {
            var (report, _) = await latest.Get(cancellationToken);
            return Results.Json(
                new { status = Name(report.Status) },
                statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        });
        app.MapGet("/health/comprehensive", async (HttpContext http, IHostEnvironment environment, CancellationToken cancellationToken) =>
        {
            if (!environment.IsDevelopment() && !IsOperator(http))
                return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "Sign in as an operator to see the dependencies.");

            var (report, age) = await latest.Get(cancellationToken);
            return Results.Json(new
            {
                status = Name(report.Status),
                dependencies = report.Entries.Select(entry => new
                {
                    name = entry.Key,
                    status = Name(entry.Value.Status),
                    latencyMs = Math.Round(entry.Value.Duration.TotalMilliseconds, 1),
                    ageMs = Math.Round(age.TotalMilliseconds),
                    description = entry.Value.Description,
                }),
            });
        });

        static IResult Live() => Results.Json(new { status = "healthy" });
    }

    private static bool IsOperator(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true && !http.User.HasClaim("role", "customer");

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };

    /// <summary>Whoever asks within a second shares one round of checks, so that probes cost the dependencies little.</summary>
    private sealed class LatestReport(HealthCheckService checks, TimeProvider time)
    {
        private readonly Lock _lock = new();
        private Task<HealthReport>? _latest;
        private DateTimeOffset _at;

        public async Task<(HealthReport Report, TimeSpan Age)> Get(CancellationToken cancellationToken)
        {
            Task<HealthReport> latest;
            DateTimeOffset at;
            lock (_lock)
            {
                if (_latest is null || _latest.IsFaulted || (_latest.IsCompleted && time.GetUtcNow() - _at >= s_freshness))
                {
                    _latest = checks.CheckHealthAsync(static check => check.Tags.Contains(Ready), CancellationToken.None);
                    _at = time.GetUtcNow();
                }

                (latest, at) = (_latest, _at);
            }

            return (await latest.WaitAsync(cancellationToken), time.GetUtcNow() - at);
        }
    }
}
