using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What resources of all kinds can be given.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Gives the resource a connection string, with its parts as variables of their own.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var name = connectionName ?? source.Resource.Name;
        builder.Local().Environment.Add(() => ConnectionVariables.Of(source.Resource, name));
        return builder;
    }

    /// <summary>Tells the resource where a service is: <c>services__{name}__http__0</c> and <c>{NAME}_HTTP</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        var service = source.Local();
        builder.Local().Environment.Add(() => service.Endpoints.SelectMany(endpoint => ServiceVariables(service.Name, endpoint)));
        return builder;
    }

    /// <summary>Starts the resource only when the other one runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        builder.Local().Dependencies.Add(dependency.Local());
        return builder;
    }

    /// <summary>Sets an environment variable.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment
    {
        builder.Local().Environment.Add(() => [new EnvironmentVariable(name, value ?? "")]);
        return builder;
    }

    /// <summary>Sets an environment variable to an endpoint's address.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment
    {
        builder.Local().Environment.Add(() => [new EnvironmentVariable(name, endpointReference.Url)]);
        return builder;
    }

    /// <summary>Sets an environment variable to a parameter's value.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment
    {
        builder.Local().Environment.Add(() => [new EnvironmentVariable(name, parameter.Resource.Read(), parameter.Resource.Secret)]);
        return builder;
    }

    /// <summary>Adds an HTTP endpoint; without a port a private free one is taken.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints
    {
        builder.Local().Endpoints.Add(new Endpoint(name ?? "http", targetPort ?? port, env));
        return builder;
    }

    /// <summary>Lets the resource's endpoints be reached from outside (on the address that ASSISTIFY_BIND names).</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Local().Endpoints) endpoint.IsExternal = true;
        return builder;
    }

    /// <summary>Stands for an endpoint of the resource.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints =>
        new(builder.Local(), name);

    /// <summary>Counts the resource as healthy while this path answers as expected.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        builder.Local().HealthPath = path ?? "/";
        builder.Local().HealthStatusCode = statusCode ?? 200;
        return builder;
    }

    /// <summary>Says how an endpoint's address is shown.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource
    {
        builder.Local().Urls.Add(new UrlForEndpoint(endpointName, callback));
        return builder;
    }

    private static Resource Local<T>(this IResourceBuilder<T> builder) where T : IResource => (Resource)(IResource)builder.Resource;

    private static IEnumerable<EnvironmentVariable> ServiceVariables(string service, Endpoint endpoint)
    {
        var index = 0;
        foreach (var address in endpoint.Addresses())
            yield return new EnvironmentVariable($"services__{service}__{endpoint.Name}__{index++}", address);

        yield return new EnvironmentVariable(ConnectionVariables.Upper($"{service}_{endpoint.Name}"), endpoint.Url(0));
    }
}
