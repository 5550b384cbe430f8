using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Learning;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding.Learning;

public sealed class TextModelTests
{
    private static readonly NetSettings s_quick = new() { Nets = 2, Hidden = 16, Epochs = 5, Features = 4_000, Seed = 5 };

    private static readonly List<LabelledText> s_examples =
        [.. IntentExamples.Read().Where((_, i) => i % 8 == 0).Select(example => new LabelledText(example.Intent, TextFeatures.Of(example.Text)))];

    [Test]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_does_not()
    {
        Assert.That(Bytes(s_quick), Is.EqualTo(Bytes(s_quick)));
        Assert.That(Bytes(s_quick with { Seed = 6 }), Is.Not.EqualTo(Bytes(s_quick)));

        static byte[] Bytes(NetSettings settings) => Stored(TextModelTrainer.Train(s_examples, settings));
    }

    [Test]
    public void A_model_that_was_stored_tells_the_same()
    {
        var model = TextModelTrainer.Train(s_examples, s_quick);
        var read = TextModel.Read(new MemoryStream(Stored(model)));

        Assert.That(read.Labels, Is.EqualTo(model.Labels));
        foreach (var example in s_examples) Assert.That(read.Predict(example.Text), Is.EqualTo(model.Predict(example.Text)));
    }

    [Test]
    public void Bytes_of_something_else_are_refused() =>
        Assert.That(() => TextModel.Read(new MemoryStream(new byte[64])), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void Small_weights_tell_what_the_large_ones_do()
    {
        var nets = TextModelTrainer.TrainNets(s_examples, s_quick, out var labels, out var vocabulary);
        var model = new TextModel(labels, vocabulary, nets);

        foreach (var example in s_examples) Assert.That(model.Predict(example.Text), Is.EqualTo(Exact(example.Text)).Within(0.03));

        float[] Exact(SparseText text)
        {
            var (rows, values) = vocabulary.Find(text);
            var average = new float[labels.Length];
            foreach (var net in nets)
            {
                var units = new float[net.Hidden];
                var scores = new float[labels.Length];
                net.Hide(rows, values, units);
                for (var i = 0; i < units.Length; i++) units[i] = MathF.Max(0, units[i]);
                net.Score(units, scores);
                Numbers.Softmax(scores);
                for (var i = 0; i < scores.Length; i++) average[i] += scores[i] / nets.Length;
            }
            return average;
        }
    }

    [Test]
    public void Texts_without_a_known_word_are_told_without_harm()
    {
        var model = TextModelTrainer.Train(s_examples, s_quick);

        foreach (var text in new[] { "", "👍", "ﷺ", "zzzzqqqq" }) Assert.That(model.Predict(TextFeatures.Of(text)).Sum(), Is.EqualTo(1).Within(0.001));
    }

    [Test]
    public void The_threshold_spends_a_part_of_the_accuracy_that_can_be_spared()
    {
        // 97 of 100 right, so five points above what is kept; two of them may go.
        var inside = Enumerable.Range(0, 100).Select(i => ((double)i, i >= 3)).ToList();

        Assert.That(IntentCalibration.ChooseThreshold(inside, [4.5, 90]), Is.EqualTo(4.5).Within(1e-6).And.GreaterThan(4.5));
        Assert.That(IntentCalibration.ChooseThreshold(inside, [90]), Is.EqualTo(5));
    }

    [Test]
    public void A_public_data_set_is_told_by_a_fifth_of_it()
    {
        var train = Path.Combine(Repository(), "..", "shared", "data", "clinc150", "train.tsv");
        if (!File.Exists(train)) Assert.Ignore($"The data set is not on this machine ({train}).");
        var examples = File.ReadLines(train).Select(line => line.Split('\t')).Where((_, i) => i % 5 == 0)
            .Select(parts => new LabelledText(parts[0], TextFeatures.Of(parts[1]))).ToList();

        var model = TextModelTrainer.Train(examples, new NetSettings { Nets = 2 });

        var right = File.ReadLines(train).Select(line => line.Split('\t')).Where((_, i) => i % 25 == 1).Select(parts => (Label: parts[0], Told: Best(model, parts[1]))).ToList();
        Assert.That(right.Count(answer => answer.Label == answer.Told), Is.GreaterThan(right.Count * 0.75));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Assistify.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return folder;
    }

    private static string Best(TextModel model, string text)
    {
        var probabilities = model.Predict(TextFeatures.Of(text));
        return model.Labels[Array.IndexOf(probabilities, probabilities.Max())];
    }

    private static byte[] Stored(TextModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }
}
