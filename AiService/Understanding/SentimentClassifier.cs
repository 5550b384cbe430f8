namespace Assistify.AiService.Understanding;

/// <summary>The lexicon's judgement of a text, and what a learner made of written examples adds to it.</summary>
internal sealed class SentimentClassifier : ISentimentClassifier
{
    private const double Felt = 0.2;

    public ClassifiedSentiment Classify(string text)
    {
        var sum = SentimentCues.Read(text).Sum;
        var score = Math.Round(sum / Math.Sqrt(sum * sum + 8), 3);
        return new ClassifiedSentiment(score >= Felt ? "positive" : score <= -Felt ? "negative" : "neutral", score);
    }
}
