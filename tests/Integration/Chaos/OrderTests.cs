using Assistify.Load.Channels;
using Assistify.Load.Chaos;
using Assistify.Load.Systems;

namespace Assistify.Integration.Chaos;

[TestFixture]
public sealed class OrderTests
{
    [Test]
    public async Task Messages_of_every_channel_stay_in_order_with_two_replicas_of_every_service()
    {
        var options = new SystemOptions { Replicas = 2 }.With(SystemOptions.RaisedLimits).With(SystemOptions.BurstWait(300));
        await using var system = await TestedSystem.Start(options, CancellationToken.None);

        var report = await new OrderRun(system, TestedChannel.All, conversations: 40, messages: 20).Run(CancellationToken.None);

        Assert.That(report.OutOfOrder, Is.Zero);
        Assert.That(report.Violations, Is.Empty, string.Join('\n', report.Violations.Take(20)));
    }
}
