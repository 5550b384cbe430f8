using System.Collections.Frozen;

namespace Assistify.AiService.Understanding;

/// <summary>A naive Bayes over whole words, pieces of two to four letters and accented letters of a sample of each language.</summary>
internal sealed class LanguageProfiles
{
    // A word of the sample says more than its pieces: short questions have few of either.
    private const double WordWeight = 3.0;

    // Worth about one typical word: enough to decide "ok" and "super", not enough to hold back a real sentence.
    private const double ExpectedBonus = 2.5;

    // Written alike in so many languages that they tell none.
    private static readonly FrozenSet<string> s_everywhere = new[]
    {
        "ok", "okay", "k", "stop", "super", "email", "mail", "wifi", "online", "internet", "whatsapp", "instagram", "paypal", "visa", "hotel", "taxi", "bravo", "pizza", "euro",
    }.ToFrozenSet();

    private readonly string[] _languages;
    private readonly FrozenDictionary<string, float[]> _weights;

    public LanguageProfiles(IReadOnlyDictionary<string, string> samples)
    {
        _languages = [.. samples.Keys];
        _weights = Learn(samples);
    }

    /// <summary>Null where nothing in the text was ever seen.</summary>
    /// <param name="usual">Where little speaks for another language: a single word such as "ok" or "stop" is written everywhere.</param>
    public DetectedLanguage? Detect(string text, string? hint, string usual)
    {
        Span<double> scores = stackalloc double[_languages.Length];
        var evidence = 0;
        foreach (var feature in Features(text))
        {
            if (!_weights.TryGetValue(feature, out var weights)) continue;
            evidence++;
            for (var i = 0; i < weights.Length; i++) scores[i] += weights[i];
        }
        if (evidence == 0) return null;

        var single = !text.AsSpan().Trim().Contains(' ');
        for (var i = 0; i < _languages.Length; i++)
        {
            if (hint is not null && _languages[i].StartsWith(hint, StringComparison.Ordinal)) scores[i] += ExpectedBonus;
            if (_languages[i] == usual) scores[i] += single && hint is null ? 2 : 0.8;
        }
        var best = 0;
        var sum = 0.0;
        for (var i = 1; i < scores.Length; i++) best = scores[i] > scores[best] ? i : best;
        for (var i = 0; i < scores.Length; i++) sum += Math.Exp((scores[i] - scores[best]) / 2);
        return new DetectedLanguage(_languages[best], 1 / sum);
    }

    private FrozenDictionary<string, float[]> Learn(IReadOnlyDictionary<string, string> samples)
    {
        var counts = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var totals = new double[_languages.Length];
        for (var language = 0; language < _languages.Length; language++)
        {
            foreach (var feature in Features(samples[_languages[language]]))
            {
                if (!counts.TryGetValue(feature, out var count)) counts[feature] = count = new float[_languages.Length];
                count[language]++;
                totals[language]++;
            }
        }
        foreach (var (feature, count) in counts)
        {
            var weight = feature[0] is ' ' or '!' ? WordWeight : 1.0;
            var mean = 0.0;
            for (var i = 0; i < count.Length; i++)
            {
                var logarithm = Math.Log((count[i] / totals[i] * 5_000 + 0.05) / 5_100);
                count[i] = (float)logarithm;
                mean += logarithm / count.Length;
            }
            for (var i = 0; i < count.Length; i++) count[i] = (float)(Math.Clamp(count[i] - mean, -3, 3) * weight / 3);
        }
        return counts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Features(string text)
    {
        foreach (var word in Words.Split(Words.Fold(text)))
        {
            if (Words.IsNumber(word) && word.Length > 1 || s_everywhere.Contains(word)) continue;
            yield return " " + word + " ";
            var padded = "_" + word + "_";
            for (var length = 2; length <= 4; length++)
            {
                for (var i = 0; i + length <= padded.Length; i++) yield return padded.Substring(i, length);
            }
        }
        foreach (var letter in text)
        {
            // Folding takes accents away, and they tell much; so do signs of one language alone.
            if (letter > '\u007f' && char.IsLetter(letter) || letter is '¿' or '¡') yield return "!" + char.ToLowerInvariant(letter);
        }
    }
}
