using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Assistify.ServiceDefaults;

public static class ServiceDefaultsExtensions
{
    /// <summary>What every service does the same way: telemetry, health, Problem Details, time, JSON, metrics.</summary>
    public static void AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.AddTelemetry();
        // Statements at Information would be most of the log, and none of the story.
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // A statement that fails throws and is logged by whom it concerns; the first start's question for a history of migrations that is
        // not there yet is no failure at all.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<PrometheusMetrics>();
        builder.Services.AddHealthChecks();
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        // Thrown in every environment, so that the answer can name the field; not logged, it is the caller's mistake.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<ExceptionHandlerOptions>(handler =>
        {
            handler.StatusCodeSelector = StatusOf;
            handler.SuppressDiagnosticsCallback = static context => context.Exception is BadHttpRequestException;
        });
        builder.Services.AddProblemDetails(problem => problem.CustomizeProblemDetails = Complete);
    }

    /// <summary>Error answers, sign-in where it was added, health and metrics. Call before mapping endpoints.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseRequestTags();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapHealth();
        PrometheusMetrics.Map(app);
        return app;
    }

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            problem.Detail ??= "This cannot be done at the moment. Please repeat it.";
            if (context.HttpContext.Response.Headers.RetryAfter.Count == 0) context.HttpContext.Response.Headers.RetryAfter = "2";
        }
        if (context.Exception is not BadHttpRequestException bad)
            return;

        problem.Detail = bad.Message;
        if (bad.InnerException is JsonException json)
        {
            var field = json.Path is null or "$" or "" ? "body" : json.Path.TrimStart('$').TrimStart('.');
            problem.Extensions["errors"] = new Dictionary<string, string[]> { [field] = ["This is not what the field holds, or not JSON."] };
        }
    }

    // A request that cannot be read is the caller's fault; a server that is away is said so, and the call can be repeated.
    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when Failures.IsUnavailable(exception) || Failures.IsDoubtful(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
