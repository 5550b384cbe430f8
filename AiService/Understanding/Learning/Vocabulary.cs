using System.Runtime.InteropServices;

namespace Assistify.AiService.Understanding.Learning;

/// <summary>The features that a model has weights for: those of most examples, as many as its size allows.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<uint, int> _rows;

    public Vocabulary(IReadOnlyList<uint> hashes)
    {
        Hashes = hashes;
        _rows = new Dictionary<uint, int>(hashes.Count);
        for (var row = 0; row < hashes.Count; row++) _rows.Add(hashes[row], row);
    }

    public IReadOnlyList<uint> Hashes { get; }

    public static Vocabulary Of(IEnumerable<SparseText> texts, int most)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var text in texts)
        {
            foreach (var hash in text.Hashes) CollectionsMarshal.GetValueRefOrAddDefault(counts, hash, out _)++;
        }
        return new Vocabulary([.. counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Take(most).Select(entry => entry.Key)]);
    }

    /// <summary>The rows of the known features, again of length one together.</summary>
    public (int[] Rows, float[] Values) Find(SparseText text)
    {
        var rows = new int[text.Hashes.Length];
        var values = new float[text.Hashes.Length];
        var (n, squares) = (0, 0f);
        for (var i = 0; i < text.Hashes.Length; i++)
        {
            if (!_rows.TryGetValue(text.Hashes[i], out rows[n])) continue;
            values[n] = text.Values[i];
            squares += values[n] * values[n];
            n++;
        }
        var norm = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        for (var i = 0; i < n; i++) values[i] *= norm;
        return (rows[..n], values[..n]);
    }

    /// <summary>The same for each word by itself; words without any known feature are left out.</summary>
    public (int[] Rows, float[] Values)[] FindWords(SparseText text)
    {
        var words = Array.ConvertAll(text.Words, word =>
            Find(new SparseText(Array.ConvertAll(word, place => text.Hashes[place]), Array.ConvertAll(word, place => text.Values[place]), [])));
        return Array.FindAll(words, word => word.Rows.Length > 0);
    }
}
