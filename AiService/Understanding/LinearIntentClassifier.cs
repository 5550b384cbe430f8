using System.Reflection;

namespace Assistify.AiService.Understanding;

/// <summary>
/// A linear model (softmax) over hashed words, word pairs, meanings and pieces of words, trained on <c>IntentExamples.txt</c> when the service
/// starts: a second of work at most, and the same weights on every replica since nothing in it is random.
/// </summary>
internal sealed class LinearIntentClassifier : IIntentClassifier
{
    private const int Buckets = 1 << 14;
    private const int Epochs = 30;
    private const float Rate = 0.8f;
    private const float Decay = 1e-5f;

    private readonly string[] _intents;
    private readonly float[] _weights; // Buckets × intents
    private readonly float[] _bias;

    public LinearIntentClassifier()
        : this(ReadExamples())
    {
    }

    public LinearIntentClassifier(IReadOnlyList<(string Intent, string Text)> examples)
    {
        _intents = [.. examples.Select(example => example.Intent).Distinct().Order(StringComparer.Ordinal)];
        _weights = new float[Buckets * _intents.Length];
        _bias = new float[_intents.Length];
        Train(examples);
    }

    public IReadOnlyList<string> Known => _intents;

    public ClassifiedIntent Classify(string text)
    {
        var features = Features(Words.Of(text));
        if (features.Count == 0) return new ClassifiedIntent(Intents.Other, 0.5);
        Span<float> scores = stackalloc float[_intents.Length];
        Score(features, scores);
        var best = IndexOfMax(scores);
        return new ClassifiedIntent(_intents[best], Math.Round(scores[best], 3));
    }

    internal static List<(string Intent, string Text)> ReadExamples()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("IntentExamples.txt")
            ?? throw new InvalidOperationException("The resource IntentExamples.txt is missing in the build.");
        using var reader = new StreamReader(stream);
        var examples = new List<(string, string)>();
        var intent = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            if (line[0] == '[') intent = line[1..^1];
            else examples.Add((intent, line));
        }
        return examples;
    }

    private void Train(IReadOnlyList<(string Intent, string Text)> examples)
    {
        var samples = new List<(int Intent, List<(int Bucket, float Value)> Features, float Weight)>();
        var sizes = examples.GroupBy(example => example.Intent).ToDictionary(group => group.Key, group => group.Count());
        foreach (var (intent, text) in examples)
        {
            // Intents with many examples must not win by their number alone.
            var weight = MathF.Sqrt(40f / sizes[intent]);
            var index = Array.IndexOf(_intents, intent);
            samples.Add((index, Features(Words.Of(text)), weight));
            if (!Greeklish.IsGreek(text)) continue;
            foreach (var spelling in Greeklish.Spellings(Words.Fold(text))) samples.Add((index, Features(Words.Of(spelling)), weight / 2));
        }

        Span<float> scores = stackalloc float[_intents.Length];
        var order = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var rate = Rate / (1 + epoch * 0.15f);
            for (var i = 0; i < samples.Count; i++)
            {
                // A stride that shares no factor with most counts: neighbours in the file are alike, and a run of one class unlearns the others.
                order = (order + 7919) % samples.Count;
                var (intent, features, weight) = samples[samples.Count % 7919 == 0 ? i : order];
                Score(features, scores);
                scores[intent] -= 1;
                Scale(scores, -rate * weight);
                foreach (var (bucket, value) in features)
                {
                    var row = _weights.AsSpan(bucket * _intents.Length, _intents.Length);
                    for (var k = 0; k < row.Length; k++) row[k] += scores[k] * value - rate * Decay * row[k];
                }
                for (var k = 0; k < _bias.Length; k++) _bias[k] += scores[k] * 0.1f;
            }
        }
    }

    private void Score(List<(int Bucket, float Value)> features, Span<float> scores)
    {
        _bias.CopyTo(scores);
        foreach (var (bucket, value) in features)
        {
            var row = _weights.AsSpan(bucket * scores.Length, scores.Length);
            for (var k = 0; k < row.Length; k++) scores[k] += row[k] * value;
        }
        var max = scores[IndexOfMax(scores)];
        var sum = 0f;
        for (var k = 0; k < scores.Length; k++) sum += scores[k] = MathF.Exp(scores[k] - max);
        for (var k = 0; k < scores.Length; k++) scores[k] /= sum;
    }

    private static List<(int Bucket, float Value)> Features(List<string> words)
    {
        var features = new List<(int Bucket, float Value)>(words.Count * 12);
        var count = Math.Min(words.Count, 60); // what somebody wants stands in the first lines
        var previous = "^";
        for (var i = 0; i < count; i++)
        {
            var word = Words.IsNumber(words[i]) ? "0" : words[i];
            Add("w", word, 1f);
            Add(previous, word, 0.7f);
            var concept = Concepts.Of(word);
            Add("c", concept, 0.8f);
            if (Concepts.Things.Contains(concept)) Add("t", "thing", 0.6f);
            if (Concepts.Weekdays.Contains(concept)) Add("t", "weekday", 0.6f);
            if (Concepts.Colours.Contains(concept)) Add("t", "colour", 0.5f);
            if (word.Length > 3)
            {
                // Pieces of words forgive misspellings and endings.
                for (var j = 0; j + 4 <= word.Length; j++) Add("p", word.Substring(j, 4), 0.4f);
                Add("b", word[..Math.Min(5, word.Length)], 0.5f);
            }
            previous = word;
        }
        Add(previous, "$", 0.5f);
        var norm = 0f;
        foreach (var (_, value) in features) norm += value * value;
        norm = 1 / MathF.Sqrt(norm);
        for (var i = 0; i < features.Count; i++) features[i] = (features[i].Bucket, features[i].Value * norm);
        return count == 0 ? [] : features;

        void Add(string kind, string text, float value)
        {
            var hash = 2166136261u;
            foreach (var letter in kind) hash = (hash ^ letter) * 16777619u;
            hash = (hash ^ '\u0001') * 16777619u;
            foreach (var letter in text) hash = (hash ^ letter) * 16777619u;
            features.Add(((int)((hash ^ (hash >> 15)) % Buckets), value));
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        for (var k = 0; k < values.Length; k++) values[k] *= factor;
    }

    private static int IndexOfMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var k = 1; k < values.Length; k++) best = values[k] > values[best] ? k : best;
        return best;
    }
}
