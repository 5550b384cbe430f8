using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Assistify.LocalHosting.Running;

/// <summary>What AppHost described.</summary>
internal sealed record SystemModel(IReadOnlyList<Resource> Resources, IConfiguration Configuration, string AppHostDirectory)
{
    public string DataFolder => Path.GetFullPath(
        Configuration["ASSISTIFY_DATA"] is { Length: > 0 } given ? given : ".assistify", RepositoryRoot);

    public string RepositoryRoot => Path.GetFullPath("..", AppHostDirectory);

    public string BindAddress => Configuration["ASSISTIFY_BIND"] is { Length: > 0 } given ? given : "localhost";
}
