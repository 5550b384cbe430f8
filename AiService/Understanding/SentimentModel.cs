using Assistify.AiService.Understanding.Learning;

namespace Assistify.AiService.Understanding;

/// <summary>A learner over the words of a text and what <see cref="SentimentCues"/> found in it. Every label counts alike, however rare.</summary>
internal sealed class SentimentModel : ISentimentClassifier
{
    public static readonly IReadOnlyList<string> Labels = ["negative", "neutral", "positive"];

    // Beside a hundred pieces of words, the few cues must be heard.
    private const float CueWeight = 4;

    private readonly TextModel _model;

    private SentimentModel(TextModel model) => _model = model;

    public static SentimentModel Train(IReadOnlyList<(string Label, string Text)> examples, ulong seed)
    {
        var settings = new NetSettings { Hidden = 32, Epochs = Math.Clamp(60_000 / examples.Count, 3, 20), FeatureDropout = 0.4f, HiddenDropout = 0.2f, Balance = 1, Seed = seed };
        return new SentimentModel(TextModelTrainer.Train([.. examples.Select(example => new LabelledText(example.Label, Features(example.Text)))], settings));
    }

    public ClassifiedSentiment Classify(string text)
    {
        var probabilities = _model.Predict(Features(text));
        var best = Array.IndexOf(probabilities, probabilities.Max());
        return new ClassifiedSentiment(_model.Labels[best], Math.Round(Of("positive") - Of("negative"), 3));

        double Of(string label) => _model.IndexOf(label) is >= 0 and var i ? probabilities[i] : 0;
    }

    private static SparseText Features(string text)
    {
        var cues = SentimentCues.Read(text);
        return new TextFeatures()
            .AddWords(Words.Of(text))
            .AddGiven("praise", CueWeight * Bounded(cues.Praise))
            .AddGiven("blame", CueWeight * Bounded(cues.Blame))
            .AddGiven(cues.Sum > 0.5 ? "more praise" : cues.Sum < -0.5 ? "more blame" : "balanced", CueWeight)
            .AddGiven(cues.LastWord > 0 ? "ends in praise" : "ends in blame", CueWeight * Math.Abs(Bounded(cues.LastWord)))
            .AddGiven("negated", cues.Negated ? CueWeight / 2 : 0)
            .AddGiven("shouted", cues.Shouted ? CueWeight / 2 : 0)
            .AddGiven("asks", text.Contains('?', StringComparison.Ordinal) ? CueWeight / 2 : 0)
            .AddGiven("exclaims", text.Contains('!', StringComparison.Ordinal) ? CueWeight / 2 : 0)
            .AddGiven("link", text.Contains("http", StringComparison.OrdinalIgnoreCase) ? CueWeight / 2 : 0)
            .Finish();
    }

    private static float Bounded(double cue) => (float)(cue / Math.Sqrt(cue * cue + 8)) * 2;
}
