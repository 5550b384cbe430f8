namespace Assistify.Load.Systems;

/// <summary>Where things are in the source tree that this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Artifacts => Directory.CreateDirectory(Path.Combine(Root, "artifacts")).FullName;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Assistify.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"Assistify.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
