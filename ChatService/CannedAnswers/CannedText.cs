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

    /// <summary>A text that nobody signs: only what is known of the customer can be filled in.</summary>
    public static void CheckUnsigned(Invalid invalid, string field, string? text)
    {
        if (text is null) return;
        if (text.Length > Longest) invalid.Add(field, $"1 to {Longest} characters.");
        else if (Variable().Matches(text).Any(match => !match.Groups["name"].Value.StartsWith("customer.", StringComparison.Ordinal) || !s_variables.Contains(match.Groups["name"].Value)))
            invalid.Add(field, "The variables of a text that nobody signs are customer.name and customer.firstName.");
    }

    /// <summary>Fills what <see cref="CheckUnsigned"/> let through; where the customer's name is not known, with what stands behind the bar.</summary>
    public static string Fill(string text, string? customerName) => Variable().Replace(text, match =>
    {
        var name = customerName?.Trim() is not { Length: > 0 } known ? null
            : match.Groups["name"].Value == "customer.firstName" ? known.Split(' ')[0] : known;
        return name ?? match.Groups["otherwise"].Value.Trim();
    });

    // {{customer.name}}, or with what stands in for one that is not known: {{customer.name|there}}.
    [GeneratedRegex(@"\{\{\s*(?<name>[^{}|]*?)\s*(\|(?<otherwise>[^{}]*))?\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
