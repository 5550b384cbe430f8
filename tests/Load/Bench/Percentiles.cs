namespace Assistify.Load.Bench;

internal static class Percentiles
{
    /// <summary>The nearest rank; NaN of nothing.</summary>
    public static double At(this IReadOnlyCollection<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
