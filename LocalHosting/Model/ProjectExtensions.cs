using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Services in the model.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a .NET project by the path of its project file.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.Add(new ProjectResource(name) { ProjectPath = Path.GetFullPath(projectPath, builder.AppHostDirectory) });

    /// <summary>Runs the project as several processes.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        builder.Resource.Replicas = replicas;
        return builder;
    }
}
