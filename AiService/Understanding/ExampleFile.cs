using System.Reflection;

namespace Assistify.AiService.Understanding;

/// <summary>An embedded text of examples, one a line, below their label in brackets.</summary>
internal static class ExampleFile
{
    public static List<(string Label, string Text)> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing in the build.");
        using var reader = new StreamReader(stream);
        var examples = new List<(string, string)>();
        var label = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            if (line[0] == '[') label = line[1..^1];
            else examples.Add((label, line));
        }
        return examples;
    }
}
