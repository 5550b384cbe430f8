using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assistify.AiService.Understanding.Learning;

/// <summary>
/// Rows of numbers, eight at a time. Widths are multiples of eight, and products are added in one fixed order
/// on every machine, so that equal input gives equal models everywhere.
/// </summary>
internal static class Numbers
{
    public const int Lane = 8;

    /// <summary>target += row × factor</summary>
    public static void AddScaled(Span<float> target, ReadOnlySpan<float> row, float factor)
    {
        var to = Vectors(target);
        var from = Vectors(row);
        var times = Vector256.Create(factor);
        for (var i = 0; i < to.Length; i++) to[i] += from[i] * times;
    }

    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = Vectors(a);
        var y = Vectors(b);
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return Vector256.Sum(sum);
    }

    /// <summary>Scores become probabilities; a temperature above one makes them less sure.</summary>
    public static void Softmax(Span<float> scores, float temperature = 1)
    {
        var max = float.NegativeInfinity;
        foreach (var score in scores) max = MathF.Max(max, score);
        var sum = 0f;
        for (var i = 0; i < scores.Length; i++) sum += scores[i] = MathF.Exp((scores[i] - max) / temperature);
        for (var i = 0; i < scores.Length; i++) scores[i] /= sum;
    }

    private static Span<Vector256<float>> Vectors(Span<float> numbers) => MemoryMarshal.Cast<float, Vector256<float>>(numbers);

    private static ReadOnlySpan<Vector256<float>> Vectors(ReadOnlySpan<float> numbers) => MemoryMarshal.Cast<float, Vector256<float>>(numbers);
}
