namespace Assistify.AppHost.Settings;

/// <summary>Reads <c>.env</c>: one <c>NAME=value</c> a line, <c>#</c> for comments, quotes where blanks matter.</summary>
internal static class DotEnv
{
    public static IEnumerable<KeyValuePair<string, string?>> Read(string path)
    {
        if (!File.Exists(path)) yield break;

        var number = 0;
        foreach (var raw in File.ReadLines(path))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.StartsWith("export ", StringComparison.Ordinal)) line = line[7..].TrimStart();

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new SettingException($"Line {number} of {path} is not of the form NAME=value.");

            yield return new(line[..equals].TrimEnd().Replace("__", ":", StringComparison.Ordinal), Value(line[(equals + 1)..].Trim()));
        }
    }

    private static string Value(string text)
    {
        if (text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0]) return text[1..^1];
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment >= 0 ? text[..comment].TrimEnd() : text;
    }
}

/// <summary>A setting is missing or wrong; the message names its key as it is written in the environment.</summary>
internal sealed class SettingException(string sentence) : Exception(sentence);
