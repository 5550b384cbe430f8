namespace Assistify.AiService.Understanding.Learning;

/// <summary>A trained net with eight-bit weights.</summary>
internal sealed record SmallNet(SmallRows First, float[] FirstBias, SmallRows Second, float[] SecondBias)
{
    /// <summary>Whether single words are looked at too, see <see cref="Net"/>.</summary>
    public bool IsPooled => Second.Width > First.Width;

    public static SmallNet Of(Net net) => new(SmallRows.Of(net.First, net.Hidden), net.FirstBias, SmallRows.Of(net.Second, net.Units), net.SecondBias);

    /// <param name="words">Empty where the net is not pooled.</param>
    public void Score((int[] Rows, float[] Values) text, (int[] Rows, float[] Values)[] words, Span<float> scores)
    {
        Span<float> units = stackalloc float[Second.Width];
        FirstBias.CopyTo(units);
        Add(text, units[..First.Width]);
        if (IsPooled)
        {
            var pool = new WordPool(First.Width);
            foreach (var word in words) Add(word, pool.Next());
            pool.AddHighest(units[First.Width..]);
        }
        for (var i = 0; i < units.Length; i++) units[i] = MathF.Max(0, units[i]);
        for (var label = 0; label < scores.Length; label++) scores[label] = SecondBias[label] + Second.Dot(label, units);
    }

    private void Add((int[] Rows, float[] Values) features, Span<float> units)
    {
        for (var i = 0; i < features.Rows.Length; i++) First.AddScaled(units, features.Rows[i], features.Values[i]);
    }

    public void Write(BinaryWriter writer)
    {
        First.Write(writer);
        foreach (var bias in FirstBias) writer.Write(bias);
        Second.Write(writer);
        foreach (var bias in SecondBias) writer.Write(bias);
    }

    public static SmallNet Read(BinaryReader reader, bool isPooled)
    {
        var first = SmallRows.Read(reader);
        var firstBias = ReadMany(reader, isPooled ? 2 * first.Width : first.Width);
        var second = SmallRows.Read(reader);
        return new SmallNet(first, firstBias, second, ReadMany(reader, second.Count));
    }

    private static float[] ReadMany(BinaryReader reader, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++) numbers[i] = reader.ReadSingle();
        return numbers;
    }
}
