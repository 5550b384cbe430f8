using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;

namespace Assistify.Gateway.Proxy;

internal static class ProxyExtensions
{
    // process_message waits up to 30 s for an answer.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(35);

    // Hubs ping every 15 s, and an event stream says something before the assistant gives up.
    private static readonly TimeSpan s_streamSilence = TimeSpan.FromMinutes(10);

    public static void AddProxy(this WebApplicationBuilder builder)
    {
        var sandbox = builder.Environment.IsDevelopment() && Services.Find(builder.Configuration, "sandbox").Length > 0;
        var rules = RouteRule.All.Where(rule => rule.Service != "sandbox" || sandbox).ToList();
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, UnreachablePolicy>();
        builder.Services.AddReverseProxy()
            .LoadFromMemory([.. rules.Select(Route)], [.. rules.Select(rule => (rule.Service, rule.Streaming)).Distinct()
                .Select(cluster => Cluster(cluster.Service, cluster.Streaming, Services.Addresses(builder.Configuration, cluster.Service)))])
            .ConfigureHttpClient(static (_, handler) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(1);
                handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60);
                // Replies of services pass as they are.
                handler.AutomaticDecompression = DecompressionMethods.None;
            })
            .AddTransforms(static transforms =>
            {
                transforms.UseDefaultForwarders = false;
                transforms.RequestTransforms.Add(new ForwardedHeadersTransform());
            });
    }

    public static void MapProxy(this WebApplication app) =>
        app.MapReverseProxy(static pipeline =>
        {
            pipeline.UseMiddleware<UnreachableServices>();
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        }).ConfigureEndpoints(static (endpoint, route) => endpoint.WithMetadata(RouteRule.All[int.Parse(route.RouteId, System.Globalization.CultureInfo.InvariantCulture)]));

    private static RouteConfig Route(RouteRule rule)
    {
        var order = RouteRule.All.ToList().IndexOf(rule);
        return new RouteConfig
        {
            RouteId = $"{order}",
            ClusterId = ClusterId(rule.Service, rule.Streaming),
            Order = order,
            Match = new RouteMatch
            {
                Path = rule.Path,
                Methods = rule.Methods?.Split(' '),
                Headers = rule.Accept is null ? null
                    : [new RouteHeader { Name = "Accept", Values = [rule.Accept], Mode = HeaderMatchMode.Contains }],
            },
        };
    }

    private static ClusterConfig Cluster(string service, bool streaming, Uri[] addresses) => new()
    {
        ClusterId = ClusterId(service, streaming),
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        Destinations = addresses.Select((address, index) => (address, index)).ToDictionary(
            destination => $"{service}-{destination.index}", destination => new DestinationConfig { Address = destination.address.ToString() }),
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = streaming ? s_streamSilence : s_silence,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        },
        HealthCheck = new HealthCheckConfig
        {
            // Where all seem dead they are tried all the same: what is back is back at once.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = UnreachablePolicy.PolicyName },
            Active = new ActiveHealthCheckConfig
            {
                Enabled = addresses.Length > 1,
                Interval = TimeSpan.FromSeconds(2),
                Timeout = TimeSpan.FromSeconds(1),
                Path = "/health/live",
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
            },
        },
    };

    private static string ClusterId(string service, bool streaming) => streaming ? $"{service}-streams" : service;
}
