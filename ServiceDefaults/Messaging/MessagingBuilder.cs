using Assistify.Contracts;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Assistify.ServiceDefaults;

/// <summary>Names what a service consumes, and its own message types beside those of Contracts.</summary>
public sealed class MessagingBuilder
{
    private readonly List<Action<IBusRegistrationConfigurator>> _consumers = [];
    private readonly List<Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator>> _endpoints = [];
    private readonly List<Action<IServiceCollection>> _services = [];
    private readonly List<Route> _routes =
    [
        Route.ToPartition<CustomerMessageReceived>(),
        Route.ToPartition<CustomerMessagesReceived>(),
        Route.ToPartition<MessageChanged>(),
        Route.ToPartition<OutsideReplyReceived>(),
        Route.ToPartition<CustomerAddressChanged>(),
        Route.ToPartition<ReplyGenerated>(),
        Route.ToPartition<MessagesUnderstood>(),
        Route.ToPartition<ReplyFailed>(),
        Route.ToPartition<DeliveryUpdated>(),
        Route.ToPartition<MediaStored>(),
        Route.ToPartition<MediaFailed>(),
        Route.ToQueue<ReplyRequested>(Queues.ReplyRequests),
        Route.ToQueue<DeliverMessage>(Queues.Deliveries),
        Route.ToQueue<CancelDeliveries>(Queues.Deliveries),
        Route.ToQueue<CustomerErased>(Queues.Deliveries, Queues.ReplyRequests),
        Route.ToQueue<ConversationRated>(Queues.ReplyRequests),
        Route.ToQueue<EventsRecorded>(Queues.EventLog),
        Route.ToQueue<ActionAudited>(Queues.AuditLog),
        Route.ToQueue<CustomerErasureDemanded>(Queues.Erasures),
        Route.ToEveryReplica<TurnMoved>(),
        Route.ToEveryReplica<ReplyDelta>(),
        Route.ToEveryReplica<ReplyReset>(),
        Route.ToEveryReplica<JobReady>(),
        Route.ToEveryReplica<ConnectionAlarmed>(),
        Route.ToEveryReplica<QualityDropped>(),
    ];

    internal IReadOnlyList<Route> Routes => _routes;

    /// <summary>Set where the service is useful while the broker is away: its health is then degraded, but ready.</summary>
    public bool ServesWithoutBroker { get; set; }

    /// <summary>A message type of this service's own that travels through a person's partition.</summary>
    public MessagingBuilder AddPartitioned<T>() where T : class, IPartitioned
    {
        _routes.Add(Route.ToPartition<T>());
        return this;
    }

    /// <summary>A transient message type of this service's own that goes to every replica.</summary>
    public MessagingBuilder AddBroadcast<T>() where T : class
    {
        _routes.Add(Route.ToEveryReplica<T>());
        return this;
    }

    /// <summary>
    /// Consumes a queue in competition with the other replicas. An unreachable server pauses the consumer; any other failure is
    /// retried five times and then goes to the error queue.
    /// </summary>
    /// <param name="prefetch">Most messages under way at the same time in this replica.</param>
    public MessagingBuilder Consume(string queue, int prefetch, params Type[] consumers)
    {
        foreach (var consumer in consumers)
            _consumers.Add(bus => bus.AddConsumer(consumer));
        _endpoints.Add((context, rabbit) =>
        {
            rabbit.ReceiveEndpoint(queue, endpoint => Work(endpoint, BrokerTopology.ArgumentsOf(queue), prefetch));
            var quarantine = Queues.QuarantineOf(queue);
            rabbit.ReceiveEndpoint(quarantine, endpoint => Work(endpoint, BrokerTopology.QuarantineArgumentsOf(quarantine), limit: 1));

            void Work(IRabbitMqReceiveEndpointConfigurator endpoint, Dictionary<string, object> arguments, int limit)
            {
                endpoint.ConfigureWorkQueue(queue, arguments, limit);
                endpoint.UsePauseWhenUnavailable(context);
                endpoint.UseMessageRetry(retry =>
                {
                    retry.Exponential(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(300));
                    retry.Ignore<Exception>(Failures.IsUnavailable);
                });
                foreach (var consumer in consumers)
                    endpoint.ConfigureConsumer(context, consumer);
            }
        });
        return this;
    }

    /// <summary>Consumes transient messages that go to every replica, through a queue that lives as long as the process.</summary>
    public MessagingBuilder ConsumeBroadcast(params Type[] consumers)
    {
        foreach (var consumer in consumers)
            _consumers.Add(bus => bus.AddConsumer(consumer));
        _endpoints.Add((context, rabbit) => rabbit.ReceiveEndpoint(new TemporaryEndpointDefinition("replica"), endpoint =>
        {
            endpoint.PrefetchCount = 500;
            foreach (var consumer in consumers)
                endpoint.ConfigureConsumer(context, consumer);
        }));
        return this;
    }

    /// <summary>Consumes this service's share of the partitions, in order, in batches; see <see cref="IPartitionHandler"/>.</summary>
    /// <param name="messages">The message types that <typeparamref name="THandler"/> understands.</param>
    public MessagingBuilder ConsumePartitions<THandler>(params Type[] messages) where THandler : class, IPartitionHandler
    {
        _services.Add(services =>
        {
            services.AddSingleton<IPartitionHandler, THandler>();
            services.AddSingleton<PartitionLanes>();
            services.AddSingleton(new PartitionMessages(messages));
            services.AddSingleton<PartitionOwnership>();
            services.AddHostedService(static provider => provider.GetRequiredService<PartitionOwnership>());
            services.AddHealthChecks().AddCheck<PartitionOwnership>("partitions", HealthStatus.Degraded, [Health.Ready]);
        });
        return this;
    }

    internal void AddServices(IServiceCollection services)
    {
        foreach (var add in _services)
            add(services);
    }

    internal void AddConsumers(IBusRegistrationConfigurator bus)
    {
        foreach (var add in _consumers)
            add(bus);
    }

    internal void ConfigureEndpoints(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator rabbit)
    {
        foreach (var configure in _endpoints)
            configure(context, rabbit);
    }
}

internal static class WorkQueue
{
    /// <summary>The queue exactly as <see cref="BrokerTopology"/> declares it; its bindings are declared there too.</summary>
    public static void ConfigureWorkQueue(this IRabbitMqReceiveEndpointConfigurator endpoint, string queue, Dictionary<string, object> arguments, int prefetch)
    {
        var errors = new MoveToErrorQueue(Queues.ErrorsOf(queue));
        endpoint.ConfigureError(error => error.UseFilter(errors));
        endpoint.ConfigureDeadLetter(unknown => unknown.UseFilter(errors));
        foreach (var (name, value) in arguments)
            endpoint.SetQueueArgument(name, value);
        endpoint.Durable = true;
        endpoint.AutoDelete = false;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = prefetch;
    }
}
