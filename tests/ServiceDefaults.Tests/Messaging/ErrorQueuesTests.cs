using System.Text;
using Assistify.Testing;
using NUnit.Framework;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults.Tests.Messaging;

/// <summary>Error queues on a real broker.</summary>
[NonParallelizable]
public sealed class ErrorQueuesTests
{
    private const string Work = Queues.Deliveries;
    private static readonly string s_errors = Queues.ErrorsOf(Work);
    private static readonly Guid s_workspace = Guid.NewGuid();

    private TestBroker _broker = null!;
    private IConnection _connection = null!;
    private IChannel _channel = null!;
    private ErrorQueues _queues = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _broker = await TestBroker.Start();
        _connection = await new ConnectionFactory { Uri = new Uri(_broker.ConnectionString) }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync();
        foreach (var queue in new[] { Work, Queues.ReplyRequests, Queues.EventLog, Queues.AuditLog, Queues.Erasures, Queues.PartitionQuarantine })
        {
            await Declare(Queues.ErrorsOf(queue));
        }
        await _channel.QueueDeclareAsync(Work, durable: true, exclusive: false, autoDelete: false);
        _queues = new ErrorQueues(new MessagingSettings("test", new Uri(_broker.ConnectionString), []));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [SetUp]
    public async Task Empty()
    {
        // Not only emptied: what somebody has just looked at may be on its way back.
        await _channel.QueueDeleteAsync(s_errors);
        await Declare(s_errors);
        await _channel.QueuePurgeAsync(Work);
    }

    [Test, CancelAfter(180_000)]
    public async Task Looking_again_and_again_leaves_everything_there(CancellationToken cancellationToken)
    {
        await Die("one", new Dictionary<string, object?> { ["assistify-from"] = Work, ["assistify-error"] = "FormatException" });
        await Die("two");

        for (var i = 0; i < 30; i++)
            await Seen(2, cancellationToken);

        var dead = (await Seen(2, cancellationToken)).Single(message => message.From is not null);
        Assert.That((dead.From, dead.Type, dead.Error, dead.WorkspaceId), Is.EqualTo((Work, "DeliverMessage", "FormatException", (Guid?)s_workspace)));
    }

    [Test, CancelAfter(180_000)]
    public async Task One_is_put_back_unchanged_another_dropped_and_the_rest_stays(CancellationToken cancellationToken)
    {
        foreach (var text in new[] { "stays", "goes back", "goes" })
            await Die(text, new Dictionary<string, object?> { ["assistify-from"] = $"host/{Work}", ["assistify-error"] = "X", ["own"] = "kept" });
        var dead = await Seen(3, cancellationToken);

        await Eventually.IsTrue(() => _queues.Replay(dead[1].Id, cancellationToken));
        await Eventually.IsTrue(() => _queues.Drop(dead[2].Id, cancellationToken));
        Assert.That(await _queues.Drop(dead[2].Id, cancellationToken), Is.False);
        Assert.That(await _queues.Replay(Guid.NewGuid(), cancellationToken), Is.False);

        Assert.That((await Seen(1, cancellationToken)).Select(message => message.Id), Is.EqualTo(new[] { dead[0].Id }));
        var back = await _channel.BasicGetAsync(Work, autoAck: true, cancellationToken);
        Assert.That(Encoding.UTF8.GetString(back!.Body.Span), Is.EqualTo(Envelope("goes back")));
        Assert.That(back.BasicProperties.Headers!.Keys, Has.Member("own").And.None.StartsWith("assistify"));
        Assert.That(back.BasicProperties.ContentType, Is.EqualTo("application/vnd.masstransit+json"));
    }

    [Test, CancelAfter(180_000)]
    public async Task What_says_nowhere_or_a_strange_place_as_its_origin_is_not_put_back(CancellationToken cancellationToken)
    {
        await Die("unknown");
        await Die("strange", new Dictionary<string, object?> { ["assistify-from"] = "somebody-elses-queue" });

        foreach (var dead in await Seen(2, cancellationToken))
        {
            Assert.That(dead.From, Is.Null);
            Assert.That(await _queues.Replay(dead.Id, cancellationToken), Is.False);
        }
        await Seen(2, cancellationToken);
    }

    [Test, CancelAfter(180_000)]
    public async Task What_failed_in_quarantine_goes_back_to_the_queue_where_it_died_first(CancellationToken cancellationToken)
    {
        await Die("poison", new Dictionary<string, object?> { ["assistify-from"] = Queues.QuarantineOf(Work), ["x-first-death-queue"] = Work });

        var dead = (await Seen(1, cancellationToken)).Single();

        Assert.That(dead.From, Is.EqualTo(Work));
        await Eventually.IsTrue(() => _queues.Replay(dead.Id, cancellationToken));
        Assert.That(await _channel.BasicGetAsync(Work, autoAck: true, cancellationToken), Is.Not.Null);
    }

    [Test, CancelAfter(180_000)]
    public void An_absent_broker_is_said() =>
        Assert.That(
            async () => await new ErrorQueues(new MessagingSettings("test", new Uri("amqp://guest:guest@127.0.0.1:1"), [])).Peek(default),
            Throws.InstanceOf<BrokerUnavailableException>());

    /// <summary>So many messages, once the broker has put back what was looked at before.</summary>
    private async Task<IReadOnlyList<DeadMessage>> Seen(int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeadMessage> seen = [];
        await Eventually.IsTrue(async () => (seen = await _queues.Peek(cancellationToken)).Count == count);
        return seen;
    }

    private Task<QueueDeclareOk> Declare(string queue) =>
        _channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });

    private async Task Die(string text, Dictionary<string, object?>? headers = null) =>
        await _channel.BasicPublishAsync(
            "", s_errors, mandatory: true,
            new BasicProperties { Persistent = true, ContentType = "application/vnd.masstransit+json", Headers = headers ?? [] },
            Encoding.UTF8.GetBytes(Envelope(text)));

    private static string Envelope(string text) =>
        $$$"""{"messageType":["urn:message:Assistify.Contracts:DeliverMessage"],"message":{"workspaceId":"{{{s_workspace}}}","text":"{{{text}}}"}}""";
}
