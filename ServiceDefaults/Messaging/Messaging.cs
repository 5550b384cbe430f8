using System.Diagnostics;
using Assistify.Contracts;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assistify.ServiceDefaults;

internal sealed record MessagingSettings(string Service, Uri Address, IReadOnlyList<Route> Routes)
{
    /// <summary>A connection beside the bus, for somebody who looks into queues once.</summary>
    public Task<IConnection> Connect(string purpose, CancellationToken cancellationToken) => new ConnectionFactory
    {
        Uri = Address,
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(3),
        ClientProvidedName = $"{Service} {purpose}",
    }.CreateConnectionAsync(cancellationToken);
}

public static class MessagingExtensions
{
    /// <summary>Connects the service to the broker with the queues and consumers that <paramref name="configure"/> names.</summary>
    /// <param name="service">The service's short name, such as <c>chat</c>.</param>
    /// <exception cref="InvalidOperationException"><c>ConnectionStrings:messaging</c> is missing.</exception>
    public static void AddMessaging(this IHostApplicationBuilder builder, string service, Action<MessagingBuilder> configure)
    {
        var address = new Uri(builder.Configuration.GetConnectionString("messaging")
            ?? throw new InvalidOperationException("ConnectionStrings__messaging is not set."));
        var messaging = new MessagingBuilder();
        configure(messaging);

        // A publisher that the broker refuses hears of it by an exception and says what it does about it.
        builder.Logging.AddFilter("MassTransit", LogLevel.Critical);
        builder.Logging.AddFilter("MassTransit.ReceiveTransport", LogLevel.Error);

        builder.Services.AddSingleton(new MessagingSettings(service, address, messaging.Routes));
        builder.Services.AddSingleton<IErrorQueues, ErrorQueues>();
        builder.Services.AddSingleton<IQueueDepths, QueueDepths>();
        builder.Services.AddSingleton<PublishingWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PublishingWatch>());
        builder.Services.AddSingleton<BrokerTopology>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BrokerTopology>());

        builder.Services.Configure<MassTransitHostOptions>(host =>
        {
            // The service starts and answers while the broker is away; the bus connects when it comes back.
            host.WaitUntilStarted = false;
            host.StopTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = "messaging";
                health.Tags.Clear();
                health.Tags.Add(Health.Ready);
                health.MinimalFailureStatus = messaging.ServesWithoutBroker ? HealthStatus.Degraded : HealthStatus.Unhealthy;
            });
            messaging.AddConsumers(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var watch = context.GetRequiredService<PublishingWatch>();
                rabbit.Host(address, host =>
                {
                    host.ConnectionName($"{service} {Environment.ProcessId}");
                    host.RequestedConnectionTimeout(TimeSpan.FromSeconds(3));
                    host.Heartbeat(TimeSpan.FromSeconds(10));
                    host.OnRefreshConnectionFactory = factory =>
                    {
                        watch.Watch(factory);
                        return Task.CompletedTask;
                    };
                });
                rabbit.ConnectPublishObserver(watch);
                foreach (var route in messaging.Routes)
                    route.Configure(rabbit);
                rabbit.ConfigurePublish(publish => publish.UseExecute(static send =>
                {
                    // A durable message that no queue takes must fail at the publisher, not vanish in the broker.
                    if (send.Durable && send.TryGetPayload<RabbitMqSendContext>(out var context))
                        context.Mandatory = true;
                }));
                messaging.ConfigureEndpoints(context, rabbit);
            });
        });
        // After the bus, so that the partitions are left before it stops: it would cancel their consumers.
        messaging.AddServices(builder.Services);
    }
}

/// <summary>Publishing as the path of a message needs it.</summary>
public static class Publishing
{
    /// <summary>How long the broker may take to confirm before it counts as away.</summary>
    public static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(2);

    private static readonly ActivitySource s_source = new("Assistify.Messaging");

    /// <summary>Publishes and waits until the broker has the message on disk.</summary>
    /// <param name="trace">The trace the message belongs to, where that is not the current one (in batches of many messages).</param>
    /// <exception cref="BrokerUnavailableException">Not confirmed within <paramref name="timeout"/> (default 2 s). It may still arrive once.</exception>
    public static async Task PublishConfirmed(
        this IBus bus, object message, CancellationToken cancellationToken, ActivityContext trace = default, TimeSpan? timeout = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout ?? ConfirmTimeout);
        using var activity = trace == default ? null : s_source.StartActivity(message.GetType().Name, ActivityKind.Internal, trace);
        try
        {
            await bus.Publish(message, message.GetType(), deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokerUnavailableException();
        }
        catch (Exception exception) when (
            // Disposed: a call that waited when the connection ended finds its channel gone.
            exception is MassTransitException or RabbitMQClientException or ObjectDisposedException || Failures.IsUnavailable(exception))
        {
            throw new BrokerUnavailableException("The message broker did not take the message.", exception);
        }
    }

    /// <summary>Publishes something that may be lost, to every replica, without waiting for a disk. Never throws for an absent broker.</summary>
    public static async Task PublishTransient<T>(this IBus bus, T message, CancellationToken cancellationToken) where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ConfirmTimeout);
        try
        {
            await bus.Publish(message, static context => context.Durable = false, deadline.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            Activity.Current?.AddEvent(new ActivityEvent("transient message lost"));
        }
    }
}
