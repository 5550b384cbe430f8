using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Assistify.ChannelService.Deliveries;

/// <summary>What a channel's limit counts.</summary>
internal enum TextUnit
{
    Characters,
    Utf16Units,
    Utf8Bytes,
}

/// <summary>
/// Cuts a text into as few readable pieces as a channel's limit allows: between paragraphs, else lines, sentences, words, else anywhere between two graphemes. Links and numbers stay whole unless one
/// alone is above the limit.
/// </summary>
internal static partial class TextSplitter
{
    public static IReadOnlyList<string> Split(string text, int limit, TextUnit unit = TextUnit.Characters)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);

        var pieces = new List<string>();
        var rest = text.AsMemory().Trim();
        while (rest.Length > 0)
        {
            var end = Fitting(rest.Span, limit, unit);
            if (end < rest.Length) end = BestCut(rest.ToString(), end);
            var piece = rest[..end].Trim();
            if (piece.Length > 0) pieces.Add(piece.ToString());
            rest = rest[end..].Trim();
        }
        return pieces;
    }

    /// <summary>The first of the pieces; empty where there is none.</summary>
    public static string First(string text, int limit, TextUnit unit = TextUnit.Characters) => Split(text, limit, unit) is [var first, ..] ? first : "";

    public static int Length(ReadOnlySpan<char> text, TextUnit unit = TextUnit.Characters)
    {
        if (unit == TextUnit.Utf16Units) return text.Length;
        if (unit == TextUnit.Utf8Bytes) return Encoding.UTF8.GetByteCount(text);

        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    /// <summary>The longest prefix of whole graphemes within the limit; at least one character.</summary>
    private static int Fitting(ReadOnlySpan<char> text, int limit, TextUnit unit)
    {
        var end = 0;
        var length = 0;
        while (end < text.Length)
        {
            var grapheme = StringInfo.GetNextTextElementLength(text[end..]);
            length += Length(text.Slice(end, grapheme), unit);
            if (length > limit) break;
            end += grapheme;
        }
        return end > 0 ? end : FittingRunes(text, limit, unit);
    }

    // One grapheme above the limit (hundreds of combining marks on a letter) can only be cut inside.
    private static int FittingRunes(ReadOnlySpan<char> text, int limit, TextUnit unit)
    {
        var end = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length += Length(text.Slice(end, rune.Utf16SequenceLength), unit);
            if (length > limit && end > 0) break;
            end += rune.Utf16SequenceLength;
        }
        return end;
    }

    private static int BestCut(string text, int end)
    {
        var head = text[..end];

        // A cut in the first half would make needlessly many pieces, so only words are looked for there.
        foreach (var boundary in (ReadOnlySpan<Regex>)[Paragraph(), Line(), Sentence()])
        {
            var cut = LastCut(text, boundary, head.Length, from: head.Length / 2);
            if (cut > 0) return cut;
        }

        var word = LastCut(text, Space(), head.Length, from: 0);
        return word > 0 ? word : HardCut(text, end);
    }

    // Looks one character beyond the end: a piece may end exactly where the white space begins.
    private static int LastCut(string text, Regex boundary, int end, int from)
    {
        var best = 0;
        foreach (var match in boundary.EnumerateMatches(text.AsSpan(0, Math.Min(end + 1, text.Length))))
        {
            var cut = match.Index;
            while (cut < match.Index + match.Length && !char.IsWhiteSpace(text[cut])) cut++;
            if (cut > from && cut <= end && !SplitsToken(text, cut)) best = cut;
        }
        return best;
    }

    private static int HardCut(string text, int end)
    {
        foreach (var token in Token().EnumerateMatches(text))
        {
            if (token.Index >= end) break;
            if (token.Index + token.Length > end && token.Index > 0) return GraphemeStart(text, token.Index);
        }
        return end;
    }

    private static bool SplitsToken(string text, int cut)
    {
        // Only white space inside a number ("+44 7700 900123") can split a token here.
        var before = cut - 1;
        var after = cut;
        while (after < text.Length && char.IsWhiteSpace(text[after])) after++;
        return after - cut == 1 && text[cut] is ' ' or '\u00A0' or '\u202F'
            && before >= 0 && after < text.Length && char.IsDigit(text[before]) && char.IsDigit(text[after]);
    }

    private static int GraphemeStart(string text, int index)
    {
        var start = 0;
        while (start < index)
        {
            var next = start + StringInfo.GetNextTextElementLength(text.AsSpan(start));
            if (next > index) break;
            start = next;
        }
        return start > 0 ? start : index;
    }

    [GeneratedRegex(@"\n[^\S\n]*\n\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"\n\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"[.!?…。！？؟][""'”’)\]]*\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex(@"(?:https?://|www\.)\S+|\+?\d(?:[\d.,:/-]*\d)?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
