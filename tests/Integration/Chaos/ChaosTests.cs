using Assistify.Load.Channels;
using Assistify.Load.Chaos;

namespace Assistify.Integration.Chaos;

[TestFixture]
public sealed class ChaosTests
{
    [Test]
    public async Task Nothing_is_lost_doubled_reordered_or_left_unanswered_on_any_channel_while_everything_is_killed()
    {
        // A seed that is printed reproduces who writes what and what is killed when.
        var run = new ChaosRun(Shared.System, ChaosOptions.Short(Random.Shared.Next()) with { Channels = TestedChannel.All }, TestContext.Progress);

        var report = await run.Run(CancellationToken.None);

        await TestContext.Out.WriteLineAsync(report.Text());
        Assert.That(report.Violations, Is.Empty, report.Text());
    }
}
