using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests;

public sealed class BatcherTests
{
    [Test]
    public async Task Items_that_arrive_while_a_batch_is_under_way_share_the_next_one()
    {
        var gate = new TaskCompletionSource();
        var sizes = new List<int>();
        var batcher = new Batcher<int, int>(async (items, _) =>
        {
            sizes.Add(items.Count);
            await gate.Task;
            return [.. items.Select(item => item * 2)];
        }, maxItems: 10);

        var first = batcher.Run(1, CancellationToken.None);
        await Eventually.IsTrue(() => sizes.Count == 1);
        var others = Enumerable.Range(2, 5).Select(n => batcher.Run(n, CancellationToken.None)).ToList();
        gate.SetResult();

        Assert.That(await first, Is.EqualTo(2));
        Assert.That(await Task.WhenAll(others), Is.EqualTo(new[] { 4, 6, 8, 10, 12 }));
        Assert.That(sizes, Is.EqualTo(new[] { 1, 5 }));
    }

    [Test]
    public async Task One_bad_item_does_not_fail_the_others()
    {
        var gate = new TaskCompletionSource();
        var batcher = new Batcher<int, int>(async (items, _) =>
        {
            await gate.Task;
            return items.Contains(13) ? throw new FormatException() : items;
        }, maxItems: 10);

        var results = new[] { 1, 12, 13, 14 }.Select(n => batcher.Run(n, CancellationToken.None)).ToList();
        gate.SetResult();

        Assert.That(await results[0], Is.EqualTo(1));
        Assert.That(await results[1], Is.EqualTo(12));
        Assert.That(() => results[2], Throws.InstanceOf<FormatException>());
        Assert.That(await results[3], Is.EqualTo(14));
    }

    [Test]
    public async Task Nothing_is_forgotten_under_contention([Values(1, 3)] int maxConcurrent)
    {
        var batcher = new Batcher<int, int>(async (items, _) =>
        {
            await Task.Yield();
            return items;
        }, maxItems: 7, maxConcurrent);

        var results = await Task.WhenAll(Enumerable.Range(0, 20_000).Select(n => Task.Run(() => batcher.Run(n, CancellationToken.None))))
            .WaitAsync(TimeSpan.FromSeconds(120));

        Assert.That(results, Is.EqualTo(Enumerable.Range(0, 20_000)));
    }
}
