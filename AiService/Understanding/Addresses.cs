using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding;

/// <summary>E-mail and web addresses in a text: they are in no language and mean nothing, whatever they are made of.</summary>
internal static partial class Addresses
{
    public static string Without(string text) =>
        text.Contains('@', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal) ? Address().Replace(text, " ") : text;

    // Begins with one loop: a long text without a blank is read once.
    [GeneratedRegex(@"\S+(?:@|://)\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
