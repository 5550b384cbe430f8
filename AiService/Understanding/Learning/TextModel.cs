using System.Text;

namespace Assistify.AiService.Understanding.Learning;

/// <summary>Tells which class a text belongs to: the average of a few small nets with eight-bit weights.</summary>
internal sealed class TextModel
{
    private const int Format = 2;
    private const int FormatBeforePooling = 1;

    private readonly Vocabulary _vocabulary;
    private readonly SmallNet[] _nets;
    private readonly bool _looksAtWords;

    public TextModel(IReadOnlyList<string> labels, Vocabulary vocabulary, IReadOnlyList<Net> nets)
        : this(labels, vocabulary, [.. nets.Select(SmallNet.Of)])
    {
    }

    private TextModel(IReadOnlyList<string> labels, Vocabulary vocabulary, SmallNet[] nets)
    {
        Labels = labels;
        _vocabulary = vocabulary;
        _nets = nets;
        _looksAtWords = nets.Any(net => net.IsPooled);
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
        var known = _vocabulary.Find(text);
        var words = _looksAtWords ? _vocabulary.FindWords(text) : [];
        var average = new float[Labels.Count];
        var scores = new float[Labels.Count];
        foreach (var net in _nets)
        {
            net.Score(known, words, scores);
            Numbers.Softmax(scores);
            for (var label = 0; label < scores.Length; label++) average[label] += scores[label] / _nets.Length;
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
        writer.Write(_nets.Length);
        foreach (var net in _nets)
        {
            writer.Write(net.IsPooled);
            net.Write(writer);
        }
    }

    public static TextModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var format = reader.ReadInt32();
        if (format is not (Format or FormatBeforePooling)) throw new InvalidDataException("This is not a text model, or one of another version.");
        var labels = Many(reader.ReadInt32(), reader.ReadString);
        var vocabulary = new Vocabulary(Many(reader.ReadInt32(), reader.ReadUInt32));
        var nets = Many(reader.ReadInt32(), () => SmallNet.Read(reader, isPooled: format > FormatBeforePooling && reader.ReadBoolean()));
        return new TextModel(labels, vocabulary, nets);
    }

    private static T[] Many<T>(int count, Func<T> read)
    {
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = read();
        return items;
    }
}
