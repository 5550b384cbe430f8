namespace Assistify.AiService.Understanding;

/// <summary>What a customer wants.</summary>
public interface IIntentClassifier
{
    ClassifiedIntent Classify(string text);
}

/// <param name="Intent">One of <see cref="Intents"/>.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record ClassifiedIntent(string Intent, double Confidence);
