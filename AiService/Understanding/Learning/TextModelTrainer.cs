namespace Assistify.AiService.Understanding.Learning;

/// <param name="Weight">How much is learned from it, beside the others of its label.</param>
internal readonly record struct LabelledText(string Label, SparseText Text, float Weight = 1);

/// <summary>Examples in, model out. Two nets are trained at a time; which is finished first changes nothing.</summary>
internal static class TextModelTrainer
{
    private const int Workers = 2;
    private const float MostWeight = 3;

    public static TextModel Train(IReadOnlyList<LabelledText> examples, NetSettings settings)
    {
        var nets = TrainNets(examples, settings, out var labels, out var vocabulary);
        return new TextModel(labels, vocabulary, nets);
    }

    /// <summary>The nets before their weights are made small.</summary>
    internal static Net[] TrainNets(IReadOnlyList<LabelledText> examples, NetSettings settings, out string[] labels, out Vocabulary vocabulary)
    {
        var names = examples.Select(example => example.Label).Distinct().Order(StringComparer.Ordinal).ToArray();
        var known = Vocabulary.Of(examples.Select(example => example.Text), settings.Features);
        var weights = Balance(examples, settings.Balance);
        var samples = new Sample[examples.Count];
        for (var i = 0; i < samples.Length; i++)
        {
            var words = settings.Pooled > 0 ? known.FindWords(examples[i].Text) : [];
            samples[i] = new Sample(
                known.Find(examples[i].Text), words, Array.BinarySearch(names, examples[i].Label, StringComparer.Ordinal), examples[i].Weight * weights[examples[i].Label]);
        }

        var nets = new Net[settings.Nets];
        Parallel.For(0, nets.Length, new ParallelOptions { MaxDegreeOfParallelism = Workers }, net =>
            nets[net] = NetTrainer.Train(settings, samples, known.Hashes.Count, names.Length, pooled: net < settings.Pooled, settings.Seed * 1_000 + (ulong)net));
        (labels, vocabulary) = (names, known);
        return nets;
    }

    // A label with many examples must not win by their number alone.
    private static Dictionary<string, float> Balance(IReadOnlyList<LabelledText> examples, float share)
    {
        var counts = examples.CountBy(example => example.Label).ToDictionary();
        var mean = (float)examples.Count / counts.Count;
        return counts.ToDictionary(entry => entry.Key, entry => MathF.Pow(Math.Min(MostWeight, mean / entry.Value), share));
    }
}
