using System.Collections.Concurrent;
using Assistify.Contracts;
using Assistify.Testing;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Messaging;

/// <summary>
/// What a connection brought ends with it, though it waits for a server: the broker's client tells nobody that a connection is
/// gone before that, and a service would never connect again.
/// </summary>
[NonParallelizable]
public sealed class LostConnectionTests
{
    [Test, CancelAfter(120_000)]
    public async Task A_message_that_waits_for_a_server_ends_with_its_connection_and_comes_again(CancellationToken cancellationToken)
    {
        await using var broker = await TestBroker.Start();
        var ended = new EndedDeliveries();
        var server = new AbsentServer();
        using var service = await Start(broker, server, ended, messaging => messaging.Consume(Queues.EventLog, 8, typeof(WaitingConsumer)));
        var message = new EventsRecorded([]);
        await service.PublishUntilConfirmed(message, cancellationToken);
        await Eventually.IsTrue(() => server.Attempts > 0, TimeSpan.FromSeconds(30));

        await broker.Kill();
        await Eventually.IsTrue(() => ended.Count == 1, TimeSpan.FromSeconds(30));
        await broker.StartAgain();
        server.IsBack = true;

        await Eventually.IsTrue(() => server.Served.Count == 1, TimeSpan.FromSeconds(60));
        await service.StopAsync(cancellationToken);
    }

    [Test, CancelAfter(180_000)]
    public async Task A_batch_that_waits_for_a_server_lets_its_messages_come_again_through_the_next_connection(CancellationToken cancellationToken)
    {
        await using var broker = await TestBroker.Start();
        var server = new AbsentServer();
        using var service = await Start(broker, server, new EndedDeliveries(), messaging => messaging.ConsumePartitions<WaitingHandler>(typeof(DeliveryUpdated)));
        await Publish(0);
        await Eventually.IsTrue(() => server.Attempts > 0, TimeSpan.FromSeconds(30));

        await broker.Kill();
        await broker.StartAgain();
        server.IsBack = true;
        await Publish(1);

        await Eventually.IsTrue(() => server.Served.Distinct().Count() == 4, TimeSpan.FromSeconds(60));
        await service.StopAsync(cancellationToken);

        async Task Publish(int round)
        {
            foreach (var n in new[] { 2 * round, (2 * round) + 1 })
            {
                var message = new DeliveryUpdated(
                    Identifiers.Derive($"{n}"), Identifiers.Derive("person"), Identifiers.DefaultWorkspace, 1, DeliveryStatus.Sent, $"{n}", null, null, default);
                await service.PublishUntilConfirmed(message, cancellationToken);
            }
        }
    }

    private static async Task<IHost> Start(TestBroker broker, AbsentServer server, EndedDeliveries ended, Action<MessagingBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", broker.ConnectionString)]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(NpgsqlDataSource.Create(await TestPostgres.NewDatabaseAsync()));
        builder.Services.AddSingleton(server);
        builder.AddMessaging("test", configure);
        var host = builder.Build();
        host.Services.GetRequiredService<IBus>().ConnectReceiveObserver(ended);
        await host.StartAsync();
        return host;
    }

    /// <summary>A database, say, that is not there for a while.</summary>
    private sealed class AbsentServer
    {
        private readonly ConcurrentBag<object> _served = [];
        private int _attempts;

        public bool IsBack { get; set; }
        public int Attempts => Volatile.Read(ref _attempts);
        public ConcurrentBag<object> Served => _served;

        public void Use(IEnumerable<object> messages)
        {
            Interlocked.Increment(ref _attempts);
            if (!IsBack)
                throw new ServerUnavailableException("It is not there.");
            foreach (var message in messages)
                _served.Add(message);
        }
    }

    private sealed class WaitingConsumer(AbsentServer server) : IConsumer<EventsRecorded>
    {
        public Task Consume(ConsumeContext<EventsRecorded> context)
        {
            server.Use([context.Message]);
            return Task.CompletedTask;
        }
    }

    private sealed class WaitingHandler(AbsentServer server) : IPartitionHandler
    {
        public Task Handle(IReadOnlyList<PartitionMessage> batch, CancellationToken cancellationToken)
        {
            server.Use(batch.Select(message => message.Message));
            return Task.CompletedTask;
        }
    }

    /// <summary>Deliveries that the bus is through with, one way or the other.</summary>
    private sealed class EndedDeliveries : IReceiveObserver
    {
        private readonly ConcurrentDictionary<ReceiveContext, bool> _ended = [];

        public int Count => _ended.Count;

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostReceive(ReceiveContext context) => Ended(context);

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class => Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception) => Ended(context);

        private Task Ended(ReceiveContext context)
        {
            _ended[context] = true;
            return Task.CompletedTask;
        }
    }
}
