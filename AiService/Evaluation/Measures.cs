namespace Assistify.AiService.Evaluation;

/// <summary>The figures that evaluations print, rounded to four digits after the point.</summary>
internal static class Measures
{
    public static double Accuracy(IReadOnlyList<(string Expected, string Told)> answers) => Rounded((double)answers.Count(answer => answer.Expected == answer.Told) / answers.Count);

    /// <summary>The mean of the F1 of every label that is expected at least once.</summary>
    public static double MacroF1(IReadOnlyList<(string Expected, string Told)> answers) => OverLabels(answers, (right, expected, told) => 2.0 * right / (expected + told));

    /// <summary>The mean of the recall of every label that is expected at least once.</summary>
    public static double MacroRecall(IReadOnlyList<(string Expected, string Told)> answers) => OverLabels(answers, (right, expected, _) => (double)right / expected);

    /// <summary>How often something inside scores higher than something outside.</summary>
    public static double Auroc(IReadOnlyList<double> inside, IReadOnlyList<double> outside)
    {
        var sorted = inside.Order().ToArray();
        var wins = 0.0;
        foreach (var score in outside)
        {
            var (below, upTo) = (LowerBound(sorted, score), LowerBound(sorted, Math.BitIncrement(score)));
            wins += sorted.Length - upTo + (upTo - below) / 2.0;
        }
        return Rounded(wins / inside.Count / outside.Count);
    }

    public static double Rounded(double figure) => Math.Round(figure, 4);

    private static double OverLabels(IReadOnlyList<(string Expected, string Told)> answers, Func<int, int, int, double> figure)
    {
        var told = answers.CountBy(answer => answer.Told).ToDictionary();
        return Rounded(answers.GroupBy(answer => answer.Expected).Average(label =>
            figure(label.Count(answer => answer.Told == answer.Expected), label.Count(), told.GetValueOrDefault(label.Key))));
    }

    private static int LowerBound(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
