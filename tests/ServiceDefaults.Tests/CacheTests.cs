using System.Diagnostics;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests;

public sealed class CacheTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    // A busy machine is slow, not away.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Values_are_kept_counted_and_removed()
    {
        using var redis = TestRedis.Start();
        using var cache = new Cache(redis.ConnectionString, s_patience);

        await cache.Set("a", "1", s_minute, default);
        Assert.That(await cache.Get("a", default), Is.EqualTo("1"));
        Assert.That(await cache.SetIfAbsent("a", "2", s_minute, default), Is.False);
        await cache.Delete("a", default);
        Assert.That(await cache.Get("a", default), Is.Null);
        Assert.That(await cache.Increment("n", s_minute, default), Is.EqualTo(1));
        Assert.That(await cache.Increment("n", s_minute, default), Is.EqualTo(2));
        Assert.That(await cache.Evaluate("return {tonumber(ARGV[1]) + 1, 7}", ["k"], [41], default), Is.EqualTo(new long[] { 42, 7 }));
    }

    [Test]
    public async Task Of_many_that_get_and_delete_one_gets_the_value()
    {
        using var redis = TestRedis.Start();
        using var cache = new Cache(redis.ConnectionString, s_patience);
        await cache.Set("once", "value", s_minute, default);

        var got = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cache.GetAndDelete("once", default)));

        Assert.That(got.Count(value => value == "value"), Is.EqualTo(1));
        Assert.That(got.Count(value => value is null), Is.EqualTo(49));
    }

    [Test]
    public async Task A_server_that_comes_later_or_comes_back_is_used()
    {
        using var redis = TestRedis.Stopped();
        using var cache = new Cache(redis.ConnectionString, s_patience);
        Assert.That(() => cache.Get("a", default), Throws.TypeOf<CacheUnavailableException>());

        redis.StartAgain();
        await Answers(cache);
        redis.Stop();
        await Fails(cache);
        redis.StartAgain();
        await Answers(cache);
    }

    [Test]
    public async Task A_frozen_server_holds_nobody_up()
    {
        using var redis = TestRedis.Start();
        using var cache = new Cache(redis.ConnectionString, TimeSpan.FromMilliseconds(200));
        await Answers(cache);
        redis.Freeze();
        var watch = Stopwatch.StartNew();

        Assert.That(() => cache.Get("probe", default), Throws.TypeOf<CacheUnavailableException>());
        Assert.That(watch.Elapsed, Is.LessThan(s_patience), "It would be frozen for ever.");

        redis.Thaw();
        await Answers(cache);
    }

    private static async Task Answers(Cache cache)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await cache.Set("probe", "1", s_minute, default);
                return;
            }
            catch (CacheUnavailableException) when (deadline.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task Fails(Cache cache)
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(60))
        {
            try
            {
                await cache.Get("probe", default);
                await Task.Delay(20);
            }
            catch (CacheUnavailableException)
            {
                return;
            }
        }

        Assert.Fail("A stopped server still answers.");
    }
}
