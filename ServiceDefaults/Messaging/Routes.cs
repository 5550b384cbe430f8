using System.Globalization;
using Assistify.Contracts;
using MassTransit;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Where each message type goes. An exchange has one purpose: a direct exchange to the partitions, a fan-out exchange to one
/// queue, or a fan-out exchange to a temporary queue of every replica.
/// </summary>
internal abstract class Route(Type message)
{
    private static readonly string[] s_keys =
        [.. Enumerable.Range(0, Partition.Count).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    public string Exchange { get; } = NameOf(message);

    /// <summary>Queues that every publisher declares, with their routing keys: what was confirmed is never unroutable.</summary>
    public abstract IEnumerable<(string Queue, string Key)> Bindings { get; }

    public abstract string ExchangeKind { get; }

    public abstract void Configure(IRabbitMqBusFactoryConfigurator rabbit);

    public static Route ToPartition<T>() where T : class, IPartitioned => new PartitionRoute<T>();

    /// <param name="queues">One of each service that consumes it.</param>
    public static Route ToQueue<T>(params string[] queues) where T : class => new QueueRoute<T>(queues);

    public static Route ToEveryReplica<T>() where T : class => new BroadcastRoute<T>();

    /// <summary><c>CustomerMessageReceived</c> is <c>customer-message-received</c> on the broker.</summary>
    private static string NameOf(Type message) =>
        new KebabCaseEndpointNameFormatter(includeNamespace: false).SanitizeName(message.Name);

    private sealed class PartitionRoute<T>() : Route(typeof(T)) where T : class, IPartitioned
    {
        public override string ExchangeKind => ExchangeType.Direct;

        public override IEnumerable<(string Queue, string Key)> Bindings => Queues.Partitions.Zip(s_keys);

        public override void Configure(IRabbitMqBusFactoryConfigurator rabbit)
        {
            rabbit.Message<T>(message => message.SetEntityName(Exchange));
            rabbit.Publish<T>(publish => publish.ExchangeType = ExchangeType.Direct);
            rabbit.Send<T>(send => send.UseRoutingKeyFormatter(context => s_keys[context.Message.Partition]));
        }
    }

    private sealed class QueueRoute<T>(string[] queues) : Route(typeof(T)) where T : class
    {
        public override string ExchangeKind => ExchangeType.Fanout;

        public override IEnumerable<(string Queue, string Key)> Bindings => queues.Select(queue => (queue, ""));

        public override void Configure(IRabbitMqBusFactoryConfigurator rabbit) =>
            rabbit.Message<T>(message => message.SetEntityName(Exchange));
    }

    private sealed class BroadcastRoute<T>() : Route(typeof(T)) where T : class
    {
        public override string ExchangeKind => ExchangeType.Fanout;

        public override IEnumerable<(string Queue, string Key)> Bindings => [];

        public override void Configure(IRabbitMqBusFactoryConfigurator rabbit) =>
            rabbit.Message<T>(message => message.SetEntityName(Exchange));
    }
}
