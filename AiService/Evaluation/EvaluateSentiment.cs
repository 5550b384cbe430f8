using Assistify.AiService.Understanding;

namespace Assistify.AiService.Evaluation;

internal sealed record SentimentFigures(double MacroRecall, double Accuracy);

/// <summary>Tells the feeling of every text as the service does, or as a model trained on the given file does.</summary>
internal static class EvaluateSentiment
{
    public static object Run(EvaluationOptions options)
    {
        options.Only("test", "train", "seed");
        var test = Read(options.Required("test"));
        ISentimentClassifier classifier = options.Optional("train") is { } path
            ? SentimentModel.Train(Read(path).ConvertAll(line => (line.Label, line.Text)), options.Number("seed", 1))
            : new SentimentClassifier();
        var answers = test.ConvertAll(line => (line.Label, classifier.Classify(line.Text).Sentiment));
        return new SentimentFigures(Measures.MacroRecall(answers), Measures.Accuracy(answers));
    }

    private static List<LabelledLine> Read(string path)
    {
        var lines = LabelledFile.Read(path);
        if (lines.Find(line => !SentimentModel.Labels.Contains(line.Label)) is { Label: not null } stray)
            throw new EvaluationFault($"{path}: '{stray.Label}' is no sentiment; labels are {string.Join(", ", SentimentModel.Labels)}.");
        return lines;
    }
}
