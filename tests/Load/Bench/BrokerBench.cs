using System.Diagnostics;
using Assistify.Load.Systems;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Assistify.Load.Bench;

/// <summary>What the broker can do with a plain client, to be read beside what the path makes of it.</summary>
internal static class BrokerBench
{
    private const int Publishers = 4;
    private const int InFlight = 64;
    private const int MessageBytes = 1024;

    public static async Task<Figures> Run(TestedSystem system, BenchOptions options, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(system.EnvironmentOf("channels")["ConnectionStrings__messaging"]), AutomaticRecoveryEnabled = false };
        var queue = $"bench-{Guid.CreateVersion7():N}";
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
        try
        {
            return await Measure(factory, channel, queue, TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        }
        finally
        {
            await channel.QueueDeleteAsync(queue, cancellationToken: CancellationToken.None);
        }
    }

    private static async Task<Figures> Measure(ConnectionFactory factory, IChannel channel, string queue, TimeSpan duration, CancellationToken cancellationToken)
    {
        var consumed = 0;
        await channel.BasicQosAsync(0, 1000, false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            consumed++;
            if (message.DeliveryTag % 100 == 0) await channel.BasicAckAsync(message.DeliveryTag, multiple: true);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);

        await using var publishing = await factory.CreateConnectionAsync(cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var confirmed = (await Task.WhenAll(Enumerable.Range(0, Publishers)
            .Select(_ => Task.Run(() => Publish(publishing, queue, duration, cancellationToken), cancellationToken)))).Sum();
        var elapsed = Stopwatch.GetElapsedTime(began);

        var figures = new Figures("broker");
        figures.Add($"plain client, quorum queue: confirmed ({Publishers} channels, {InFlight} in flight, {MessageBytes} bytes)", confirmed / elapsed.TotalSeconds, "messages/s");
        figures.Add("plain client, quorum queue: consumed at the same time", consumed / elapsed.TotalSeconds, "messages/s");
        return figures;
    }

    private static async Task<int> Publish(IConnection connection, string queue, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        var body = new byte[MessageBytes];
        var properties = new BasicProperties { Persistent = true };
        var began = Stopwatch.GetTimestamp();
        return (await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            var confirmed = 0;
            for (; Stopwatch.GetElapsedTime(began) < duration; confirmed++)
                await channel.BasicPublishAsync("", queue, mandatory: false, properties, body, cancellationToken);
            return confirmed;
        }))).Sum();
    }
}
