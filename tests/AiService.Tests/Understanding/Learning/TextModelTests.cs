using System.Text;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Learning;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding.Learning;

public sealed class TextModelTests
{
    private static readonly NetSettings s_quick = new() { Nets = 2, Hidden = 16, Epochs = 5, Features = 4_000, Seed = 5 };

    private static readonly List<LabelledText> s_examples =
        [.. IntentExamples.Read().Where((_, i) => i % 8 == 0).Select(example => new LabelledText(example.Intent, TextFeatures.Of(example.Text)))];

    [TestCase(0)]
    [TestCase(1)]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_does_not(int pooled)
    {
        var settings = s_quick with { Pooled = pooled };

        Assert.That(Bytes(settings), Is.EqualTo(Bytes(settings)));
        Assert.That(Bytes(settings with { Seed = 6 }), Is.Not.EqualTo(Bytes(settings)));

        static byte[] Bytes(NetSettings settings) => Stored(TextModelTrainer.Train(s_examples, settings));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void A_model_that_was_stored_tells_the_same(int pooled)
    {
        var model = TextModelTrainer.Train(s_examples, s_quick with { Pooled = pooled });
        var read = TextModel.Read(new MemoryStream(Stored(model)));

        Assert.That(read.Labels, Is.EqualTo(model.Labels));
        foreach (var example in s_examples) Assert.That(read.Predict(example.Text), Is.EqualTo(model.Predict(example.Text)));
    }

    [Test]
    public void Models_stored_before_nets_were_pooled_are_still_read()
    {
        using var stored = new MemoryStream();
        using (var writer = new BinaryWriter(stored, Encoding.UTF8, leaveOpen: true))
        {
            var text = TextFeatures.Of("parcel");
            writer.Write(1); // format
            writer.Write(2); // labels
            writer.Write("order");
            writer.Write("other");
            writer.Write(1); // features
            writer.Write(text.Hashes[0]);
            writer.Write(1); // nets
            WriteRows(writer, scale: 0.01f, 100);
            for (var unit = 0; unit < 8; unit++) writer.Write(0f);
            WriteRows(writer, scale: 0.001f, 127, -127);
            writer.Write(0f);
            writer.Write(0.5f);
        }
        stored.Position = 0;

        var model = TextModel.Read(stored);

        Assert.That(stored.Position, Is.EqualTo(stored.Length));
        Assert.That(model.Labels, Is.EqualTo(new[] { "order", "other" }));
        // Eight units of one each, times 0.127 and its opposite, beside a bias of 0.5.
        Assert.That(model.Predict(TextFeatures.Of("parcel"))[0], Is.EqualTo(1 / (1 + Math.Exp(0.5 - 2 * 8 * 0.127))).Within(1e-5));

        static void WriteRows(BinaryWriter writer, float scale, params sbyte[] cells)
        {
            writer.Write(8); // width
            writer.Write(cells.Length);
            foreach (var cell in cells)
            {
                for (var unit = 0; unit < 8; unit++) writer.Write(cell);
            }
            foreach (var _ in cells) writer.Write(scale);
        }
    }

    [Test]
    public void Pooled_nets_are_no_larger_and_hear_one_telling_word_among_many()
    {
        var filler = "and then there was this and that and whatever else one says on such a day";
        var examples = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? ("order", $"the parcel {filler} {i}") : ("other", $"the garden {filler} {i}"))
            .Select(example => new LabelledText(example.Item1, TextFeatures.Of(example.Item2))).ToList();
        var (plain, pooled) = (TextModelTrainer.Train(examples, s_quick), TextModelTrainer.Train(examples, s_quick with { Pooled = 2 }));

        Assert.That(Stored(pooled), Has.Length.LessThan(Stored(plain).Length * 1.05));
        Assert.That(Best(pooled, $"{filler} {filler} {filler} parcel {filler}"), Is.EqualTo("order"));
        Assert.That(Best(pooled, $"{filler} {filler} {filler} garden {filler}"), Is.EqualTo("other"));
    }

    [Test]
    public void Single_words_are_looked_at_where_there_is_time()
    {
        Assert.That(NetSettings.For(examples: 770, classes: 77, seed: 1), Has.Property("Nets").EqualTo(8).And.Property("Pooled").EqualTo(4));
        Assert.That(NetSettings.For(examples: 10_000, classes: 77, seed: 1), Has.Property("Nets").EqualTo(4).And.Property("Pooled").EqualTo(4));
        Assert.That(NetSettings.For(examples: 15_000, classes: 150, seed: 1), Has.Property("Nets").EqualTo(4).And.Property("Pooled").EqualTo(0));
    }

    [Test]
    public void Bytes_of_something_else_are_refused() =>
        Assert.That(() => TextModel.Read(new MemoryStream(new byte[64])), Throws.InstanceOf<InvalidDataException>());

    [TestCase(0)]
    [TestCase(1)]
    public void Small_weights_tell_what_the_large_ones_do(int pooled)
    {
        var nets = TextModelTrainer.TrainNets(s_examples, s_quick with { Pooled = pooled }, out var labels, out var vocabulary);
        var model = new TextModel(labels, vocabulary, nets);

        foreach (var example in s_examples) Assert.That(model.Predict(example.Text), Is.EqualTo(Exact(example.Text)).Within(0.03));

        float[] Exact(SparseText text)
        {
            var (rows, values) = vocabulary.Find(text);
            var average = new float[labels.Length];
            foreach (var net in nets)
            {
                var units = new float[net.Units];
                var scores = new float[labels.Length];
                net.Hide(rows, values, units);
                if (net.IsPooled) AddHighest(net, vocabulary.FindWords(text), units.AsSpan(net.Hidden));
                for (var i = 0; i < units.Length; i++) units[i] = MathF.Max(0, units[i]);
                net.Score(units, scores);
                Numbers.Softmax(scores);
                for (var i = 0; i < scores.Length; i++) average[i] += scores[i] / nets.Length;
            }
            return average;
        }

        // Unit by unit, as it is said, beside the vectors of the product.
        static void AddHighest(Net net, (int[] Rows, float[] Values)[] words, Span<float> units)
        {
            for (var unit = 0; unit < units.Length && words.Length > 0; unit++)
                units[unit] += words.Max(word => word.Rows.Zip(word.Values, (row, value) => net.FirstRow(row)[unit] * value).Sum());
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Texts_without_a_known_word_are_told_without_harm(int pooled)
    {
        var model = TextModelTrainer.Train(s_examples, s_quick with { Pooled = pooled });

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
    public void Answers_are_given_down_to_where_they_are_wrong_more_often_than_by_chance()
    {
        var clear = Enumerable.Range(0, 50).Select(i => (Score: 100.0 + i, Right: true));
        var even = Enumerable.Range(0, 40).Select(i => (Score: 50.0 + i, Right: i % 2 == 0));
        var wrong = Enumerable.Range(0, 30).Select(i => (Score: (double)i, Right: i % 5 == 0));

        Assert.That(IntentCalibration.WhereAnsweringPays([.. clear, .. wrong]), Is.InRange(29, 100));
        Assert.That(IntentCalibration.WhereAnsweringPays([.. clear, .. even, .. wrong]), Is.InRange(15, 50));
        Assert.That(IntentCalibration.WhereAnsweringPays([.. wrong.Where(answer => !answer.Right)]), Is.EqualTo(double.NegativeInfinity));
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
