using System.Text;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>A text as it is compared (<see cref="Words.Fold"/>, digits in ASCII), that remembers where each letter stood.</summary>
internal sealed class FoldedText
{
    private readonly List<int> _origins = [];

    public FoldedText(string original)
    {
        Original = original;
        var text = new StringBuilder(original.Length);
        for (var i = 0; i < original.Length; i++)
        {
            foreach (var letter in Fold(original[i]))
            {
                text.Append(letter);
                _origins.Add(i);
            }
        }
        Text = text.ToString();
    }

    public string Original { get; }

    public string Text { get; }

    public (int Start, int Length) Place(Capture match) => Place(match.Index, match.Length);

    public (int Start, int Length) Place(int index, int length)
    {
        var start = _origins[index];
        return (start, _origins[index + length - 1] + 1 - start);
    }

    private static string Fold(char letter)
    {
        if (char.IsSurrogate(letter)) return letter.ToString();
        if (letter is '\u00a0' or '\u202f') return " ";
        return char.IsDigit(letter) && !char.IsAsciiDigit(letter) ? ((int)char.GetNumericValue(letter)).ToString(System.Globalization.CultureInfo.InvariantCulture) : Words.Fold(letter.ToString());
    }
}
