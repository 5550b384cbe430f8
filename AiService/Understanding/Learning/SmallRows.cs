using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assistify.AiService.Understanding.Learning;

/// <summary>Rows of weights in eight bits each, with one scale for a row: a quarter of the memory, and what is lost is below what averaging evens out.</summary>
internal sealed class SmallRows(int width, sbyte[] cells, float[] scales)
{
    public int Width => width;

    public int Count => scales.Length;

    public static SmallRows Of(float[] weights, int width)
    {
        var cells = new sbyte[weights.Length];
        var scales = new float[weights.Length / width];
        for (var row = 0; row < scales.Length; row++)
        {
            var from = weights.AsSpan(row * width, width);
            var most = 0f;
            foreach (var weight in from) most = MathF.Max(most, MathF.Abs(weight));
            if (most == 0) continue;
            scales[row] = most / sbyte.MaxValue;
            for (var i = 0; i < width; i++) cells[row * width + i] = (sbyte)MathF.Round(from[i] / scales[row]);
        }
        return new SmallRows(width, cells, scales);
    }

    /// <summary>target += row × factor</summary>
    public void AddScaled(Span<float> target, int row, float factor)
    {
        var to = MemoryMarshal.Cast<float, Vector256<float>>(target);
        var from = cells.AsSpan(row * width, width);
        var times = Vector256.Create(factor * scales[row]);
        for (var i = 0; i < to.Length; i++) to[i] += Widen(from, i) * times;
    }

    public float Dot(int row, ReadOnlySpan<float> other)
    {
        var by = MemoryMarshal.Cast<float, Vector256<float>>(other);
        var from = cells.AsSpan(row * width, width);
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < by.Length; i++) sum += Widen(from, i) * by[i];
        return Vector256.Sum(sum) * scales[row];
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(width);
        writer.Write(scales.Length);
        writer.Write(MemoryMarshal.AsBytes(cells.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(scales.AsSpan()));
    }

    public static SmallRows Read(BinaryReader reader)
    {
        var width = reader.ReadInt32();
        var scales = new float[reader.ReadInt32()];
        var cells = new sbyte[width * scales.Length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(cells.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(scales.AsSpan()));
        return new SmallRows(width, cells, scales);
    }

    private static Vector256<float> Widen(ReadOnlySpan<sbyte> from, int lane)
    {
        var eight = MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(from.Slice(lane * Numbers.Lane, Numbers.Lane)));
        var (low, high) = Vector128.Widen(Vector128.WidenLower(Vector128.CreateScalar(eight).AsSByte()));
        return Vector256.ConvertToSingle(Vector256.Create(low, high));
    }
}
