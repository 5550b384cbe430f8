using System.Collections.Frozen;

namespace Assistify.AiService.Understanding;

internal enum Script
{
    None, Latin, Greek, Cyrillic, Arabic, Hebrew, Han, Kana, Hangul, Thai, Devanagari,
}

/// <summary>The writing that most of a text is in.</summary>
internal static class Scripts
{
    /// <summary>Scripts that tell the language of a customer by themselves.</summary>
    public static readonly FrozenDictionary<Script, string> Languages = new Dictionary<Script, string>
    {
        [Script.Greek] = "el", [Script.Hebrew] = "he", [Script.Han] = "zh", [Script.Kana] = "ja", [Script.Hangul] = "ko", [Script.Thai] = "th", [Script.Devanagari] = "hi",
    }.ToFrozenDictionary();

    private static readonly int s_count = Enum.GetValues<Script>().Length;

    public static Script Of(string text)
    {
        Span<int> letters = stackalloc int[s_count];
        foreach (var letter in text) letters[(int)Of(letter)]++;
        var most = Script.Greek;
        for (var script = Script.Cyrillic; (int)script < s_count; script++)
        {
            if (letters[(int)script] > letters[(int)most]) most = script;
        }
        // Japanese mixes in Chinese letters; Chinese has no kana.
        if (most is Script.Han && letters[(int)Script.Kana] > 0) most = Script.Kana;
        // Brand names and links are Latin in any language, so the other script needs no majority.
        if (letters[(int)most] > 0 && letters[(int)most] * 3 >= letters[(int)Script.Latin]) return most;
        return letters[(int)Script.Latin] > 0 ? Script.Latin : Script.None;
    }

    private static Script Of(char letter) => letter switch
    {
        >= '\u0370' and <= '\u03ff' or >= '\u1f00' and <= '\u1fff' => Script.Greek,
        >= '\u0400' and <= '\u052f' => Script.Cyrillic,
        >= '\u0590' and <= '\u05ff' => Script.Hebrew,
        >= '\u0600' and <= '\u06ff' or >= '\u0750' and <= '\u077f' => Script.Arabic,
        >= '\u0900' and <= '\u097f' => Script.Devanagari,
        >= '\u0e00' and <= '\u0e7f' => Script.Thai,
        >= '\u3040' and <= '\u30ff' => Script.Kana,
        >= '\u4e00' and <= '\u9fff' => Script.Han,
        >= '\uac00' and <= '\ud7af' => Script.Hangul,
        _ => char.IsLetter(letter) ? Script.Latin : Script.None,
    };
}
