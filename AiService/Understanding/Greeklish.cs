using System.Text;

namespace Assistify.AiService.Understanding;

/// <summary>Greek as it is typed on Latin keyboards. Everybody does it a little differently, so there are two common ways.</summary>
internal static class Greeklish
{
    public static IEnumerable<string> Spellings(string foldedGreek)
    {
        yield return Write(foldedGreek, bySound: true);
        yield return Write(foldedGreek, bySound: false);
    }

    public static bool IsGreek(string text) => text.Any(letter => letter is >= '\u0370' and <= '\u03ff' or >= '\u1f00' and <= '\u1fff');

    private static string Write(string greek, bool bySound)
    {
        var latin = new StringBuilder(greek.Length + 8);
        for (var i = 0; i < greek.Length; i++)
        {
            var next = i + 1 < greek.Length ? greek[i + 1] : ' ';
            if (greek[i] == 'ο' && next == 'υ') { latin.Append(bySound ? "ou" : "oy"); i++; continue; }
            if (greek[i] is 'α' or 'ε' && next == 'υ') { latin.Append(greek[i] == 'α' ? "a" : "e").Append(bySound ? 'f' : 'y'); i++; continue; }
            if (greek[i] == 'μ' && next == 'π') { latin.Append(bySound ? "b" : "mp"); i++; continue; }
            if (bySound && greek[i] == 'α' && next == 'ι') { latin.Append("ai"); i++; continue; }
            if (bySound && greek[i] is 'ε' or 'ο' && next == 'ι') { latin.Append(greek[i] == 'ε' ? "ei" : "oi"); i++; continue; }
            latin.Append(greek[i] switch
            {
                'α' => "a", 'β' => bySound ? "v" : "b", 'γ' => "g", 'δ' => "d", 'ε' => "e", 'ζ' => "z",
                'η' => bySound ? "i" : "h", 'θ' => bySound ? "th" : "8", 'ι' => "i", 'κ' => "k", 'λ' => "l", 'μ' => "m",
                'ν' => "n", 'ξ' => bySound ? "ks" : "3", 'ο' => "o", 'π' => "p", 'ρ' => "r", 'σ' or 'ς' => "s", 'τ' => "t",
                'υ' => bySound ? "i" : "y", 'φ' => "f", 'χ' => bySound ? "h" : "x", 'ψ' => "ps", 'ω' => bySound ? "o" : "w",
                var other => other.ToString(),
            });
        }
        return latin.ToString();
    }
}
