namespace Assistify.AiService.Assistants;

/// <summary>Fisher's exact test: how probable it is to see so many by chance alone.</summary>
internal static class FisherTest
{
    /// <summary>
    /// The probability that at least <paramref name="hits"/> of <paramref name="drawn"/> are hits, where all the hits of both groups fell on the two at random.
    /// Small: the first group truly has more of them.
    /// </summary>
    public static double AtLeast(int hits, int drawn, int otherHits, int otherDrawn)
    {
        var (all, total) = (hits + otherHits, drawn + otherDrawn);
        var logarithms = new double[total + 1]; // of the factorials
        for (var i = 1; i <= total; i++) logarithms[i] = logarithms[i - 1] + Math.Log(i);
        var probability = 0.0;
        for (var k = hits; k <= Math.Min(all, drawn); k++)
        {
            if (all - k > otherDrawn) continue;
            probability += Math.Exp(Choose(drawn, k) + Choose(otherDrawn, all - k) - Choose(total, all));
        }
        return Math.Min(1, probability);

        double Choose(int n, int k) => logarithms[n] - logarithms[k] - logarithms[n - k];
    }
}
