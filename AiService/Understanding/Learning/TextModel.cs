using System.Text;

namespace Assistify.AiService.Understanding.Learning;

/// <summary>Tells which class a text belongs to: the average of a few small nets with eight-bit weights.</summary>
internal sealed class TextModel
{
    private const int Format = 1;

    private readonly Vocabulary _vocabulary;
    private readonly SmallRows[] _first;
    private readonly float[][] _firstBias;
    private readonly SmallRows[] _second;
    private readonly float[][] _secondBias;

    public TextModel(IReadOnlyList<string> labels, Vocabulary vocabulary, IReadOnlyList<Net> nets)
        : this(labels, vocabulary,
            [.. nets.Select(net => SmallRows.Of(net.First, net.Hidden))], [.. nets.Select(net => net.FirstBias)],
            [.. nets.Select(net => SmallRows.Of(net.Second, net.Hidden))], [.. nets.Select(net => net.SecondBias)])
    {
    }

    private TextModel(IReadOnlyList<string> labels, Vocabulary vocabulary, SmallRows[] first, float[][] firstBias, SmallRows[] second, float[][] secondBias)
    {
        Labels = labels;
        _vocabulary = vocabulary;
        _first = first;
        _firstBias = firstBias;
        _second = second;
        _secondBias = secondBias;
    }

    public IReadOnlyList<string> Labels { get; }

    /// <summary>-1 for a label that the model does not know.</summary>
    public int IndexOf(string label)
    {
        for (var i = 0; i < Labels.Count; i++)
        {
            if (Labels[i] == label) return i;
        }
        return -1;
    }

    /// <summary>The probability of each of <see cref="Labels"/>.</summary>
    public float[] Predict(SparseText text)
    {
        var (rows, values) = _vocabulary.Find(text);
        var average = new float[Labels.Count];
        var scores = new float[Labels.Count];
        Span<float> units = stackalloc float[_first[0].Width];
        for (var net = 0; net < _first.Length; net++)
        {
            _firstBias[net].CopyTo(units);
            for (var i = 0; i < rows.Length; i++) _first[net].AddScaled(units, rows[i], values[i]);
            for (var i = 0; i < units.Length; i++) units[i] = MathF.Max(0, units[i]);
            for (var label = 0; label < scores.Length; label++) scores[label] = _secondBias[net][label] + _second[net].Dot(label, units);
            Numbers.Softmax(scores);
            for (var label = 0; label < scores.Length; label++) average[label] += scores[label] / _first.Length;
        }
        return average;
    }

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Format);
        writer.Write(Labels.Count);
        foreach (var label in Labels) writer.Write(label);
        writer.Write(_vocabulary.Hashes.Count);
        foreach (var hash in _vocabulary.Hashes) writer.Write(hash);
        writer.Write(_first.Length);
        for (var net = 0; net < _first.Length; net++)
        {
            _first[net].Write(writer);
            foreach (var bias in _firstBias[net]) writer.Write(bias);
            _second[net].Write(writer);
            foreach (var bias in _secondBias[net]) writer.Write(bias);
        }
    }

    public static TextModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadInt32() != Format) throw new InvalidDataException("This is not a text model, or one of another version.");
        var labels = Many(reader.ReadInt32(), reader.ReadString);
        var vocabulary = new Vocabulary(Many(reader.ReadInt32(), reader.ReadUInt32));
        var nets = Many(reader.ReadInt32(), () =>
        {
            var first = SmallRows.Read(reader);
            var firstBias = Many(first.Width, reader.ReadSingle);
            var second = SmallRows.Read(reader);
            return (First: first, FirstBias: firstBias, Second: second, SecondBias: Many(second.Count, reader.ReadSingle));
        });
        return new TextModel(labels, vocabulary,
            [.. nets.Select(net => net.First)], [.. nets.Select(net => net.FirstBias)],
            [.. nets.Select(net => net.Second)], [.. nets.Select(net => net.SecondBias)]);
    }

    private static T[] Many<T>(int count, Func<T> read)
    {
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = read();
        return items;
    }
}
