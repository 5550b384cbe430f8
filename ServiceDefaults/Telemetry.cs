using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Assistify.ServiceDefaults;

/// <summary>Traces, metrics and logs by OTLP, wired by hand (docs/decisions/0003).</summary>
internal static class Telemetry
{
    /// <summary>What is measured and traced: .NET's own sources, those of our libraries, and ours.</summary>
    public static readonly string[] Meters =
        ["System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "Npgsql", "MassTransit", "Yarp.ReverseProxy", "Assistify.*"];

    private static readonly string[] s_sources =
        ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "Yarp.ReverseProxy", "Assistify.*"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.AddOtlpExporter();
        });
        builder.Services.AddHostedService<TelemetryService>();
    }

    /// <summary>.NET's server span has no tags; these are the ones people search by. The query is left out: it may hold tokens.</summary>
    public static void UseRequestTags(this IApplicationBuilder app) => app.Use(static async (http, next) =>
    {
        var activity = Activity.Current;
        if (activity is null)
        {
            await next(http);
            return;
        }

        var path = http.Request.Path;
        if (path.StartsWithSegments("/health", StringComparison.Ordinal) || path == "/metrics")
        {
            // Probes come every few seconds and would bury what people look for.
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            activity.IsAllDataRequested = false;
            await next(http);
            return;
        }

        await next(http);

        if (!activity.IsAllDataRequested)
            return;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        activity.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        activity.SetTag("http.request.method", http.Request.Method);
        activity.SetTag("http.route", route);
        activity.SetTag("url.path", path.Value);
        activity.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            activity.SetStatus(ActivityStatusCode.Error);
    });

    // The exporters read OTEL_* themselves.
    private sealed class TelemetryService(IConfiguration configuration) : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var ratio = configuration.GetValue("Telemetry:TraceRatio", 1.0);
            _traces = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
                .AddSource(s_sources)
                .SetSampler(new ParentBasedSampler(new WithoutPolling(new TraceIdRatioBasedSampler(ratio))))
                .AddOtlpExporter()
                .Build();
            _metrics = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
                .AddMeter(Meters)
                .AddOtlpExporter()
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }
    }

    /// <summary>A client span without a parent is a background poll of the database or of another service, not somebody's message.</summary>
    private sealed class WithoutPolling(Sampler inner) : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            samplingParameters.Kind == ActivityKind.Client
                ? new SamplingResult(SamplingDecision.Drop)
                : inner.ShouldSample(samplingParameters);
    }
}
