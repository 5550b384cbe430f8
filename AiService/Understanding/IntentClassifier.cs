using Assistify.AiService.Understanding.Learning;

namespace Assistify.AiService.Understanding;

/// <summary>
/// The model of <see cref="IntentModel"/>, trained on <see cref="IntentExamples"/> when the service starts: about a second of work,
/// and the same weights on every replica since nothing in it is left to chance.
/// </summary>
internal sealed class IntentClassifier : IIntentClassifier
{
    // The starter set is small and read at every start: narrow nets learn it as well.
    private static readonly NetSettings s_settings = new() { Hidden = 24, Epochs = 8, Features = 30_000, FeatureDropout = 0.4f, Smoothing = 0.05f };

    // Chosen on phrasings that were held back.
    private const double Temperature = 0.85;

    private readonly IntentModel _model;

    public IntentClassifier()
        : this(IntentExamples.Read())
    {
    }

    public IntentClassifier(IReadOnlyList<(string Intent, string Text)> examples) =>
        _model = new IntentModel(TextModelTrainer.Train(IntentExamples.Prepare(examples), s_settings), Outside: null) { Temperature = Temperature };

    public ClassifiedIntent Classify(string text)
    {
        var features = TextFeatures.Of(text);
        if (features.Hashes.Length == 0) return new ClassifiedIntent(Intents.Other, 0.5);
        var judged = _model.Judge(features);
        return new ClassifiedIntent(judged.Label, Math.Round(judged.Confidence, 3));
    }
}
