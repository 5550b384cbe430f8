using System.Globalization;

namespace Assistify.Load.Bench;

internal static class Customers
{
    /// <summary>Telephone numbers that no earlier call gave out.</summary>
    public static List<string> New(int count)
    {
        var range = Random.Shared.Next(100, 1000) * 1_000_000L;
        return [.. Enumerable.Range(0, count).Select(i => "+491" + (range + i).ToString("D9", CultureInfo.InvariantCulture))];
    }
}
