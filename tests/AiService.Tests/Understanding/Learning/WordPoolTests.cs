using Assistify.AiService.Understanding.Learning;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding.Learning;

public sealed class WordPoolTests
{
    [Test]
    public void The_highest_of_the_words_counts_and_is_the_one_that_learns()
    {
        var pool = new WordPool(8);
        float[][] words = [[1, -2, 0, 5, -1, 3, 3, 0], [2, -3, 0, 4, -2, 3, 4, 1], [0, -1, 0, 6, -3, 2, 1, -1]];
        foreach (var word in words) word.CopyTo(pool.Next());
        float[] units = [1, 1, 1, 1, 1, 1, 1, 1];

        pool.AddHighest(units);

        Assert.That(units, Is.EqualTo(new float[] { 3, 0, 1, 7, 0, 4, 5, 2 }));
        Assert.That(ErrorOf(0), Is.EqualTo(new float[] { 0, 0, 30, 0, 50, 60, 0, 0 }));
        Assert.That(ErrorOf(1), Is.EqualTo(new float[] { 10, 0, 0, 0, 0, 0, 70, 80 }));
        Assert.That(ErrorOf(2), Is.EqualTo(new float[] { 0, 20, 0, 40, 0, 0, 0, 0 }));

        float[] ErrorOf(int word)
        {
            var error = new float[8];
            pool.ErrorOf(word, [10, 20, 30, 40, 50, 60, 70, 80], error);
            return error;
        }
    }

    [Test]
    public void A_pool_is_used_again_from_the_start_and_grows_with_the_text()
    {
        var pool = new WordPool(8);
        for (var word = 0; word < 100; word++) pool.Next().Fill(word);
        pool.Clear();
        var (none, some) = (new float[8], new float[8]);

        pool.AddHighest(none);
        pool.Next()[3] = -1;
        pool.AddHighest(some);

        Assert.That(none, Is.All.Zero);
        Assert.That(some, Is.EqualTo(new float[] { 0, 0, 0, -1, 0, 0, 0, 0 }));
    }
}
