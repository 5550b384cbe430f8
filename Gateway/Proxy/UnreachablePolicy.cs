using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Assistify.Gateway.Proxy;

/// <summary>A replica that refuses connections is left out for two seconds from the first refusal on.</summary>
internal sealed class UnreachablePolicy(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "Unreachable";
    private static readonly TimeSpan s_leaveOut = TimeSpan.FromSeconds(2);

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.GetForwarderErrorFeature() is { } failure && UnreachableServices.IsRefused(failure))
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, s_leaveOut);
        else if (destination.Health.Passive == DestinationHealth.Unknown)
            health.SetPassive(cluster, destination, DestinationHealth.Healthy, s_leaveOut);
    }
}
