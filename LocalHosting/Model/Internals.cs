namespace Aspire.Hosting.ApplicationModel;

/// <summary>Environment variables of one resource, worked out when a process starts, when every port is known.</summary>
internal delegate IEnumerable<EnvironmentVariable> EnvironmentSource();

internal sealed record EnvironmentVariable(string Name, string Value, bool IsSecret = false);

internal sealed record UrlForEndpoint(string EndpointName, Action<ResourceUrlAnnotation> Configure);

/// <summary>One endpoint of a resource; each replica has a port of its own unless the model fixes the port.</summary>
internal sealed class Endpoint(string name, int? port, string? variable)
{
    public string Name { get; } = name;

    /// <summary>The port that the model fixes; replicas share it.</summary>
    public int? Port { get; } = port;

    /// <summary>The environment variable that receives the port, besides ASPNETCORE_URLS.</summary>
    public string? Variable { get; } = variable;

    public bool IsExternal { get; set; }

    /// <summary>By replica; filled in before anything starts.</summary>
    public List<int> Ports { get; } = [];

    /// <summary>Private endpoints are named by number, so that nobody tries IPv6 first; the public one by the name people type.</summary>
    private string Host => IsExternal ? "localhost" : "127.0.0.1";

    public string Url(int replica) => $"http://{Host}:{Ports[Math.Min(replica, Ports.Count - 1)]}";

    public IEnumerable<string> Addresses() => Ports.Distinct().Select(port => $"http://{Host}:{port}");
}
