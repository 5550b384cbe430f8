namespace Assistify.AiService.Understanding;

/// <summary>What a text says of its writer's feeling, by the lexicon: negation, intensity, emoji, shouting, stretched words and "but" are weighed in.</summary>
/// <param name="Praise">Zero or more.</param>
/// <param name="Blame">Zero or less.</param>
/// <param name="LastWord">The weight of what was felt last: people end with what counts.</param>
internal readonly record struct SentimentCues(double Praise, double Blame, double LastWord, bool Negated, bool Shouted)
{
    private const int NegationReach = 4;
    private const double Stretched = 1.3;

    public double Sum => Praise + Blame;

    public static SentimentCues Read(string text)
    {
        if (text.Length > Words.LongestText) text = text[..Words.LongestText];
        text = Spoken(text);
        var shouted = IsShouted(text);
        var felt = new List<double>();
        var negated = false;
        foreach (var clause in Clauses(text)) Read(clause, felt, ref negated);

        var emphasis = text.Contains("!!", StringComparison.Ordinal) ? 1.3 : 1;
        var (praise, blame) = (0.0, 0.0);
        foreach (var weight in felt)
        {
            if (weight > 0) praise += weight * emphasis;
            else blame += weight * emphasis * (shouted ? 1.3 : 1);
        }
        foreach (var (emoji, weight) in SentimentLexicon.Emoji)
        {
            if (!Shows(text, emoji)) continue;
            felt.Add(weight);
            if (weight > 0) praise += weight;
            else blame += weight;
        }
        return new SentimentCues(praise, blame, felt.LastOrDefault(), negated, shouted);
    }

    private static void Read(string clause, List<double> felt, ref bool negated)
    {
        var words = Words.Split(Words.Fold(clause));
        var negatedUntil = -1;
        var factor = 1.0;
        for (var i = 0; i < words.Count; i++)
        {
            if (PhraseAt(words, i, out var length) is { } phrase)
            {
                felt.Add(phrase * factor);
                factor = 1;
                i += length - 1;
                continue;
            }
            if (SentimentLexicon.Contrasts.Contains(words[i]))
            {
                // "Nice, but late": what comes after "but" is meant.
                for (var j = 0; j < felt.Count; j++) felt[j] *= 0.5;
                negatedUntil = -1;
                continue;
            }
            if (SentimentLexicon.Negations.Contains(words[i]))
            {
                negatedUntil = i + NegationReach;
                negated = true;
                continue;
            }
            var (word, stretched) = Unstretch(words[i]);
            if (SentimentLexicon.Intensifiers.TryGetValue(word, out var stronger))
            {
                factor *= stronger * (stretched ? Stretched : 1);
                continue;
            }
            if (SentimentLexicon.WeightOf(word) is not { } weight)
            {
                // "Very" still belongs to the word after the next one ("very, very good"), not to the next clause.
                factor = 1 + (factor - 1) / 2;
                continue;
            }
            // "Not good" is bad but less so; "not bad" is hardly praise.
            if (i <= negatedUntil) weight *= SentimentLexicon.Thanks.Contains(word) ? 0 : weight > 0 ? -0.7 : -0.3;
            felt.Add(weight * factor * (stretched ? Stretched : 1));
            factor = 1;
        }
    }

    // The longest that begins here: "can't stop smiling" is no matter of stopping.
    private static double? PhraseAt(List<string> words, int start, out int length)
    {
        for (length = Math.Min(SentimentLexicon.LongestPhrase, words.Count - start); length > 1; length--)
        {
            if (SentimentLexicon.Phrases.TryGetValue(string.Join(' ', words[start..(start + length)]), out var weight)) return weight;
        }
        return null;
    }

    // Names of people and addresses of pages feel nothing, whatever words and signs they are made of.
    private static string Spoken(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word[0] != '@' && !word.StartsWith("http", StringComparison.OrdinalIgnoreCase)));

    private static string[] Clauses(string spoken) =>
        spoken.Split(['.', ',', ';', ':', '!', '?', '(', ')', '…', '؟', '،', '\u037e', '·'], StringSplitOptions.RemoveEmptyEntries);

    // A face made of letters stands by itself: "D:" is sad, "ID: 5" is not.
    private static bool Shows(string text, string emoji)
    {
        for (var start = text.IndexOf(emoji, StringComparison.Ordinal); start >= 0; start = text.IndexOf(emoji, start + 1, StringComparison.Ordinal))
        {
            var end = start + emoji.Length;
            if ((start == 0 || !char.IsAsciiLetter(emoji[0]) || !char.IsLetterOrDigit(text[start - 1]))
                && (end == text.Length || !char.IsAsciiLetter(emoji[^1]) || !char.IsLetterOrDigit(text[end]))) return true;
        }
        return false;
    }

    /// <summary>"Sooo goooood": three or more of a letter are two where that is a word, else one.</summary>
    private static (string Word, bool Stretched) Unstretch(string word)
    {
        var stretched = false;
        for (var i = 2; i < word.Length && !stretched; i++) stretched = word[i] == word[i - 1] && word[i] == word[i - 2] && char.IsLetter(word[i]);
        if (!stretched) return (word, false);
        var twice = Squeeze(word, 2);
        return (SentimentLexicon.WeightOf(twice) is not null || SentimentLexicon.Intensifiers.ContainsKey(twice) ? twice : Squeeze(word, 1), true);
    }

    private static string Squeeze(string word, int most)
    {
        var squeezed = new System.Text.StringBuilder(word.Length);
        var run = 0;
        for (var i = 0; i < word.Length; i++)
        {
            run = i > 0 && word[i] == word[i - 1] ? run + 1 : 1;
            if (run <= most) squeezed.Append(word[i]);
        }
        return squeezed.ToString();
    }

    private static bool IsShouted(string text)
    {
        int upper = 0, lower = 0;
        foreach (var letter in text)
        {
            if (char.IsUpper(letter)) upper++;
            else if (char.IsLower(letter)) lower++;
        }
        return upper >= 8 && upper > lower * 3;
    }
}
