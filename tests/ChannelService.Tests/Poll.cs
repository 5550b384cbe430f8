namespace Assistify.ChannelService.Tests;

internal static class Poll
{
    public static async Task<T> Get<T>(Func<Task<T>> probe, Func<T, bool> fits, string what, int seconds = 60)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await probe();
            if (fits(value)) return value;
            if (TimeProvider.System.GetElapsedTime(deadline) > TimeSpan.FromSeconds(seconds)) Assert.Fail($"{what}; last seen: {value}");
            await Task.Delay(20);
        }
    }

    public static Task<T> Get<T>(Func<T> probe, Func<T, bool> fits, string what, int seconds = 60) =>
        Get(() => Task.FromResult(probe()), fits, what, seconds);
}
