using System.Reflection;

namespace Assistify.LocalHosting.Running;

/// <summary>Where a project's built assembly is: in the same configuration and framework as the host itself.</summary>
internal static class ProjectOutput
{
    public static string AssemblyOf(string projectPath, string appHostDirectory)
    {
        var folder = Path.Combine(Path.GetDirectoryName(projectPath)!, OutputOf(appHostDirectory));
        var configuration = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.runtimeconfig.json").FirstOrDefault()
            : null;
        return configuration is null
            ? throw new StartException($"{Path.GetFileNameWithoutExtension(projectPath)} is not built in {folder}: build the solution first (./run does).")
            : configuration[..^".runtimeconfig.json".Length] + ".dll";
    }

    // bin/Release/net10.0
    private static string OutputOf(string appHostDirectory)
    {
        var host = Path.GetDirectoryName(Assembly.GetEntryAssembly()?.Location ?? "") ?? "";
        var relative = Path.GetRelativePath(appHostDirectory, host);
        return relative.StartsWith("bin", StringComparison.Ordinal) ? relative : Path.Combine("bin", "Release", "net10.0");
    }
}
