namespace Assistify.AiService.Understanding.Learning;

/// <param name="Weight">How much is learned from it.</param>
internal readonly record struct Sample(int[] Rows, float[] Values, int Label, float Weight);

/// <summary>
/// Stochastic gradient descent, one example at a time, with a step for each row that shrinks with what the row has learned
/// (AdaGrad by rows), so that rare words learn as much as frequent ones. The net is the mean of what it was after each of the last epochs, which
/// lies nearer to the middle of what fits than any of them.
/// </summary>
internal sealed class NetTrainer
{
    private const float Spread = 0.7f; // wide enough that nets differ, which is what averaging them lives on
    private const float BiasRate = 0.1f;
    private const float Averaged = 0.4f; // of the epochs
    private const float Negligible = 2e-4f;

    private readonly NetSettings _settings;
    private readonly Dice _dice;
    private readonly Net _net;
    private readonly float[] _firstLearned;
    private readonly float[] _secondLearned;
    private readonly float[] _units, _active, _slopes, _back, _scores;
    private float _biasLearned = 1e-6f;
    private int[] _rows = new int[512];
    private float[] _values = new float[512];

    private NetTrainer(NetSettings settings, int features, int classes, ulong seed)
    {
        _settings = settings;
        _dice = new Dice(seed);
        _net = new Net(features, settings.Hidden, classes);
        _firstLearned = new float[features];
        _secondLearned = new float[classes];
        Array.Fill(_firstLearned, 1e-6f);
        Array.Fill(_secondLearned, 1e-6f);
        _units = new float[settings.Hidden];
        _active = new float[settings.Hidden];
        _slopes = new float[settings.Hidden];
        _back = new float[settings.Hidden];
        _scores = new float[classes];
        for (var i = 0; i < _net.First.Length; i++) _net.First[i] = (2 * _dice.Share() - 1) * Spread;
        for (var i = 0; i < _net.Second.Length; i++) _net.Second[i] = (2 * _dice.Share() - 1) * MathF.Sqrt(3f / settings.Hidden);
    }

    public static Net Train(NetSettings settings, IReadOnlyList<Sample> samples, int features, int classes, ulong seed)
    {
        var trainer = new NetTrainer(settings, features, classes, seed);
        var order = Enumerable.Range(0, samples.Count).ToArray();
        var steps = (float)settings.Epochs * samples.Count;
        var step = 0;
        var mean = new Net(features, settings.Hidden, classes);
        var averaged = Math.Max(1, (int)MathF.Round(settings.Epochs * Averaged));
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            trainer._dice.Shuffle(order);
            foreach (var i in order) trainer.Learn(samples[i], settings.Rate * MathF.Sqrt(1 - step++ / steps));
            if (epoch >= settings.Epochs - averaged) mean.Add(trainer._net, 1f / averaged);
        }
        return mean;
    }

    private void Learn(Sample sample, float rate)
    {
        var count = DropFeatures(sample);
        if (count == 0) return;
        var rows = _rows.AsSpan(0, count);
        var values = _values.AsSpan(0, count);

        _net.Hide(rows, values, _units);
        DropUnits();
        _net.Score(_active, _scores);
        Numbers.Softmax(_scores);
        for (var label = 0; label < _scores.Length; label++) _scores[label] = (_scores[label] - _settings.Smoothing / _scores.Length) * sample.Weight;
        _scores[sample.Label] -= (1 - _settings.Smoothing) * sample.Weight;

        LearnSecond(rate);
        for (var i = 0; i < _back.Length; i++) _back[i] *= _slopes[i];
        LearnFirst(rows, values, rate);
    }

    private int DropFeatures(Sample sample)
    {
        if (_rows.Length < sample.Rows.Length)
        {
            _rows = new int[sample.Rows.Length];
            _values = new float[sample.Rows.Length];
        }
        var (count, squares) = (0, 0f);
        for (var i = 0; i < sample.Rows.Length; i++)
        {
            if (_dice.Share() < _settings.FeatureDropout) continue;
            _rows[count] = sample.Rows[i];
            _values[count] = sample.Values[i];
            squares += _values[count] * _values[count];
            count++;
        }
        var norm = 1 / MathF.Sqrt(squares);
        for (var i = 0; i < count; i++) _values[i] *= norm;
        return count;
    }

    private void DropUnits()
    {
        var kept = 1 / (1 - _settings.HiddenDropout);
        for (var i = 0; i < _units.Length; i++)
        {
            _slopes[i] = _units[i] > 0 && _dice.Share() >= _settings.HiddenDropout ? kept : 0;
            _active[i] = _units[i] * _slopes[i];
        }
    }

    // Passes the error back before each row changes.
    private void LearnSecond(float rate)
    {
        Array.Clear(_back);
        var square = Numbers.Dot(_active, _active) / _active.Length;
        for (var label = 0; label < _scores.Length; label++)
        {
            var error = _scores[label];
            if (MathF.Abs(error) < Negligible) continue;
            _secondLearned[label] += error * error * square;
            var step = rate / MathF.Sqrt(_secondLearned[label]) * error;
            Numbers.AddScaled(_back, _net.SecondRow(label), error);
            Numbers.AddScaled(_net.SecondRow(label), _active, -step);
            _net.SecondBias[label] -= step * BiasRate;
        }
    }

    private void LearnFirst(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, float rate)
    {
        var square = Numbers.Dot(_back, _back) / _back.Length;
        if (square < 1e-12f) return;
        _biasLearned += square;
        Numbers.AddScaled(_net.FirstBias, _back, -rate * BiasRate / MathF.Sqrt(_biasLearned));
        for (var i = 0; i < rows.Length; i++)
        {
            ref var learned = ref _firstLearned[rows[i]];
            learned += square * values[i] * values[i];
            Numbers.AddScaled(_net.FirstRow(rows[i]), _back, -rate / MathF.Sqrt(learned) * values[i]);
        }
    }
}
