using System.Net;
using Assistify.Gateway.Proxy;
using Assistify.ServiceDefaults;
using Microsoft.AspNetCore.HttpOverrides;

namespace Assistify.Gateway.Edge;

/// <summary>What is decided about a request before anybody looks where it goes.</summary>
internal static class EdgeExtensions
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TrustedHosts>();
        builder.Services.AddSingleton<AllowedOrigins>();
        builder.Services.AddSingleton<Secrets>().AddSingleton<InternalCalls>();
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<WorkspaceOrigins>(
            services,
            new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
            {
                Timeout = TimeSpan.FromSeconds(2),
            },
            (IReadOnlyList<Uri>)Services.Addresses(builder.Configuration, "chat")));
        // Nothing per request: what a service does is in its own log, and addresses may hold tokens.
        builder.Logging.AddFilter("Yarp.ReverseProxy", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.None);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }

    /// <summary>The caller's address is the connection's, except behind the proxies of <c>ASSISTIFY_TRUSTED_PROXIES</c>.</summary>
    public static void UseClientAddress(this WebApplication app)
    {
        var proxies = app.Configuration.Networks("ASSISTIFY_TRUSTED_PROXIES").ToArray();
        if (proxies is []) return;

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    public static void UseEdge(this WebApplication app)
    {
        app.UseMiddleware<TrustedHostFilter>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<CrossOrigin>();
    }

    public static bool IsDirectFromLoopback(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("Forwarded")
        && !context.Request.Headers.ContainsKey("Via")
        && !context.Request.Headers.ContainsKey("X-Real-IP")
        && !context.Request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase));
}
