using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Declares every exchange, queue and binding that this service publishes to or consumes from, before it takes work where the
/// broker is there, else as soon as it is. Publishers declare the queues too: a message confirmed before its
/// consumer was ever started waits in its queue.
/// </summary>
internal sealed partial class BrokerTopology(
    MessagingSettings settings, TimeProvider time, ILogger<BrokerTopology> logger) : BackgroundService
{
    /// <summary>A kill of the consumer counts as a delivery, so the limit is generous; what exceeds it is tried alone in quarantine.</summary>
    private const int DeliveryLimit = 25;

    private const int QuarantineDeliveryLimit = 3;

    private readonly TaskCompletionSource _declared = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when everything was declared once.</summary>
    public Task Declared => _declared.Task;

    /// <summary>Arguments of a work queue, the same wherever it is declared.</summary>
    public static Dictionary<string, object> ArgumentsOf(string queue)
    {
        var arguments = DeadLettering(Queues.QuarantineOf(queue), DeliveryLimit);
        if (Queues.Partitions.Contains(queue))
            arguments["x-single-active-consumer"] = true;
        return arguments;
    }

    public static Dictionary<string, object> QuarantineArgumentsOf(string quarantine) =>
        DeadLettering(Queues.ErrorsOf(quarantine), QuarantineDeliveryLimit);

    private static Dictionary<string, object> DeadLettering(string target, int limit) => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = limit,
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = target,
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Declare(stoppingToken);
                _declared.TrySetResult();
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogWaiting(exception.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async Task Declare(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = settings.Address, AutomaticRecoveryEnabled = false, ClientProvidedName = $"{settings.Service} topology" };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);

        var queues = settings.Routes.SelectMany(route => route.Bindings).Select(binding => binding.Queue).Distinct().ToList();
        foreach (var quarantine in queues.Select(Queues.QuarantineOf).Distinct())
        {
            await channel.QueueDeclareAsync(
                Queues.ErrorsOf(quarantine), durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(
                quarantine, durable: true, exclusive: false, autoDelete: false,
                QuarantineArgumentsOf(quarantine)!, cancellationToken: cancellationToken);
        }

        foreach (var queue in queues)
        {
            await channel.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false, ArgumentsOf(queue)!, cancellationToken: cancellationToken);
        }

        foreach (var route in settings.Routes)
        {
            await channel.ExchangeDeclareAsync(route.Exchange, route.ExchangeKind, durable: true, cancellationToken: cancellationToken);
            foreach (var (queue, key) in route.Bindings)
                await channel.QueueBindAsync(queue, route.Exchange, key, cancellationToken: cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The message broker is not there yet ({Reason}); waiting for it")]
    private partial void LogWaiting(string reason);
}
