using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;

namespace Assistify.AiService.Understanding;

/// <summary>Words and phrases that carry a feeling, by strength from -3 to 3 (<c>SentimentWords.txt</c>), and what changes their weight.</summary>
internal static class SentimentLexicon
{
    private static readonly FrozenDictionary<string, double> s_words = Read(phrases: false);

    /// <summary>Words that mean something else together than each alone, with spaces between.</summary>
    public static readonly FrozenDictionary<string, double> Phrases = Read(phrases: true);

    /// <summary>The number of words in the longest of them.</summary>
    public static readonly int LongestPhrase = Phrases.Keys.Max(phrase => phrase.Count(letter => letter == ' ') + 1);

    public static readonly FrozenSet<string> Negations = Folded(
        "not no never don't dont doesn't doesnt didn't didnt isn't isnt aren't arent wasn't wasnt weren't werent won't wont wouldn't wouldnt shouldn't shouldnt couldn't couldnt haven't havent hasn't hasnt hadn't ain't aint can't cant cannot without hardly barely nothing nobody none neither nor dont δεν δε μη μην ποτέ χωρίς όχι nicht kein keine nie ohne no nunca sin ne pas jamais sans non mai senza değil yok не нет без لا ليس لم مش غير ما den dn mhn");

    /// <summary>What comes after these counts more than what came before.</summary>
    public static readonly FrozenSet<string> Contrasts = Folded("but however although though yet αλλά όμως ωστόσο aber jedoch pero mais ma però ama fakat но однако لكن alla omos");

    /// <summary>"No, thanks" is not ungrateful.</summary>
    public static readonly FrozenSet<string> Thanks = Folded("thanks thank ευχαριστώ danke gracias merci grazie teşekkürler teşekkür спасибо شكرا");

    public static readonly FrozenDictionary<string, double> Intensifiers = new Dictionary<string, double>
    {
        ["very"] = 1.4, ["most"] = 1.3, ["fucking"] = 1.4, ["freaking"] = 1.4, ["damn"] = 1.2, ["highly"] = 1.4, ["utterly"] = 1.5, ["deeply"] = 1.4, ["seriously"] = 1.3, ["insanely"] = 1.5,
        ["little"] = 0.7, ["kinda"] = 0.7, ["kind"] = 0.9, ["sort"] = 0.9, ["almost"] = 0.8, ["such"] = 1.2, ["much"] = 1.2, ["truly"] = 1.4, ["really"] = 1.3, ["so"] = 1.3, ["extremely"] = 1.6, ["absolutely"] = 1.5, ["totally"] = 1.4, ["completely"] = 1.4,
        ["too"] = 1.2, ["super"] = 1.4, ["bit"] = 0.6, ["slightly"] = 0.6, ["somewhat"] = 0.6, ["quite"] = 1.1, ["rather"] = 0.9,
        ["πολυ"] = 1.4, ["παρα"] = 1.3, ["τοσο"] = 1.3, ["εντελωσ"] = 1.5, ["λιγο"] = 0.6, ["sehr"] = 1.4, ["wirklich"] = 1.3, ["total"] = 1.4,
        ["etwas"] = 0.7, ["muy"] = 1.4, ["tan"] = 1.3, ["tres"] = 1.4, ["vraiment"] = 1.3, ["trop"] = 1.3, ["molto"] = 1.4, ["davvero"] = 1.3,
        ["cok"] = 1.4, ["очень"] = 1.4, ["слишком"] = 1.3, ["جدا"] = 1.4,
    }.ToFrozenDictionary();

    public static readonly (string Emoji, double Weight)[] Emoji =
    [
        ("😆", 1.5), ("🤣", 1.5), ("😎", 1.5), ("😇", 1.5), ("🤗", 2), ("😋", 1.5), ("💪", 1), ("✨", 1), ("🔥", 1), ("💖", 2.5), ("💗", 2.5), ("💓", 2), ("💞", 2), ("💜", 2), ("💚", 2), ("💛", 2), ("🧡", 2), ("🖤", 1), ("😻", 2.5), ("🙌", 1.5), ("👌", 1.5), ("🥳", 2), ("💃", 1.5), ("🕺", 1.5), ("🥂", 1.5), ("🍾", 1.5), ("🫶", 2), ("🥹", 1), ("😌", 1), ("🤤", 1), ("😹", 1.5), ("💝", 2), ("💘", 2), ("😜", 1), ("😝", 1), ("😛", 1), ("🎂", 1), ("🎈", 1), ("🤞", 0.5), ("🌞", 1), (":')", 1.5), ("=D", 1.5), ("☺", 1.5), ("🎊", 1.5), ("🏆", 1.5),
        ("😀", 1.5), ("😃", 1.5), ("😄", 1.5), ("😊", 1.5), ("🙂", 1), ("😍", 2.5), ("🥰", 2.5), ("😘", 2), ("❤", 2.5), ("💙", 2), ("💕", 2), ("👍", 1.5),
        ("🙏", 1), ("👏", 1.5), ("🎉", 1.5), ("⭐", 1), ("😂", 1), ("😁", 1.5), ("🤩", 2.5), ("💯", 2), (":)", 1), (":-)", 1), (":D", 1.5), ("<3", 2), (";)", 0.7),
        (";-)", 0.7), ("=)", 1), (":P", 0.7), (":p", 0.7), ("XD", 1), ("xD", 1), ("^^", 0.7), ("(:", 1), ("😑", -1), ("😐", -0.5), ("😓", -1), ("😔", -1.5), ("😖", -2), ("😣", -1.5), ("😫", -1.5), ("😨", -1.5), ("😰", -1.5), ("😱", -1), ("😥", -1.5), ("😪", -1), ("🤢", -2.5), ("🤦", -1.5), ("🤡", -1.5), ("🤒", -1.5), ("😷", -1), ("🥱", -1), ("😬", -0.5), ("🥺", -0.5), ("💩", -2), ("🖕", -3), ("😾", -2), ("😿", -2), (":/", -1), (":-/", -1), (":'(", -2), ("D:", -1.5), (":|", -0.5), ("=(", -1.5),
        ("😠", -2.5), ("😡", -3), ("🤬", -3), ("😞", -2), ("😢", -2), ("😭", -1.5), ("😒", -2), ("🙄", -1.5), ("👎", -2.5), ("💔", -2.5), ("😤", -2),
        ("😕", -1.5), ("☹", -2), ("🙁", -1.5), ("😩", -2), ("🤮", -3), (":(", -1.5), (":-(", -1.5),
    ];

    /// <summary>Null for a word that says nothing of a feeling.</summary>
    public static double? WeightOf(string word)
    {
        if (s_words.TryGetValue(word, out var weight)) return weight;
        return s_words.TryGetValue(Words.Stem(word), out weight) ? weight : null;
    }

    private static FrozenDictionary<string, double> Read(bool phrases)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("SentimentWords.txt")
            ?? throw new InvalidOperationException("The resource SentimentWords.txt is missing in the build.");
        using var reader = new StreamReader(stream);
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var entries = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (entries.Length == 0) continue;
            var weight = double.Parse(entries[0], CultureInfo.InvariantCulture);
            foreach (var entry in entries[1..])
            {
                if (entry.Contains('_', StringComparison.Ordinal) != phrases) continue;
                var folded = string.Join(' ', Words.Of(entry.Replace('_', ' ')));
                weights.TryAdd(folded, weight);
                if (!Greeklish.IsGreek(folded)) continue;
                foreach (var spelling in Greeklish.Spellings(folded)) weights.TryAdd(spelling, weight);
            }
        }
        return weights.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Folded(string words) =>
        words.Split(' ').Select(word => Words.Fold(word).Replace("'", "", StringComparison.Ordinal)).ToFrozenSet();
}
