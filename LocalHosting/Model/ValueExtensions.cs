using Aspire.Hosting.ApplicationModel;
using Assistify.LocalHosting;

namespace Aspire.Hosting;

/// <summary>Values from outside in the model.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is in the configuration under <c>Parameters:{name}</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        var configuration = builder.Configuration;
        return builder.Add(new ParameterResource(
            name,
            () => configuration[$"Parameters:{name}"]
                ?? configuration[$"Parameters:{name.Replace('-', '_')}"]
                ?? throw new StartException($"The value Parameters__{name.Replace('-', '_')} is missing."),
            secret));
    }

    /// <summary>Adds a parameter with a given value.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.Add(new ParameterResource(name, () => value, secret));

    /// <summary>Adds a connection string from the configuration, <c>ConnectionStrings:{name}</c>: a server that runs elsewhere.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        LocalModel.Unsupported(environmentVariableName is not null, "AddConnectionString with a variable name");
        var value = builder.Configuration[$"ConnectionStrings:{name}"];
        return string.IsNullOrWhiteSpace(value)
            ? throw new StartException($"The value ConnectionStrings__{name} is missing.")
            : builder.Add(new ExternalConnectionResource(name, value));
    }
}
