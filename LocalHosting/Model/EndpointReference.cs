namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands for an endpoint whose address is known only when the system starts.</summary>
public sealed class EndpointReference
{
    private readonly Resource _resource;

    internal EndpointReference(Resource resource, string endpointName)
    {
        _resource = resource;
        EndpointName = endpointName;
    }

    /// <summary>The endpoint's name, <c>http</c> mostly.</summary>
    public string EndpointName { get; }

    /// <summary>The address; only valid once the system starts.</summary>
    public string Url => Endpoint.Url(0);

    internal Endpoint Endpoint => _resource.Endpoints.Find(endpoint => endpoint.Name == EndpointName)
        ?? throw new InvalidOperationException($"The resource '{_resource.Name}' has no endpoint '{EndpointName}'.");
}

/// <summary>How an endpoint's address is shown to people.</summary>
public sealed class ResourceUrlAnnotation
{
    /// <summary>The address; a relative one is completed with the endpoint's.</summary>
    public required string Url { get; set; }

    /// <summary>The text shown instead of the address.</summary>
    public string? DisplayText { get; set; }
}
