using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading.Channels;
using Assistify.Contracts;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Spreads the partitions over the service's replicas. Each replica says every two seconds in the database that it is there;
/// each computes from the same list which partitions are whose (rendezvous hashing, so that a change moves few) and consumes
/// those, through a connection of its own that is replaced whenever anything about it is in doubt. Of two replicas that disagree
/// for a moment one is the queue's active consumer; how a partition changes hands while its messages are under way is told at
/// <see cref="PartitionConsumer"/>.
/// </summary>
internal sealed partial class PartitionOwnership(
    NpgsqlDataSource database,
    MessagingSettings settings,
    BrokerTopology topology,
    PartitionMessages messages,
    PartitionLanes lanes,
    TimeProvider time,
    ILogger<PartitionOwnership> logger) : BackgroundService, IHealthCheck
{
    private const ushort Prefetch = 64;
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly Guid _replica = Guid.CreateVersion7(time.GetUtcNow());
    private readonly Dictionary<string, PartitionConsumer> _consumers = [];

    /// <summary>Written to when what is consumed may not be what should be.</summary>
    private readonly Channel<bool> _doubts = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private HashSet<string> _wanted = [];
    private IConnection? _connection;
    private volatile bool _isCaughtUp;

    /// <summary>Whether this replica consumes all that is its own.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isCaughtUp ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, "Not all partitions of this replica are consumed."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await topology.Declared.WaitAsync(stoppingToken);
        await Task.WhenAll(Watch(stoppingToken), Consume(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Disconnect();
        try
        {
            await using var leave = database.CreateCommand("DELETE FROM replicas WHERE id = $1");
            leave.Parameters.Add(new() { Value = _replica });
            await leave.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            LogDatabaseAway(exception.GetType().Name);
        }
    }

    /// <summary>The partitions whose highest score among <paramref name="replicas"/> is <paramref name="replica"/>'s.</summary>
    internal static HashSet<int> OwnedBy(Guid replica, IReadOnlyCollection<Guid> replicas) =>
        [.. Enumerable.Range(0, Partition.Count).Where(partition => replicas.MaxBy(candidate => Score(candidate, partition)) == replica)];

    private static ulong Score(Guid replica, int partition)
    {
        Span<byte> key = stackalloc byte[17];
        replica.TryWriteBytes(key);
        key[16] = (byte)partition;
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(key));
    }

    /// <summary>Keeps the replica in the list, and what it wants to consume by the list.</summary>
    private async Task Watch(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                // The quarantine is everybody's: whoever is free tries what killed somebody.
                var owned = OwnedBy(_replica, await Replicas(stoppingToken)).Select(Queues.ChatPartition);
                Volatile.Write(ref _wanted, [.. owned, Queues.PartitionQuarantine]);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // Without the database nothing can be handled anyway; what is owned stays owned until it is back.
                LogDatabaseAway(exception.GetType().Name);
            }

            _doubts.Writer.TryWrite(true);
            await Task.Delay(s_heartbeat, time, stoppingToken);
        }
    }

    private async Task<List<Guid>> Replicas(CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("CREATE TABLE IF NOT EXISTS replicas (id uuid PRIMARY KEY, seen_at timestamptz NOT NULL)"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO replicas VALUES ($1, now()) ON CONFLICT (id) DO UPDATE SET seen_at = now()") { Parameters = { new() { Value = _replica } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("DELETE FROM replicas WHERE seen_at < now() - $1") { Parameters = { new() { Value = s_silence } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT id FROM replicas"));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var replicas = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            replicas.Add(reader.GetGuid(0));
        return replicas;
    }

    private async Task Consume(CancellationToken stoppingToken)
    {
        while (await _doubts.Reader.ReadAsync(stoppingToken))
        {
            try
            {
                await Reconcile(Volatile.Read(ref _wanted), stoppingToken);
                _isCaughtUp = _consumers.Count > 0;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (_isCaughtUp || _connection is not null)
                    LogBrokerAway(exception.GetType().Name);
                _isCaughtUp = false;
                await Disconnect();
                await Task.Delay(s_pause, time, stoppingToken);
                _doubts.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>Makes what is consumed what should be.</summary>
    /// <exception cref="Exception">Of any kind: the connection is not to be trusted any more.</exception>
    private async Task Reconcile(HashSet<string> wanted, CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: false })
            await Disconnect();
        _connection ??= await Connect(cancellationToken);

        var over = _consumers.Where(consumer => !consumer.Value.IsOpen || !wanted.Contains(consumer.Key)).ToList();
        await Task.WhenAll(over.Select(consumer => consumer.Value.Close()));
        foreach (var (queue, _) in over)
        {
            _consumers.Remove(queue);
            LogLeft(queue);
        }

        foreach (var queue in wanted.Where(queue => !_consumers.ContainsKey(queue)))
        {
            var prefetch = queue == Queues.PartitionQuarantine ? (ushort)1 : Prefetch;
            _consumers[queue] = await PartitionConsumer.Start(
                _connection, queue, prefetch, messages, lanes, () => _doubts.Writer.TryWrite(true), logger, cancellationToken);
            LogTook(queue);
        }
    }

    private async Task<IConnection> Connect(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = settings.Address,
            ClientProvidedName = $"{settings.Service} partitions {Environment.ProcessId}",
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(3),
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            ContinuationTimeout = TimeSpan.FromSeconds(10),
        };
        return await factory.CreateConnectionAsync(cancellationToken);
    }

    /// <summary>With the connection the broker closes its channels, and puts back what was not acknowledged.</summary>
    private async Task Disconnect()
    {
        _consumers.Clear();
        if (Interlocked.Exchange(ref _connection, null) is not { } connection)
            return;
        // Not disposed: that would wait for answers of a broker that may be gone. The socket is closed after this, however it ends.
        await connection.AbortAsync(s_farewell);
    }

    [LoggerMessage(LogLevel.Information, "Took {Queue}")]
    private partial void LogTook(string queue);

    [LoggerMessage(LogLevel.Information, "Left {Queue}")]
    private partial void LogLeft(string queue);

    [LoggerMessage(LogLevel.Warning, "The list of replicas cannot be read ({Reason}); the partitions stay as they are")]
    private partial void LogDatabaseAway(string reason);

    [LoggerMessage(LogLevel.Warning, "The partitions cannot be consumed ({Reason}); trying again")]
    private partial void LogBrokerAway(string reason);
}
