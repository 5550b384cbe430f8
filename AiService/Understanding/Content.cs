namespace Assistify.AiService.Understanding;

/// <summary>What a text says beside addresses, numbers and words that say nothing: in "I am at maria@example.com" and "it is 12 Baker Street" there is none.</summary>
internal static class Content
{
    public static bool IsIn(string text)
    {
        if (text.Length > Words.LongestText) text = text[..Words.LongestText];
        var words = Words.Of(PostalAddresses.Replace(Addresses.Without(text), static _ => " "));
        // What nothing is searched by may be what is meant all the same: "I need someone", "this is not good".
        return words.Exists(word => !StopWords.All.Contains(word) && !word.Any(char.IsDigit)) || WordGroups.In(words).Any();
    }
}
