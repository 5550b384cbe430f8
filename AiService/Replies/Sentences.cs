namespace Assistify.AiService.Replies;

/// <summary>Where the sentences of a text stand. The sign ; ends one in Greek, where it asks.</summary>
internal static class Sentences
{
    public static IEnumerable<(int Start, int End)> Of(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || text[i] == '\n'
                || (text[i] is '.' or '!' or '?' or '؟' or '\u037e' || text[i] is ';' && i > 0 && text[i - 1] is >= '\u0370' and <= '\u03ff') && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]));
            if (!ends) continue;
            var end = i < text.Length && text[i] != '\n' ? i + 1 : i;
            while (start < end && char.IsWhiteSpace(text[start])) start++;
            if (end > start) yield return (start, end);
            start = end;
        }
    }
}
