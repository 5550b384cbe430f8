using System.Collections.Frozen;

namespace Assistify.AiService.Understanding;

/// <summary>
/// The script where it decides (Greek, Cyrillic, Arabic), else a naive Bayes over character trigrams and whole words of
/// <see cref="LanguageSamples"/>. Greek in Latin letters is a profile of its own, made from the Greek sample.
/// </summary>
internal sealed class LanguageDetector : ILanguageDetector
{
    private const string GreekInLatin = "el-Latn";

    // A word of the sample says more than its trigrams: short questions have few of either.
    private const double WordWeight = 3.0;

    // Worth about one typical word: enough to decide "ok" and "super", not enough to hold back a real sentence.
    private const double ExpectedBonus = 2.5;

    private static readonly string[] s_languages = [.. LanguageSamples.Latin.Keys, GreekInLatin];
    private static readonly FrozenDictionary<string, float[]> s_profile = Learn();

    public DetectedLanguage Detect(string text, string? expected)
    {
        if (text.Length > Words.LongestText) text = text[..Words.LongestText];
        var hint = expected is { Length: >= 2 } ? expected[..2].ToLowerInvariant() : null;
        if (ByScript(text) is { } script) return new DetectedLanguage(script, 0.99);

        var words = Words.Split(Words.Fold(text));
        Span<double> scores = stackalloc double[s_languages.Length];
        var evidence = 0;
        foreach (var feature in Features(words))
        {
            if (!s_profile.TryGetValue(feature, out var weights)) continue;
            evidence++;
            for (var i = 0; i < weights.Length; i++) scores[i] += weights[i];
        }
        if (evidence == 0) return new DetectedLanguage(hint ?? "en", 0.1);

        for (var i = 0; i < s_languages.Length; i++)
        {
            if (hint is not null && s_languages[i].StartsWith(hint, StringComparison.Ordinal)) scores[i] += ExpectedBonus;
            // Where little speaks for another language: a single word such as "ok" or "stop" is written everywhere.
            if (s_languages[i] == "en") scores[i] += words.Count == 1 && hint is null ? 2 : 0.8;
        }
        var best = 0;
        var sum = 0.0;
        for (var i = 1; i < scores.Length; i++) best = scores[i] > scores[best] ? i : best;
        for (var i = 0; i < scores.Length; i++) sum += Math.Exp((scores[i] - scores[best]) / 2);
        return new DetectedLanguage(s_languages[best] == GreekInLatin ? "el" : s_languages[best], 1 / sum);
    }

    private static string? ByScript(string text)
    {
        int greek = 0, cyrillic = 0, arabic = 0, latin = 0;
        foreach (var letter in text)
        {
            if (letter is >= '\u0370' and <= '\u03ff' or >= '\u1f00' and <= '\u1fff') greek++;
            else if (letter is >= '\u0400' and <= '\u04ff') cyrillic++;
            else if (letter is >= '\u0600' and <= '\u06ff' or >= '\u0750' and <= '\u077f') arabic++;
            else if (char.IsLetter(letter)) latin++;
        }
        // Brand names and links are Latin in any language, so the other script needs no majority.
        var most = Math.Max(greek, Math.Max(cyrillic, arabic));
        if (most == 0 || most * 3 < latin) return null;
        return most == greek ? "el" : most == cyrillic ? "ru" : "ar";
    }

    private static IEnumerable<string> Features(List<string> words)
    {
        foreach (var word in words)
        {
            if (Words.IsNumber(word) && word.Length > 1) continue;
            yield return " " + word + " ";
            var padded = "_" + word + "_";
            for (var i = 0; i + 3 <= padded.Length; i++) yield return padded.Substring(i, 3);
        }
    }

    private static FrozenDictionary<string, float[]> Learn()
    {
        var samples = LanguageSamples.Latin.ToDictionary(sample => sample.Key, sample => sample.Value);
        samples[GreekInLatin] = string.Join(' ', Greeklish.Spellings(Words.Fold(LanguageSamples.Greek)));

        var counts = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var totals = new double[s_languages.Length];
        for (var language = 0; language < s_languages.Length; language++)
        {
            foreach (var feature in Features(Words.Of(samples[s_languages[language]])))
            {
                if (!counts.TryGetValue(feature, out var count)) counts[feature] = count = new float[s_languages.Length];
                count[language]++;
                totals[language]++;
            }
        }
        foreach (var (feature, count) in counts)
        {
            var weight = feature[0] == ' ' ? WordWeight : 1.0;
            var mean = 0.0;
            for (var i = 0; i < count.Length; i++)
            {
                var logarithm = Math.Log((count[i] + 0.05) / (totals[i] + 100));
                count[i] = (float)logarithm;
                mean += logarithm / count.Length;
            }
            for (var i = 0; i < count.Length; i++) count[i] = (float)(Math.Clamp(count[i] - mean, -3, 3) * weight / 3);
        }
        return counts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
