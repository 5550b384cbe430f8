namespace Assistify.Sandbox;

internal static class SandboxSetup
{
    public static void AddSandbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SandboxOptions>()
            .BindConfiguration(SandboxOptions.Section)
            .PostConfigure(options => options.DeliverTo ??= builder.Configuration["services:gateway:http:0"])
            .ValidateDataAnnotations()
            .Validate(options => string.IsNullOrEmpty(options.DeliverTo) || Uri.TryCreate(options.DeliverTo, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https",
                "Sandbox__DeliverTo must be an http or https address.")
            .ValidateOnStart();
        builder.Services.AddSingleton<LiveEvents>();

        // It shares the machine with what it is there to measure: a log line per request would cost more than the request.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }
}
