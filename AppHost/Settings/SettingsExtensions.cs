using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Assistify.AppHost.Settings;

internal static class SettingsExtensions
{
    private static readonly Dictionary<(IDistributedApplicationBuilder, string), IResourceBuilder<ParameterResource>> s_secrets = [];

    /// <summary>Gives a service its part of the configuration; secrets travel as parameters, so that no tool shows them.</summary>
    public static IResourceBuilder<ProjectResource> WithSettings(this IResourceBuilder<ProjectResource> service, AppSettings settings)
    {
        foreach (var setting in settings.For(service.Resource.Name))
        {
            if (setting.IsSecret) service.WithEnvironment(setting.Name, Secret(service.ApplicationBuilder, setting));
            else service.WithEnvironment(setting.Name, setting.Value);
        }

        return service;
    }

    private static IResourceBuilder<ParameterResource> Secret(IDistributedApplicationBuilder builder, Setting setting)
    {
        if (s_secrets.TryGetValue((builder, setting.Name), out var known)) return known;

        // Resource names take letters, digits and single dashes only.
        var name = setting.Name.Replace("__", "-", StringComparison.Ordinal).ToLowerInvariant();
        return s_secrets[(builder, setting.Name)] = builder.AddParameter(name, setting.Value, publishValueAsDefault: false, secret: true);
    }
}
