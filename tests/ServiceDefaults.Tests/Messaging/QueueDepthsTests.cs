using Assistify.Testing;
using NUnit.Framework;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults.Tests.Messaging;

/// <summary>Depths of the queues of a real broker.</summary>
[NonParallelizable]
public sealed class QueueDepthsTests
{
    [Test, CancelAfter(180_000)]
    public async Task What_waits_is_counted_by_work_queue_and_a_broker_that_is_away_is_said_to_be(CancellationToken cancellationToken)
    {
        await using var broker = await TestBroker.Start();
        var depths = new QueueDepths(new MessagingSettings("test", new Uri(broker.ConnectionString), []));
        await using (var connection = await new ConnectionFactory { Uri = new Uri(broker.ConnectionString) }.CreateConnectionAsync(cancellationToken))
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken))
        {
            foreach (var (queue, messages) in new[] { (Queues.ChatPartition(3), 2), (Queues.ChatPartition(11), 3), (Queues.PartitionQuarantine, 1), (Queues.ErrorsOf(Queues.Deliveries), 4) })
            {
                await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
                for (var i = 0; i < messages; i++) await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(), new byte[1], cancellationToken);
            }

            // What was confirmed may be counted a moment later.
            IReadOnlyList<QueueDepth> seen = [];
            await Eventually.IsTrue(async () => (seen = await depths.Read(cancellationToken)).Sum(depth => depth.Waiting + depth.Quarantined + depth.Failed) == 10);
            Assert.That(seen.Select(depth => depth.Queue), Is.Unique.And.Contains("chat-partition").And.Contains(Queues.ReplyRequests));
            Assert.That(seen.Single(depth => depth.Queue == "chat-partition"), Is.EqualTo(new QueueDepth("chat-partition", 5, 0, 1, 0)));
            Assert.That(seen.Single(depth => depth.Queue == Queues.Deliveries), Is.EqualTo(new QueueDepth(Queues.Deliveries, 0, 0, 0, 4)));
        }

        await broker.Kill();
        Assert.That(() => depths.Read(cancellationToken), Throws.InstanceOf<BrokerUnavailableException>());
    }
}
