namespace Assistify.AiService.Understanding;

/// <summary>The lexicon's judgement of a text; a learner over <c>SentimentExamples.txt</c> has a say too, for what is felt without any word of feeling.</summary>
internal sealed class SentimentClassifier : ISentimentClassifier
{
    private const double Felt = 0.2;
    private const double LearnerShare = 0.15; // few examples: enough to tip what the lexicon leaves open, not to contradict it

    private readonly SentimentModel _learner = SentimentModel.Train(ExampleFile.Read("SentimentExamples.txt"), seed: 1);

    public ClassifiedSentiment Classify(string text)
    {
        var sum = SentimentCues.Read(text).Sum;
        var score = sum / Math.Sqrt(sum * sum + 8);
        if (text.Length > 0) score += LearnerShare * _learner.Classify(text).Score;
        score = Math.Round(Math.Clamp(score, -1, 1), 3);
        return new ClassifiedSentiment(score >= Felt ? "positive" : score <= -Felt ? "negative" : "neutral", score);
    }
}
