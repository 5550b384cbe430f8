using System.Text;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Understanding;

/// <summary>Text in the one form in which words are compared: lower case, without accents, letters of a kind written alike.</summary>
internal static class Words
{
    /// <summary>Nobody asks in more than this; what a pasted novel says further on changes no answer, but would cost time.</summary>
    public const int LongestText = 2_000;

    public static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var builder = new StringBuilder(text.Length);
        foreach (var letter in StorableText.From(text).Normalize(NormalizationForm.FormD))
        {
            if (letter is >= '\u0300' and <= '\u036f' or >= '\u064b' and <= '\u065f' or '\u0640') continue;
            switch (char.ToLowerInvariant(letter))
            {
                case 'ß': builder.Append("ss"); break;
                case 'ς': builder.Append('σ'); break;
                case 'ı': builder.Append('i'); break;
                case 'ø': builder.Append('o'); break;
                case 'æ': builder.Append("ae"); break;
                case 'œ': builder.Append("oe"); break;
                case 'ё': builder.Append('е'); break;
                case 'أ' or 'إ' or 'آ': builder.Append('ا'); break;
                case 'ة': builder.Append('ه'); break;
                case 'ى': builder.Append('ي'); break;
                case '’' or '‘' or '´': builder.Append('\''); break;
                case var other: builder.Append(other); break;
            }
        }
        return builder.ToString();
    }

    /// <summary>The words of a text that <see cref="Fold"/> made.</summary>
    public static List<string> Split(string folded)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            // An apostrophe inside a word belongs to it, so that "don't" stays one word.
            var inside = i < folded.Length && (char.IsLetterOrDigit(folded[i])
                || folded[i] == '\'' && start >= 0 && i + 1 < folded.Length && char.IsLetter(folded[i + 1]));
            if (inside)
            {
                if (start < 0) start = i;
            }
            else if (start >= 0)
            {
                words.Add(folded[start..i].Replace("'", "", StringComparison.Ordinal));
                start = -1;
            }
        }
        return words;
    }

    public static List<string> Of(string text) =>
        Split(Fold(text.Length > LongestText ? text[..LongestText] : text));

    /// <summary>Light stems for comparing words in memory; Postgres has its own dictionaries.</summary>
    public static string Stem(string word)
    {
        if (word.Length < 4) return word;
        if (word[^1] is >= '\u0370' and <= '\u03ff') return StemGreek(word);
        if (word[0] is >= '\u0621' and <= '\u064a') return word.StartsWith("ال", StringComparison.Ordinal) ? word[2..] : word;
        if (word.EndsWith("ies", StringComparison.Ordinal)) return word[..^3] + "y";
        if (word.Length > 5 && word.EndsWith("ing", StringComparison.Ordinal)) return Undouble(word[..^3]);
        if (word.EndsWith("ed", StringComparison.Ordinal) && word.Length > 4) return Undouble(word[..^2]);
        if (word.EndsWith("es", StringComparison.Ordinal) && word[^3] is 's' or 'x' or 'z' or 'h') return word[..^2];
        if (word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i')) word = word[..^1];
        return word[^1] == 'e' && word.Length > 4 ? word[..^1] : word;
    }

    public static bool IsNumber(string word) => word.All(char.IsDigit);

    /// <summary>Equal but for a slip of the finger: one letter in five, two in eight.</summary>
    /// <param name="shortest">Words shorter than this must be equal.</param>
    public static bool Alike(string a, string b, int shortest = 5)
    {
        if (a == b) return true;
        var shorter = Math.Min(a.Length, b.Length);
        var allowed = shorter >= 8 ? 2 : shorter >= shortest ? 1 : 0;
        return allowed > 0 && Math.Abs(a.Length - b.Length) <= allowed && a[0] == b[0] && !char.IsDigit(a[0])
            && Distance(a, b) <= allowed;
    }

    // Damerau's distance (optimal string alignment): swapped neighbours count once.
    private static int Distance(string a, string b)
    {
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            var recycled = before;
            before = last;
            last = row;
            row = recycled;
        }
        return last[b.Length];
    }

    private static string StemGreek(string word)
    {
        var end = word.Length;
        while (end > 3 && word.Length - end < 3 && word[end - 1] is 'α' or 'ε' or 'η' or 'ι' or 'ο' or 'υ' or 'ω' or 'σ' or 'ν') end--;
        return word[..Math.Max(end, 3)];
    }

    private static string Undouble(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem;
}
