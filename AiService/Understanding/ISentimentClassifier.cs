namespace Assistify.AiService.Understanding;

/// <summary>How a customer feels about it.</summary>
public interface ISentimentClassifier
{
    ClassifiedSentiment Classify(string text);
}

/// <param name="Sentiment"><c>negative</c>, <c>neutral</c> or <c>positive</c>.</param>
/// <param name="Score">-1 to 1.</param>
public sealed record ClassifiedSentiment(string Sentiment, double Score);
