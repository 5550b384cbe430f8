using System.Collections.Frozen;
using System.Reflection;

namespace Assistify.AiService.Understanding;

/// <summary>
/// Words that say much the same when somebody writes to a shop, in several languages (<c>WordGroups.txt</c>: a group's name, then its words; a star
/// stands for any ending, a low line for the space between two words). What is learned of one of them, a model of intents knows of the others.
/// </summary>
internal static class WordGroups
{
    private const int ShortestStem = 3;
    private const int LongestPair = 40; // letters
    private const int ShortestGuess = 4; // Greek in fewer Latin letters is too often a word of another language

    // The article, "and", "with" and "for" are written as one with an Arabic word; longest first.
    private static readonly string[] s_arabicBeginnings = ["وال", "بال", "لل", "ال", "و", "ب", "ل"];

    private static readonly FrozenDictionary<string, string> s_words, s_stems;
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> s_wordsBySpan, s_stemsBySpan;

    static WordGroups()
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var stems = new Dictionary<string, string>(StringComparer.Ordinal);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("WordGroups.txt")
            ?? throw new InvalidOperationException("The resource WordGroups.txt is missing in the build.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var entry in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var word = Words.Fold(entry.TrimEnd('*').Replace('_', ' '));
                var known = entry.EndsWith('*') ? stems : words;
                known.TryAdd(word, line[..colon]);
                if (!Greeklish.IsGreek(word)) continue;
                foreach (var spelling in Greeklish.Spellings(word).Where(spelling => spelling.Length >= ShortestGuess)) known.TryAdd(spelling, line[..colon]);
            }
        }
        (s_words, s_stems) = (words.ToFrozenDictionary(StringComparer.Ordinal), stems.ToFrozenDictionary(StringComparer.Ordinal));
        (s_wordsBySpan, s_stemsBySpan) = (s_words.GetAlternateLookup<ReadOnlySpan<char>>(), s_stems.GetAlternateLookup<ReadOnlySpan<char>>());
    }

    /// <summary>The groups of the words, and of two that stand together, in the order of the text.</summary>
    /// <param name="counts">Says whether a word counts by itself; all do where it is not given.</param>
    public static IEnumerable<string> In(IReadOnlyList<string> words, Predicate<string>? counts = null)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if ((counts is null || counts(words[i])) && Of(words[i]) is { } group) yield return group;
            if (i > 0 && Of(words[i - 1], words[i]) is { } both) yield return both;
        }
    }

    /// <summary>The name of a folded word's group; null where it is in none.</summary>
    public static string? Of(ReadOnlySpan<char> word)
    {
        if (Find(word) is { } group) return group;
        if (word.Length <= ShortestStem || word[0] is < '\u0621' or > '\u064a') return null;
        foreach (var beginning in s_arabicBeginnings)
        {
            if (word.StartsWith(beginning, StringComparison.Ordinal) && word.Length - beginning.Length >= ShortestStem && Find(word[beginning.Length..]) is { } found) return found;
        }
        return null;
    }

    /// <summary>The group of two words that stand together.</summary>
    public static string? Of(string first, string second)
    {
        Span<char> both = stackalloc char[LongestPair];
        return both.TryWrite($"{first} {second}", out var length) && s_wordsBySpan.TryGetValue(both[..length], out var group) ? group : null;
    }

    private static string? Find(ReadOnlySpan<char> word)
    {
        if (s_wordsBySpan.TryGetValue(word, out var group)) return group;
        for (var length = word.Length; length >= ShortestStem; length--)
        {
            if (s_stemsBySpan.TryGetValue(word[..length], out group)) return group;
        }
        return null;
    }
}
