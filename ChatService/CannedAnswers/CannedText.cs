using System.Text.RegularExpressions;
using Assistify.ChatService.Web;

namespace Assistify.ChatService.CannedAnswers;

/// <summary>Texts written beforehand: the variables in them that the composer fills.</summary>
internal static partial class CannedText
{
    public const int Longest = 4_000;
    private static readonly string[] s_variables = ["customer.name", "customer.firstName", "me.name", "me.firstName", "channel"];

    public static void Check(Invalid invalid, string? text)
    {
        if (text is null) return;
        if (text.Length > Longest) invalid.Add("text", $"1 to {Longest} characters.");
        else if (Variable().Matches(text).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !s_variables.Contains(name)) is { } unknown)
            invalid.Add("text", $"There is no variable {unknown}; known are {string.Join(", ", s_variables)}.");
    }

    // {{customer.name}}, or with what stands in for one that is not known: {{customer.name|there}}.
    [GeneratedRegex(@"\{\{\s*(?<name>[^{}|]*?)\s*(\|[^{}]*)?\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
