using System.Security.Cryptography;
using System.Text;
using Assistify.AiService.Evaluation;
using Assistify.AiService.Understanding.Learning;

namespace Assistify.AiService.Understanding;

/// <param name="Examples">That were held back: no model was trained on them before it was measured.</param>
/// <param name="Accuracy">Of the best intent, were nothing rejected.</param>
/// <param name="MacroF1">The mean over the intents, were nothing rejected.</param>
/// <param name="InScopeAccuracy">At the threshold.</param>
/// <param name="OutsideRecall">The share of what means no intent that is rejected at the threshold.</param>
public sealed record IntentScores(int Examples, double Accuracy, double MacroF1, double InScopeAccuracy, double OutsideRecall);

/// <param name="Compared">The same for the examples that it is compared with, on the same part held back.</param>
internal sealed record TrainedIntents(IntentModel Model, IntentScores Scores, IntentScores Compared);

/// <summary>
/// Trains a model of intents and measures it on a fifth of the examples, which its twin for measuring was not trained on. Which
/// fifth that is depends on each text alone, so that it stays held back when others are added.
/// </summary>
internal static class IntentTraining
{
    private const int Parts = 5;

    // Examples number in the thousands at most and are trained on often: narrow nets learn them as well.
    public static readonly NetSettings Settings = new() { Hidden = 24, Epochs = 8, Features = 30_000, FeatureDropout = 0.4f, Smoothing = 0.05f };

    /// <param name="compared">What the model in use was trained on.</param>
    public static TrainedIntents Train(IReadOnlyList<(string Intent, string Text)> examples, IReadOnlyList<(string Intent, string Text)> compared)
    {
        var held = examples.Where(IsHeldBack).ToList();
        var measured = Calibrated(examples, held);
        var model = IntentModel.Train(IntentExamples.Prepare(examples), Intents.Other, Settings) with
        {
            Temperature = measured.Temperature, Threshold = measured.Threshold,
        };
        return new TrainedIntents(model, Measure(measured, held), Measure(Calibrated(compared, held), held));
    }

    /// <summary>A model of the examples that are not held back, calibrated on those that are.</summary>
    private static IntentModel Calibrated(IReadOnlyList<(string Intent, string Text)> examples, List<(string Intent, string Text)> held)
    {
        var model = IntentModel.Train(IntentExamples.Prepare([.. examples.Where(example => !IsHeldBack(example))]), Intents.Other, Settings);
        var texts = held.ConvertAll(example => new LabelledText(example.Intent, TextFeatures.Of(example.Text)));
        model = IntentCalibration.On(model, [.. texts.Where(text => text.Label != Intents.Other)], []);
        return model with
        {
            Threshold = IntentCalibration.WhereAnsweringPays([.. texts.Select(text => (Judged: model.Judge(text.Text), text.Label))
                .Select(text => (text.Judged.Score, text.Judged.Label == text.Label))]),
        };
    }

    private static bool IsHeldBack((string Intent, string Text) example) => SHA256.HashData(Encoding.UTF8.GetBytes(example.Text))[0] % Parts == 0;

    private static IntentScores Measure(IntentModel model, List<(string Intent, string Text)> held)
    {
        var inside = new List<(string Expected, string Told)>();
        var (kept, outside, rejected) = (0, 0, 0);
        foreach (var (intent, text) in held)
        {
            var judged = model.Judge(TextFeatures.Of(text));
            var isRejected = judged.Score < model.Threshold;
            if (intent == Intents.Other)
            {
                outside++;
                if (isRejected) rejected++;
                continue;
            }
            inside.Add((intent, judged.Label));
            if (judged.Label == intent && !isRejected) kept++;
        }
        if (inside.Count == 0) return new IntentScores(held.Count, 0, 0, 0, 0);
        return new IntentScores(
            held.Count, Measures.Accuracy(inside), Measures.MacroF1(inside), Measures.Rounded((double)kept / inside.Count),
            outside == 0 ? 1 : Measures.Rounded((double)rejected / outside));
    }
}
