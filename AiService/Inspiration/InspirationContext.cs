using System.Text;
using System.Text.Json;
using Assistify.AiService.Understanding;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Inspiration;

/// <summary>What somebody says about himself: a sentence, or an object with whatever members he likes (place, time, taste, budget).</summary>
/// <param name="Text">All of it as words.</param>
/// <param name="Language">Member <c>language</c>, BCP 47, where it is given.</param>
internal sealed record InspirationContext(string Text, string? Language)
{
    public const int LongestJson = 4_000;
    private const int Deepest = 4;

    /// <param name="context">Null without any.</param>
    public static InspirationContext Of(JsonElement? context)
    {
        var text = new StringBuilder();
        if (context is { } given) Collect(given, text, 0);
        var language = context is { ValueKind: JsonValueKind.Object } members
            && members.TryGetProperty("language", out var named) && named.ValueKind == JsonValueKind.String && named.GetString() is { Length: >= 2 } code
                ? code[..2].ToLowerInvariant()
                : null;
        return new InspirationContext(text.Length > Words.LongestText ? text.ToString(0, Words.LongestText) : text.ToString(), language);
    }

    private static void Collect(JsonElement element, StringBuilder text, int depth)
    {
        if (depth > Deepest) return;
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Append(StorableText.From(element.GetString()!));
                break;
            case JsonValueKind.Number:
                Append(element.GetRawText());
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Collect(item, text, depth + 1);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (member.NameEquals("language")) continue;
                    // "budget": 50 is "up to 50"; other names say nothing that the values don't.
                    if (member.NameEquals("budget") && member.Value.ValueKind == JsonValueKind.Number) Append($"under {member.Value.GetRawText()} EUR");
                    else Collect(member.Value, text, depth + 1);
                }
                break;
        }

        void Append(string words)
        {
            if (text.Length > 0) text.Append(". ");
            text.Append(words);
        }
    }
}
