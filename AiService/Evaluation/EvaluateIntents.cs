using System.Diagnostics;
using Assistify.AiService.Understanding.Learning;

namespace Assistify.AiService.Evaluation;

/// <param name="Accuracy">Of the best intent, nothing rejected.</param>
/// <param name="InScopeAccuracy">What is rejected at the threshold counts as wrong.</param>
/// <param name="OosRecall">The share of out-of-scope texts that the same threshold rejects.</param>
internal sealed record IntentFigures(
    double Accuracy, double MacroF1, double InScopeAccuracy, double? OosRecall, double? Auroc, double TrainSeconds, double TrainCpuSeconds,
    double MicrosecondsPerPrediction, long ModelBytes);

/// <summary>Trains the intent model on one file and measures it on another, as it would be stored: with small weights, read back from its bytes.</summary>
internal static class EvaluateIntents
{
    private const string Outside = "\u0001outside"; // no label of a file can be this
    private const int HeldBack = 10; // every tenth example, where there is no validation part

    public static object Run(EvaluationOptions options)
    {
        options.Only("train", "test", "validation", "oos-train", "oos-validation", "oos-test", "seed");
        var train = LabelledFile.Read(options.Required("train"));
        var test = LabelledFile.Read(options.Required("test"));
        var validation = Optional(options, "validation");
        var oosTrain = Optional(options, "oos-train");
        var oosValidation = Optional(options, "oos-validation");
        var oosTest = Optional(options, "oos-test");
        var seed = options.Number("seed", 1);
        if (train.Select(line => line.Label).Distinct().Count() < 2) throw new EvaluationFault($"{options.Required("train")} holds a single label; there is nothing to tell apart.");

        // Only a threshold needs texts that were not trained on, and only out-of-scope texts need a threshold.
        if (validation.Count == 0 && oosTest.Count > 0)
        {
            validation = [.. train.Where((_, i) => i % HeldBack == HeldBack - 1)];
            train = [.. train.Where((_, i) => i % HeldBack != HeldBack - 1)];
        }

        var (before, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var trained = Train(train, oosTrain, seed);
        var (seconds, cpuSeconds) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);

        using var stored = new MemoryStream();
        trained.Model.Write(stored);
        stored.Position = 0;
        var model = trained with { Model = TextModel.Read(stored) };
        if (validation.Count > 0)
            model = IntentCalibration.On(model, [.. validation.Select(line => new LabelledText(line.Label, TextFeatures.Of(line.Text)))], [.. oosValidation.Select(line => TextFeatures.Of(line.Text))]);

        var inside = test.ConvertAll(line => (line.Label, Judged: model.Judge(TextFeatures.Of(line.Text))));
        var outside = oosTest.ConvertAll(line => model.Judge(TextFeatures.Of(line.Text)));

        // Measured once the code is compiled, as it is in a service that runs.
        watch.Restart();
        foreach (var line in test) model.Judge(TextFeatures.Of(line.Text));
        var microseconds = watch.Elapsed.TotalMicroseconds / test.Count;

        var answers = inside.ConvertAll(answer => (answer.Label, answer.Judged.Label));
        return new IntentFigures(
            Measures.Accuracy(answers),
            Measures.MacroF1(answers),
            Measures.Rounded((double)inside.Count(answer => answer.Judged.Label == answer.Label && answer.Judged.Score >= model.Threshold) / inside.Count),
            outside.Count == 0 ? null : Measures.Rounded((double)outside.Count(judged => judged.Score < model.Threshold) / outside.Count),
            outside.Count == 0 ? null : Measures.Auroc(inside.ConvertAll(answer => answer.Judged.Score), outside.ConvertAll(judged => judged.Score)),
            Math.Round(seconds, 5), Math.Round(cpuSeconds, 5), Math.Round(microseconds, 1), stored.Length);
    }

    private static IntentModel Train(List<LabelledLine> train, List<LabelledLine> oosTrain, ulong seed)
    {
        var examples = train.ConvertAll(line => new LabelledText(line.Label, TextFeatures.Of(line.Text)));
        examples.AddRange(oosTrain.Select(line => new LabelledText(Outside, TextFeatures.Of(line.Text))));
        var labels = examples.Select(example => example.Label).Distinct().Count();
        return IntentModel.Train(examples, oosTrain.Count > 0 ? Outside : null, NetSettings.For(examples.Count, labels, seed));
    }

    private static List<LabelledLine> Optional(EvaluationOptions options, string name) =>
        options.Optional(name) is { } path ? LabelledFile.Read(path) : [];
}
