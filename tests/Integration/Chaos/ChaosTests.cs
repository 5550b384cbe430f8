using Assistify.Load.Channels;
using Assistify.Load.Chaos;

namespace Assistify.Integration.Chaos;

[TestFixture]
public sealed class ChaosTests
{
    // Who writes what and what is killed when is the same in each run; the load tool takes any other.
    private const int Seed = 20261121;

    [Test]
    public async Task Nothing_is_lost_doubled_reordered_or_left_unanswered_on_any_channel_while_everything_is_killed()
    {
        var run = new ChaosRun(Shared.System, ChaosOptions.Short(Seed) with { Channels = TestedChannel.All }, TestContext.Progress);

        var report = await run.Run(CancellationToken.None);

        await TestContext.Out.WriteLineAsync(report.Text());
        Assert.That(report.Violations, Is.Empty, report.Text());
    }
}
