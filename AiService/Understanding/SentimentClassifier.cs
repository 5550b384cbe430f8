namespace Assistify.AiService.Understanding;

/// <summary>A lexicon with negation, intensity, emoji and shouting.</summary>
internal sealed class SentimentClassifier : ISentimentClassifier
{
    private const int NegationReach = 3;

    public ClassifiedSentiment Classify(string text)
    {
        if (text.Length > Words.LongestText) text = text[..Words.LongestText];
        var words = Words.Split(Words.Fold(text));
        var sum = 0.0;
        var negatedUntil = -1;
        var factor = 1.0;
        for (var i = 0; i < words.Count; i++)
        {
            if (SentimentLexicon.Negations.Contains(words[i]))
            {
                negatedUntil = i + NegationReach;
                continue;
            }
            if (SentimentLexicon.Intensifiers.TryGetValue(words[i], out var stronger))
            {
                factor *= stronger;
                continue;
            }
            if (Weight(words[i]) is not { } weight)
            {
                // "Very" still belongs to the word after the next one ("very, very good"), not to the next clause.
                factor = 1 + (factor - 1) / 2;
                continue;
            }
            // "Not good" is bad but less so; "not bad" is hardly praise.
            if (i <= negatedUntil) weight *= SentimentLexicon.Thanks.Contains(words[i]) ? 0 : weight > 0 ? -0.7 : -0.3;
            sum += weight * factor;
            factor = 1;
        }
        foreach (var (emoji, weight) in SentimentLexicon.Emoji)
        {
            if (text.Contains(emoji, StringComparison.Ordinal)) sum += weight;
        }
        if (Math.Abs(sum) > 0.1 && text.Contains("!!", StringComparison.Ordinal)) sum *= 1.3;
        if (sum < 0 && IsShouted(text)) sum *= 1.3;

        var score = Math.Round(sum / Math.Sqrt(sum * sum + 8), 3);
        return new ClassifiedSentiment(score >= 0.2 ? "positive" : score <= -0.2 ? "negative" : "neutral", score);
    }

    private static double? Weight(string word)
    {
        if (SentimentLexicon.Words.TryGetValue(word, out var weight)) return weight;
        return SentimentLexicon.Words.TryGetValue(Words.Stem(word), out weight) ? weight : null;
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
