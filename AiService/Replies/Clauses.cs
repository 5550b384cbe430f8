using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;

namespace Assistify.AiService.Replies;

/// <summary>A message taken apart: "Hi! Are you open on Sunday and do you ship to Cyprus?" is a greeting and two questions.</summary>
internal static class Clauses
{
    private const int Most = 8;

    private static readonly string[] s_and = [" and ", " und ", " και ", " y ", " et ", " e ", " ve ", " и ", " و ", " also ", " επισης ", " kai "];

    private static readonly string[] s_continues =
    [
        "and ", "what about", "how about", "or ", "but ", "και ", "κι ", "kai ", "ή ", "und ", "y ", "et ", "e ", "ve ", "peki ", "и ", "а ", "و",
    ];

    // Which words begin a question or a wish of its own; without one, "and" only joins two things.
    private static readonly HashSet<string> s_opens =
    [
        "do", "does", "are", "is", "can", "could", "how", "what", "when", "where", "which", "who", "would", "will", "i", "please", "also", "have",
        "εχετε", "ποσο", "ποτε", "που", "πωσ", "τι", "μπορω", "μπορειτε", "στελνετε", "ειστε", "κανετε", "θελω", "ειναι", "ποια", "ποιο", "δεχεστε",
        "haben", "wie", "wann", "wo", "was", "kann", "konnen", "liefern", "cuanto", "cuando", "donde", "como", "puedo", "tienen", "hacen",
        "combien", "quand", "ou", "comment", "avez", "livrez", "puis", "quanto", "dove", "come", "posso", "avete", "spedite", "ne", "nasil", "nerede",
        "сколько", "когда", "где", "как", "можно", "есть", "كم", "متى", "اين", "كيف", "هل",
    ];

    // "Hola, ¿tienen velas?": what follows a greeting is a question of its own, however short.
    private static readonly HashSet<string> s_greetings =
    [
        "hello", "hello there", "hi", "hi there", "hey", "good morning", "good afternoon", "good evening", "γεια", "γεια σασ", "γεια σου", "καλημερα", "καλησπερα", "χαιρετε", "geia", "geia sas",
        "kalimera", "kalispera", "hallo", "guten tag", "guten morgen", "guten abend", "hola", "buenos dias", "buenas", "buenas tardes", "bonjour", "bonsoir", "salut", "ciao", "buongiorno",
        "buonasera", "salve", "merhaba", "selam", "iyi gunler", "gunaydin", "привет", "здравствуите", "добрыи день", "مرحبا", "اهلا", "السلام عليكم",
    ];

    public static List<string> Of(string text)
    {
        if (text.Length > Words.LongestText) text = text[..Words.LongestText];
        var clauses = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length && clauses.Count < Most; i++)
        {
            if (i < text.Length && !Ends(text, i)) continue;
            Add(clauses, text[start..i]);
            start = i + 1;
        }
        if (clauses.Count == 0) clauses.Add(text.Trim());
        return clauses;
    }

    public static bool ContinuesTheLast(string clause)
    {
        var folded = Words.Fold(clause.TrimStart(' ', '¿', '¡'));
        return Array.Exists(s_continues, beginning => folded.StartsWith(beginning, StringComparison.Ordinal));
    }

    private static bool Ends(string text, int i) => text[i] switch
    {
        '\n' or '?' or '!' or ';' or '\u037e' or '؟' or '…' => true,
        '.' => (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])) && (i < 2 || text[i - 2] != '.') && !IsInDate(text, i),
        ',' => i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]) && (Opens(text[(i + 1)..]) || IsGreeting(text[..i])),
        _ => false,
    };

    // "Am 25. Dezember"
    private static bool IsInDate(string text, int point)
    {
        if (point == 0 || !char.IsAsciiDigit(text[point - 1])) return false;
        var rest = text.AsSpan(point + 1).TrimStart();
        var end = 0;
        while (end < rest.Length && char.IsLetter(rest[end])) end++;
        return end > 0 && EntityWords.Months.ContainsKey(new FoldedText(rest[..end].ToString()).Text);
    }

    private static void Add(List<string> clauses, string part)
    {
        part = part.Trim();
        if (!part.Any(char.IsLetterOrDigit)) return;
        foreach (var and in s_and)
        {
            var index = part.IndexOf(and, StringComparison.OrdinalIgnoreCase);
            if (index < 4 || !Opens(part[(index + and.Length)..])) continue;
            clauses.Add(part[..index].Trim());
            clauses.Add(part[(index + and.Length)..].Trim());
            return;
        }
        clauses.Add(part);
    }

    private static bool IsGreeting(string text) => text.Length <= 24 && s_greetings.Contains(string.Join(' ', Words.Of(text)));

    private static bool Opens(string text)
    {
        var words = Words.Of(text.Length > 60 ? text[..60] : text);
        return words.Count >= 3 && s_opens.Contains(words[0]);
    }
}
