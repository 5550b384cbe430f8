namespace Assistify.AiService.Understanding.Learning;

/// <summary>
/// A net with one hidden layer: rows of weights for the features, then one row for each class. A pooled net reads its rows twice: as the sum over the
/// text, which says what it is about, and as the highest of the sums over each word, so that one telling word is not drowned by many others.
/// </summary>
internal sealed class Net(int features, int hidden, int classes, bool pooled)
{
    public int Hidden => hidden;

    public bool IsPooled => pooled;

    /// <summary>The width of the hidden layer: the sum over the text, then the highest of the words.</summary>
    public int Units => pooled ? 2 * hidden : hidden;

    public int Classes => classes;

    public float[] First { get; } = new float[features * hidden];

    public float[] FirstBias { get; } = new float[pooled ? 2 * hidden : hidden];

    public float[] Second { get; } = new float[classes * (pooled ? 2 * hidden : hidden)];

    public float[] SecondBias { get; } = new float[classes];

    public Span<float> FirstRow(int feature) => First.AsSpan(feature * hidden, hidden);

    public Span<float> SecondRow(int label) => Second.AsSpan(label * Units, Units);

    /// <summary>The hidden layer before what is below zero is cut off.</summary>
    public void Hide(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, Span<float> units)
    {
        FirstBias.CopyTo(units);
        for (var i = 0; i < rows.Length; i++) Numbers.AddScaled(units[..hidden], FirstRow(rows[i]), values[i]);
    }

    public void Score(ReadOnlySpan<float> units, Span<float> scores)
    {
        for (var label = 0; label < classes; label++) scores[label] = SecondBias[label] + Numbers.Dot(SecondRow(label), units);
    }

    /// <summary>Adds a share of another net's weights.</summary>
    public void Add(Net other, float share)
    {
        Add(First, other.First);
        Add(FirstBias, other.FirstBias);
        Add(Second, other.Second);
        Add(SecondBias, other.SecondBias);

        void Add(float[] to, float[] from)
        {
            for (var i = 0; i < to.Length; i++) to[i] += share * from[i];
        }
    }
}
