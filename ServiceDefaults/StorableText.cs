using System.Buffers;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Text from outside, made storable at the edge: Postgres cannot hold U+0000 and UTF-8 cannot hold half a surrogate pair,
/// so both become U+FFFD. Everything else, right-to-left marks included, stays as the customer wrote it.
/// </summary>
public static class StorableText
{
    private static readonly SearchValues<char> s_suspects = SearchValues.Create(
        [.. Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit), '\0']);

    public static string From(string text)
    {
        if (text.AsSpan().IndexOfAny(s_suspects) < 0) return text;

        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                var unit = source[i];
                if (char.IsHighSurrogate(unit) && i + 1 < source.Length && char.IsLowSurrogate(source[i + 1]))
                {
                    target[i] = unit;
                    target[++i] = source[i];
                }
                else
                {
                    target[i] = unit == '\0' || char.IsSurrogate(unit) ? '\uFFFD' : unit;
                }
            }
        });
    }
}
