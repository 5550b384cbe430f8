using Assistify.AiService.Understanding.Learning;

namespace Assistify.AiService.Understanding;

/// <summary>
/// A model of intents as the service asks it. What is not meant clearly enough is <see cref="Intents.Other"/>: that is decided by the
/// model's threshold, and the examples of what is outside only help to place it.
/// </summary>
internal sealed class IntentClassifier(IntentModel model)
{
    // Chosen on phrasings that were held back. IntentTraining would reject a little more, but a workspace without examples of its own has only this model
    // to find out what its customers may want.
    private const double StarterTemperature = 0.76;
    private const double StarterThreshold = -0.17;

    /// <summary>
    /// The starter set's model, trained when the service starts: about a second of work, and the same weights on every replica
    /// since nothing in it is left to chance.
    /// </summary>
    public static IntentClassifier OfStarterSet() => new(
        IntentModel.Train(IntentExamples.Prepare(IntentExamples.Read()), Intents.Other, IntentTraining.Settings) with
        {
            Temperature = StarterTemperature, Threshold = StarterThreshold,
        });

    public ClassifiedIntent Classify(string text)
    {
        var features = TextFeatures.Of(text);
        if (features.Hashes.Length == 0) return ClassifiedIntent.Unknown;
        var judged = model.Judge(features);
        return judged.Score < model.Threshold
            ? new ClassifiedIntent(Intents.Other, Math.Round(1 - judged.Confidence, 3))
            : new ClassifiedIntent(judged.Label, Math.Round(judged.Confidence, 3));
    }
}
