namespace Assistify.AiService.Understanding.Learning;

/// <summary>What is chosen on examples that were not trained on: the temperature of the probabilities and the threshold of rejection.</summary>
internal static class IntentCalibration
{
    /// <summary>The share of in-scope texts that stay answered, and answered right, is kept above this wherever the model reaches it at all.</summary>
    public const double KeptAccuracy = 0.92;

    private const double LeastLoss = 0.005;
    private const double SpentShare = 0.4;

    public static IntentModel On(IntentModel model, IReadOnlyList<LabelledText> inside, IReadOnlyList<SparseText> outside)
    {
        var calibrated = model with { Temperature = ChooseTemperature(model, inside) };
        var kept = inside.Select(example => (Judged: calibrated.Judge(example.Text), example.Label)).ToList();
        return calibrated with
        {
            Threshold = ChooseThreshold(
                [.. kept.Select(example => (example.Judged.Score, example.Judged.Label == example.Label))], [.. outside.Select(text => calibrated.Judge(text).Score)]),
        };
    }

    /// <summary>
    /// The threshold that finds most texts outside while accuracy inside stays up. Less than half of the accuracy that can be spared is spent:
    /// the rest is for the difference between the validation part and what comes.
    /// </summary>
    internal static double ChooseThreshold(IReadOnlyList<(double Score, bool Right)> inside, IReadOnlyList<double> outside)
    {
        if (inside.Count == 0) return double.NegativeInfinity;
        var right = inside.Where(example => example.Right).Select(example => example.Score).Order().ToArray();
        var accuracy = (double)right.Length / inside.Count;
        var spent = Math.Max(LeastLoss, (accuracy - KeptAccuracy) * SpentShare);
        var lost = Math.Min((int)Math.Round(spent * inside.Count), right.Length - 1);
        if (lost < 0) return double.NegativeInfinity;
        var highest = right[lost];
        // Rejecting less is as good where nothing outside lies between.
        var rejected = outside.Where(score => score < highest).DefaultIfEmpty(double.NaN).Max();
        return double.IsNaN(rejected) ? highest : Math.Min(highest, Math.BitIncrement(rejected));
    }

    /// <summary>
    /// The threshold above which right answers outweigh wrong ones by most: who is asked back loses less time than who is told the wrong thing.
    /// Where the answers below it are wrong no more often than chance explains (a standard deviation of as many throws of a coin), they are
    /// given too: a few examples more or less then move the threshold little, and what is rare is not rejected for being rare.
    /// For models that no threshold brings near <see cref="KeptAccuracy"/>.
    /// </summary>
    /// <param name="judged">What is outside is never right.</param>
    public static double WhereAnsweringPays(IReadOnlyList<(double Score, bool Right)> judged)
    {
        var (threshold, worth, most, since) = (double.NegativeInfinity, 0, 0, 0);
        foreach (var group in judged.GroupBy(answer => answer.Score).OrderByDescending(group => group.Key))
        {
            worth += group.Sum(answer => answer.Right ? 1 : -1);
            since += group.Count();
            if (worth > most) (most, since) = (worth, 0);
            if (most > 0 && most - worth <= Math.Sqrt(since)) threshold = group.Key;
        }
        return threshold;
    }

    // The likelihood has one peak, so a search by thirds finds it.
    private static double ChooseTemperature(IntentModel model, IReadOnlyList<LabelledText> examples)
    {
        var logarithms = new List<(float[] Values, int Label)>();
        foreach (var example in examples)
        {
            var values = model.Model.Predict(example.Text);
            for (var i = 0; i < values.Length; i++) values[i] = MathF.Log(values[i] + 1e-9f);
            var label = model.Model.IndexOf(example.Label);
            if (label >= 0) logarithms.Add((values, label));
        }
        if (logarithms.Count == 0) return model.Temperature;
        var (low, high) = (0.2, 5.0);
        while (high - low > 0.01)
        {
            var (a, b) = (low + (high - low) / 3, high - (high - low) / 3);
            if (Surprise(a) < Surprise(b)) high = b;
            else low = a;
        }
        return (low + high) / 2;

        double Surprise(double temperature)
        {
            var sum = 0.0;
            foreach (var (values, label) in logarithms)
            {
                var probabilities = values.ToArray();
                Numbers.Softmax(probabilities, (float)temperature);
                sum -= Math.Log(probabilities[label] + 1e-9);
            }
            return sum;
        }
    }
}
