using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Assistify.LocalHosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Aspire.Hosting;

/// <summary>The whole system, run as plain processes on this machine.</summary>
public sealed class DistributedApplication
{
    private readonly SystemModel _model;

    internal DistributedApplication(SystemModel model) => _model = model;

    /// <summary>Starts a model.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>Runs until Ctrl-C or SIGTERM; a system that cannot start says so in one sentence and exits with code 1.</summary>
    public void Run()
    {
        var exitCode = LocalHost.Run(_model).GetAwaiter().GetResult();
        if (exitCode != 0) Environment.Exit(exitCode);
    }
}

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly List<Resource> _resources = [];

    public DistributedApplicationBuilder(string[] args)
    {
        Configuration.AddEnvironmentVariables();
        Configuration.AddCommandLine(args);
        AppHostDirectory = FindAppHostDirectory();
        Environment = new HostingEnvironment
        {
            ApplicationName = "AppHost",
            ContentRootPath = AppHostDirectory,
            EnvironmentName = Configuration["DOTNET_ENVIRONMENT"] ?? Environments.Production,
        };
    }

    public ConfigurationManager Configuration { get; } = new();

    public IHostEnvironment Environment { get; }

    public string AppHostDirectory { get; }

    public DistributedApplication Build() => new(new SystemModel(_resources, Configuration, AppHostDirectory));

    public IResourceBuilder<T> Add<T>(T resource) where T : Resource
    {
        if (_resources.Exists(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"There are two resources named '{resource.Name}'.");
        _resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    // The build writes the project's folder into the assembly, as the Aspire SDK does.
    private static string FindAppHostDirectory() =>
        Assembly.GetEntryAssembly()?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(static attribute => attribute.Key == "AppHostProjectPath")?.Value
        ?? Directory.GetCurrentDirectory();
}

internal sealed class ResourceBuilder<T>(IDistributedApplicationBuilder applicationBuilder, T resource) : IResourceBuilder<T>
    where T : IResource
{
    public IDistributedApplicationBuilder ApplicationBuilder { get; } = applicationBuilder;

    public T Resource { get; } = resource;
}
