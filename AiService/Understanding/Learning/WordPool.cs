using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assistify.AiService.Understanding.Learning;

/// <summary>The hidden vectors of single words, and of each unit the highest among them.</summary>
internal sealed class WordPool(int width)
{
    private readonly int[] _from = new int[width];
    private float[] _vectors = new float[16 * width];
    private int _count;

    public void Clear() => _count = 0;

    /// <summary>The next word's vector, all zero.</summary>
    public Span<float> Next()
    {
        if (_vectors.Length == _count * width) Array.Resize(ref _vectors, 2 * _vectors.Length);
        var vector = _vectors.AsSpan(_count++ * width, width);
        vector.Clear();
        return vector;
    }

    /// <summary>Adds what is highest; of equal words the first counts.</summary>
    public void AddHighest(Span<float> units)
    {
        if (_count == 0) return;
        var to = MemoryMarshal.Cast<float, Vector256<float>>(units);
        var from = MemoryMarshal.Cast<int, Vector256<int>>(_from.AsSpan());
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(_vectors.AsSpan(0, _count * width));
        for (var i = 0; i < to.Length; i++)
        {
            var (highest, word) = (vectors[i], Vector256<int>.Zero);
            for (var other = 1; other < _count; other++)
            {
                var vector = vectors[other * to.Length + i];
                var isHigher = Vector256.GreaterThan(vector, highest);
                highest = Vector256.ConditionalSelect(isHigher, vector, highest);
                word = Vector256.ConditionalSelect(isHigher.AsInt32(), Vector256.Create(other), word);
            }
            to[i] += highest;
            from[i] = word;
        }
    }

    /// <summary>Of the error of all units that of those for which this word was the highest.</summary>
    public void ErrorOf(int word, ReadOnlySpan<float> back, Span<float> error)
    {
        var from = MemoryMarshal.Cast<int, Vector256<int>>(_from.AsSpan());
        var all = MemoryMarshal.Cast<float, Vector256<float>>(back);
        var to = MemoryMarshal.Cast<float, Vector256<float>>(error);
        for (var i = 0; i < to.Length; i++)
            to[i] = Vector256.ConditionalSelect(Vector256.Equals(from[i], Vector256.Create(word)).AsSingle(), all[i], Vector256<float>.Zero);
    }
}
