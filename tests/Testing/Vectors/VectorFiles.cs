using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assistify.Testing.Vectors;

/// <summary>The cases of all files in the folder that ASSISTIFY_VECTORS names, by default <c>shared/vectors</c> beside the repository.</summary>
public static class VectorFiles
{
    /// <summary>Why a test without vectors is left out.</summary>
    public const string Missing = "There is no folder of vectors: set ASSISTIFY_VECTORS, or put shared/vectors beside the repository.";
    private const string Format = "channel-vectors/1";

    private static readonly Lazy<IReadOnlyList<VectorCase>?> s_all = new(Read);

    /// <summary>Null without a folder.</summary>
    public static IReadOnlyList<VectorCase>? All => s_all.Value;

    private static List<VectorCase>? Read()
    {
        if (Folder() is not { } folder) return null;

        var cases = new List<VectorCase>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var content = JsonNode.Parse(File.ReadAllBytes(file), documentOptions: new JsonDocumentOptions { MaxDepth = 256 })!;
            if ((string?)content["format"] != Format) throw new InvalidDataException($"{file} is not in the format {Format}.");
            cases.AddRange(content["cases"]!.AsArray().Select(vector => new VectorCase(vector!.AsObject())));
        }
        return cases;
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("ASSISTIFY_VECTORS") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"ASSISTIFY_VECTORS names {named}, which is not there.");

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "vectors") is var vectors && Directory.Exists(vectors)) return vectors;
        return null;
    }
}
