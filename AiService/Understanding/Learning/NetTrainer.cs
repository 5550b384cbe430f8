namespace Assistify.AiService.Understanding.Learning;

/// <param name="Words">Empty unless nets are pooled.</param>
/// <param name="Weight">How much is learned from it.</param>
internal readonly record struct Sample((int[] Rows, float[] Values) Text, (int[] Rows, float[] Values)[] Words, int Label, float Weight);

/// <summary>
/// Stochastic gradient descent, one example at a time, with a step for each row that shrinks with what the row has learned
/// (AdaGrad by rows), so that rare words learn as much as frequent ones. The net is the mean of what it was after each of the last epochs, which
/// lies nearer to the middle of what fits than any of them.
/// </summary>
internal sealed class NetTrainer
{
    private const float Spread = 0.7f; // wide enough that nets differ, which is what averaging them lives on
    private const float PooledSpread = 0.4f;
    private const float WordDropout = 0.1f;
    private const float BiasRate = 0.1f;
    private const float Averaged = 0.4f; // of the epochs
    private const float Negligible = 2e-4f;
    private const float NoError = 1e-12f;

    private readonly NetSettings _settings;
    private readonly Dice _dice;
    private readonly Net _net;
    private readonly float[] _firstLearned;
    private readonly float[] _secondLearned;
    private readonly float[] _units, _active, _slopes, _back, _scores;
    private readonly float[] _error;
    private readonly WordPool _pool;
    private readonly List<int> _ends = [];
    private float _biasLearned = 1e-6f;
    private int[] _rows = new int[512];
    private float[] _values = new float[512];

    private NetTrainer(NetSettings settings, int features, int classes, bool pooled, ulong seed)
    {
        _settings = settings;
        _dice = new Dice(seed);
        _net = new Net(features, settings.Hidden, classes, pooled);
        _firstLearned = new float[features];
        _secondLearned = new float[classes];
        Array.Fill(_firstLearned, 1e-6f);
        Array.Fill(_secondLearned, 1e-6f);
        _units = new float[_net.Units];
        _active = new float[_net.Units];
        _slopes = new float[_net.Units];
        _back = new float[_net.Units];
        _scores = new float[classes];
        _error = new float[settings.Hidden];
        _pool = new WordPool(settings.Hidden);
        var spread = pooled ? PooledSpread : Spread;
        for (var i = 0; i < _net.First.Length; i++) _net.First[i] = (2 * _dice.Share() - 1) * spread;
        for (var i = 0; i < _net.Second.Length; i++) _net.Second[i] = (2 * _dice.Share() - 1) * MathF.Sqrt(3f / _net.Units);
    }

    public static Net Train(NetSettings settings, IReadOnlyList<Sample> samples, int features, int classes, bool pooled, ulong seed)
    {
        var trainer = new NetTrainer(settings, features, classes, pooled, seed);
        var order = Enumerable.Range(0, samples.Count).ToArray();
        var steps = (float)settings.Epochs * samples.Count;
        var step = 0;
        var mean = new Net(features, settings.Hidden, classes, pooled);
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
        var count = DropFeatures(sample.Text, 0);
        if (count == 0) return;

        _net.Hide(_rows.AsSpan(0, count), _values.AsSpan(0, count), _units);
        if (_net.IsPooled) PoolWords(sample.Words, count);
        DropUnits();
        _net.Score(_active, _scores);
        Numbers.Softmax(_scores);
        for (var label = 0; label < _scores.Length; label++) _scores[label] = (_scores[label] - _settings.Smoothing / _scores.Length) * sample.Weight;
        _scores[sample.Label] -= (1 - _settings.Smoothing) * sample.Weight;

        LearnSecond(rate);
        for (var i = 0; i < _back.Length; i++) _back[i] *= _slopes[i];
        LearnBias(rate);
        LearnFirst(0, count, _back.AsSpan(0, _net.Hidden), rate);
        if (_net.IsPooled) LearnWords(count, rate);
    }

    /// <summary>Puts what is left of the features behind the first ones; returns where they end.</summary>
    private int DropFeatures((int[] Rows, float[] Values) features, int start)
    {
        if (_rows.Length < start + features.Rows.Length)
        {
            Array.Resize(ref _rows, 2 * (start + features.Rows.Length));
            Array.Resize(ref _values, _rows.Length);
        }
        var (end, squares) = (start, 0f);
        for (var i = 0; i < features.Rows.Length; i++)
        {
            if (_dice.Share() < _settings.FeatureDropout) continue;
            _rows[end] = features.Rows[i];
            _values[end] = features.Values[i];
            squares += _values[end] * _values[end];
            end++;
        }
        var norm = 1 / MathF.Sqrt(squares);
        for (var i = start; i < end; i++) _values[i] *= norm;
        return end;
    }

    private void PoolWords((int[] Rows, float[] Values)[] words, int end)
    {
        _pool.Clear();
        _ends.Clear();
        foreach (var word in words)
        {
            if (_dice.Share() < WordDropout) continue;
            var start = end;
            end = DropFeatures(word, start);
            _ends.Add(end);
            var vector = _pool.Next();
            for (var i = start; i < end; i++) Numbers.AddScaled(vector, _net.FirstRow(_rows[i]), _values[i]);
        }
        _pool.AddHighest(_units.AsSpan(_net.Hidden));
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

    private void LearnBias(float rate)
    {
        var square = Numbers.Dot(_back, _back) / _back.Length;
        if (square < NoError) return;
        _biasLearned += square;
        Numbers.AddScaled(_net.FirstBias, _back, -rate * BiasRate / MathF.Sqrt(_biasLearned));
    }

    private void LearnFirst(int start, int end, ReadOnlySpan<float> error, float rate)
    {
        var square = Numbers.Dot(error, error) / error.Length;
        if (square < NoError) return;
        for (var i = start; i < end; i++)
        {
            ref var learned = ref _firstLearned[_rows[i]];
            learned += square * _values[i] * _values[i];
            Numbers.AddScaled(_net.FirstRow(_rows[i]), error, -rate / MathF.Sqrt(learned) * _values[i]);
        }
    }

    private void LearnWords(int start, float rate)
    {
        for (var word = 0; word < _ends.Count; word++)
        {
            _pool.ErrorOf(word, _back.AsSpan(_net.Hidden), _error);
            LearnFirst(start, _ends[word], _error, rate);
            start = _ends[word];
        }
    }
}
