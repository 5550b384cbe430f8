using System.Collections.Concurrent;
using System.Globalization;
using Assistify.Contracts;
using Assistify.Testing;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NUnit.Framework;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Assistify.ServiceDefaults.Tests.Messaging;

/// <summary>Partitions on a real broker: order, crashes, messages that cannot be handled or read.</summary>
[NonParallelizable]
public sealed class PartitionsTests
{
    private TestBroker _broker = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => _broker = await TestBroker.Start();

    [OneTimeTearDown]
    public async Task StopBroker() => await _broker.DisposeAsync();

    [Test, CancelAfter(300_000)]
    public async Task Messages_stay_in_order_and_none_is_lost_when_the_broker_is_killed_in_the_middle(CancellationToken cancellationToken)
    {
        const int People = 20;
        const int Each = 100;
        await using var replica = await Replica.Start(_broker);
        var before = await Count("chat-partition_error", cancellationToken);

        var publishing = Task.WhenAll(Enumerable.Range(0, People).Select(person => Task.Run(async () =>
        {
            for (var n = 0; n < Each; n++)
                await replica.PublishUntilConfirmed(Some(person, n), cancellationToken);
        }, cancellationToken)));
        await Eventually.IsTrue(() => replica.Handled.Count > People * Each / 4, TimeSpan.FromSeconds(90));
        await _broker.Kill();
        await _broker.StartAgain();
        await publishing;
        await Eventually.IsTrue(() => Own().Count() == People * Each, TimeSpan.FromSeconds(90));

        foreach (var person in Own().GroupBy(handled => handled.Person))
            Assert.That(person.Select(handled => handled.Number), Is.EqualTo(Enumerable.Range(0, Each)), $"person {person.Key}");
        Assert.That(await Count("chat-partition_error", cancellationToken), Is.EqualTo(before));

        // The queues may still bring what another test published last.
        IEnumerable<(int Person, int Number)> Own() => replica.Handled.Where(handled => handled.Number < Each).Distinct();
    }

    [Test, CancelAfter(300_000)]
    public async Task What_cannot_be_handled_or_read_goes_to_the_error_queue_and_holds_nobody_up(CancellationToken cancellationToken)
    {
        // Numbers of this test alone: the queues may still bring what the tests before it published last.
        const int Refused = 700_000;
        const int First = 700_001;
        await using var replica = await Replica.Start(_broker);
        replica.Refuse = number => number == Refused;
        var before = await Count("chat-partition_error", cancellationToken);

        await replica.PublishUntilConfirmed(Some(1, Refused), cancellationToken);
        await PublishUnreadable(cancellationToken);
        for (var n = First; n < First + 20; n++)
            await replica.PublishUntilConfirmed(Some(1, n), cancellationToken);

        await Eventually.IsTrue(() => replica.Handled.Where(handled => handled.Number >= First).Distinct().Count() == 20);
        await Eventually.IsTrue(async () => await Count("chat-partition_error", cancellationToken) == before + 2);
    }

    [Test, CancelAfter(300_000)]
    public async Task Two_replicas_share_the_partitions_and_one_takes_over_what_the_other_leaves(CancellationToken cancellationToken)
    {
        var database = await TestPostgres.NewDatabaseAsync();
        await using var first = await Replica.Start(_broker, database);
        var second = await Replica.Start(_broker, database);

        // Both work as soon as both know of each other.
        var n = 1000;
        await Eventually.IsTrue(
            async () =>
            {
                for (var person = 0; person < 32; person++)
                    await first.PublishUntilConfirmed(Some(person, n), cancellationToken);
                n++;
                return !first.Handled.IsEmpty && !second.Handled.IsEmpty;
            }, TimeSpan.FromSeconds(90));
        await second.DisposeAsync();
        first.Handled.Clear();

        await Eventually.IsTrue(
            async () =>
            {
                for (var person = 0; person < 32; person++)
                    await first.PublishUntilConfirmed(Some(person, n), cancellationToken);
                n++;
                return first.Handled.Select(handled => handled.Person).Distinct().Count() == 32;
            }, TimeSpan.FromSeconds(90));
    }

    [Test, CancelAfter(300_000)]
    public async Task A_partition_that_moves_while_its_messages_are_under_way_keeps_their_order(CancellationToken cancellationToken)
    {
        // Numbers of this test alone, as above.
        const int First = 800_000;
        const int People = 32;
        const int Before = 10;
        const int After = 10;
        var stored = new ConcurrentQueue<(int Person, int Number)>();
        var database = await TestPostgres.NewDatabaseAsync();
        await using var first = await Replica.Start(_broker, database);
        first.HeldUp = new TaskCompletionSource();
        first.Stored = stored;

        await Publish(First, Before);
        await Eventually.IsTrue(() => first.Waiting == 2);
        await using var second = await Replica.Start(_broker, database);
        second.Stored = stored;
        await Publish(First + Before, After);
        await Eventually.IsTrue(() => second.Handled.Any(handled => handled.Number == First + Before + After - 1), TimeSpan.FromSeconds(90));
        first.HeldUp.SetResult();
        await Eventually.IsTrue(() => stored.Where(message => message.Number >= First).Distinct().Count() == People * (Before + After), TimeSpan.FromSeconds(90));

        foreach (var person in stored.Where(message => message.Number >= First).Distinct().GroupBy(message => message.Person))
            Assert.That(person.Select(message => message.Number), Is.EqualTo(Enumerable.Range(First, Before + After)), $"person {person.Key}");

        async Task Publish(int from, int count)
        {
            for (var n = from; n < from + count; n++)
            {
                for (var person = 0; person < People; person++)
                    await first.PublishUntilConfirmed(Some(person, n), cancellationToken);
            }
        }
    }

    [Test, CancelAfter(300_000)]
    public async Task Replicas_come_and_go_and_the_broker_is_killed_and_everything_is_stored_in_order(CancellationToken cancellationToken)
    {
        // Numbers of this test alone, as above.
        const int First = 900_000;
        const int People = 32;
        const int Rounds = 4;
        var stored = new ConcurrentQueue<(int Person, int Number)>();
        var database = await TestPostgres.NewDatabaseAsync();
        await using var stays = await Replica.Start(_broker, database);
        stays.Stored = stored;
        using var enough = new CancellationTokenSource();
        var publishing = Publish();

        for (var round = 0; round < Rounds; round++)
        {
            await using var comes = await Replica.Start(_broker, database);
            comes.Stored = stored;
            await Eventually.IsTrue(() => comes.Handled.Any(handled => handled.Number >= First), TimeSpan.FromSeconds(60));
            if (round % 2 == 1)
            {
                await _broker.Kill();
                await _broker.StartAgain();
            }
        }

        await enough.CancelAsync();
        var count = await publishing;
        await Eventually.IsTrue(() => Own().Count == People * count, TimeSpan.FromSeconds(90));
        foreach (var person in Own().GroupBy(message => message.Person))
            Assert.That(person.Select(message => message.Number), Is.EqualTo(Enumerable.Range(First, count)), $"person {person.Key}");

        List<(int Person, int Number)> Own() => [.. stored.Where(message => message.Number >= First).Distinct()];

        async Task<int> Publish()
        {
            var n = 0;
            for (; !enough.IsCancellationRequested; n++)
            {
                await Task.WhenAll(Enumerable.Range(0, People).Select(person => stays.PublishUntilConfirmed(Some(person, First + n), cancellationToken)));
            }

            return n;
        }
    }

    public async Task Messages_that_came_together_are_handled_in_their_order_and_one_that_fails_takes_no_other_along(CancellationToken cancellationToken)
    {
        // Numbers of this test alone, as above.
        const int First = 600_000;
        await using var replica = await Replica.Start(_broker);
        var before = await Count("chat-partition_error", cancellationToken);
        replica.Refuse = number => number == First + 2;

        await replica.PublishUntilConfirmed(
            new CustomerMessagesReceived(Identifiers.DefaultWorkspace, 7, [.. Enumerable.Range(First, 5).Select(number => Written(7, number))]), cancellationToken);
        await replica.PublishUntilConfirmed(Written(7, First + 5), cancellationToken);

        await Eventually.IsTrue(() => replica.Handled.Any(handled => handled.Number == First + 5), TimeSpan.FromSeconds(90));
        Assert.That(
            replica.Handled.Where(handled => handled.Number is >= First and <= First + 5).Select(handled => handled.Number).Distinct(),
            Is.EqualTo(new[] { First, First + 1, First + 3, First + 4, First + 5 }));
        await Eventually.IsTrue(async () => await Count("chat-partition_error", cancellationToken) == before + 1, TimeSpan.FromSeconds(90));
    }

    private static CustomerMessageReceived Written(int partition, int number) => new(
        Identifiers.Derive($"written/{number}"), Identifiers.DefaultWorkspace, Guid.Empty, "whatsapp", partition,
        new CustomerAddress("whatsapp", partition.ToString(CultureInfo.InvariantCulture)),
        new MessageContent(number.ToString(CultureInfo.InvariantCulture)), default, default);

    private static DeliveryUpdated Some(int person, int number) => new(
        Identifiers.Derive($"{person}/{number}"), Identifiers.Derive($"{person}"), Identifiers.DefaultWorkspace, person % Partition.Count,
        DeliveryStatus.Sent, person.ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture), null, default);

    private async Task PublishUnreadable(CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_broker.ConnectionString) }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.BasicPublishAsync(
            "delivery-updated", "1", mandatory: true,
            new BasicProperties { ContentType = "application/vnd.masstransit+json" }, "{nonsense"u8.ToArray(), cancellationToken);
    }

    private async Task<uint> Count(string queue, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_broker.ConnectionString) }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return await channel.MessageCountAsync(queue, cancellationToken);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // A replica that has just started is still declaring it.
            return 0;
        }
    }

    /// <summary>A process's worth of partitions whose handler writes down what it was given.</summary>
    private sealed class Replica : IAsyncDisposable, IPartitionHandler
    {
        private IHost? _host;
        private int _waiting;

        public ConcurrentQueue<(int Person, int Number)> Handled { get; } = [];

        public Func<int, bool> Refuse { get; set; } = _ => false;

        /// <summary>What the replicas of one database have stored, in this order.</summary>
        public ConcurrentQueue<(int Person, int Number)> Stored { get; set; } = [];

        /// <summary>Batches wait for it, as they would for a database.</summary>
        public TaskCompletionSource? HeldUp { get; set; }

        /// <summary>Batches that wait.</summary>
        public int Waiting => _waiting;

        public static async Task<Replica> Start(TestBroker broker, string? database = null)
        {
            var replica = new Replica();
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", broker.ConnectionString)]);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddSingleton(NpgsqlDataSource.Create(database ?? await TestPostgres.NewDatabaseAsync()));
            builder.AddMessaging("test", messaging => messaging.ConsumePartitions<Forward>(
                typeof(DeliveryUpdated), typeof(CustomerMessageReceived), typeof(CustomerMessagesReceived)));
            builder.Services.AddSingleton(replica);
            replica._host = builder.Build();
            await replica._host.StartAsync();
            return replica;
        }

        public async Task Handle(IReadOnlyList<PartitionMessage> batch, CancellationToken cancellationToken)
        {
            if (HeldUp is { } heldUp)
            {
                Interlocked.Increment(ref _waiting);
                await heldUp.Task.WaitAsync(cancellationToken);
                Interlocked.Decrement(ref _waiting);
            }

            var updates = batch.Select(message => message.Message switch
            {
                DeliveryUpdated update => (update.ExternalId!, update.ErrorCode!),
                CustomerMessageReceived written => (written.From.Value, written.Content.Text),
                var other => throw new InvalidOperationException($"{other.GetType().Name} is none of ours."),
            }).Select(named => (Person: int.Parse(named.Item1, CultureInfo.InvariantCulture), Number: int.Parse(named.Item2, CultureInfo.InvariantCulture))).ToList();
            if (updates.Any(update => Refuse(update.Number)))
                throw new InvalidOperationException("This number is refused.");
            foreach (var update in updates)
            {
                Handled.Enqueue(update);
                Stored.Enqueue(update);
            }
        }

        public Task PublishUntilConfirmed(object message, CancellationToken cancellationToken) => _host!.PublishUntilConfirmed(message, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await _host!.StopAsync();
            _host.Dispose();
        }

        private sealed class Forward(Replica replica) : IPartitionHandler
        {
            public Task Handle(IReadOnlyList<PartitionMessage> batch, CancellationToken cancellationToken) =>
                replica.Handle(batch, cancellationToken);
        }
    }
}
