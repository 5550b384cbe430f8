namespace Assistify.Gateway.Proxy;

/// <summary>Where the services are: <c>services:{name}:http:0</c>, <c>…:1</c> with replicas, as Aspire gives them.</summary>
internal static class Services
{
    /// <summary>Those that the system is made of; the sandbox is extra.</summary>
    public static readonly IReadOnlyList<string> Names = ["chat", "channels", "ai", "analytics"];

    /// <exception cref="InvalidOperationException">No address is configured.</exception>
    public static Uri[] Addresses(IConfiguration configuration, string service)
    {
        var addresses = Find(configuration, service);
        return addresses is not [] ? addresses : throw new InvalidOperationException($"services__{service}__http__0 is not set.");
    }

    public static Uri[] Find(IConfiguration configuration, string service) =>
        [.. configuration.GetSection($"services:{service}:http").GetChildren().Select(child => child.Value).OfType<string>().Select(value => new Uri(value))];
}
