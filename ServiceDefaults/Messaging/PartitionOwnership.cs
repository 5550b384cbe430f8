using System.Buffers.Binary;
using System.Security.Cryptography;
using Assistify.Contracts;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Spreads the partitions over the service's replicas. Each replica says every two seconds in the database that it is there;
/// each computes from the same list which partitions are whose (rendezvous hashing, so that a change moves few) and consumes
/// those. Of two replicas that disagree for a moment one is the queue's active consumer; how a partition changes hands while
/// its messages are under way is told at <see cref="PartitionChannel"/>.
/// </summary>
internal sealed partial class PartitionOwnership(
    NpgsqlDataSource database,
    IReceiveEndpointConnector connector,
    BrokerTopology topology,
    PartitionMessages messages,
    TimeProvider time,
    ILogger<PartitionOwnership> logger) : BackgroundService
{
    private const int Prefetch = 64;
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(8);

    private readonly Guid _replica = Guid.CreateVersion7(time.GetUtcNow());
    private readonly Dictionary<int, (PartitionChannel Channel, HostReceiveEndpointHandle Endpoint)> _owned = [];

    /// <summary>The bus takes as long to forget an endpoint as its last messages are under way.</summary>
    private readonly Dictionary<int, Task> _leaving = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await topology.Declared.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Take(OwnedBy(_replica, await Replicas(stoppingToken)));
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // Without the database nothing can be handled anyway; what is owned stays owned until it is back.
                LogDatabaseAway(exception.GetType().Name);
            }

            await Task.Delay(s_heartbeat, time, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_owned.Values.Select(owned => owned.Channel.Close()));
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

    private void Take(HashSet<int> wanted)
    {
        foreach (var partition in _leaving.Where(leaving => leaving.Value.IsCompleted).Select(leaving => leaving.Key).ToList())
            _leaving.Remove(partition);
        foreach (var partition in _owned.Keys.Where(partition => !wanted.Contains(partition)).ToList())
            _leaving[partition] = Leave(partition);
        foreach (var partition in wanted.Where(partition => !_owned.ContainsKey(partition) && !_leaving.ContainsKey(partition)))
        {
            var queue = Queues.ChatPartition(partition);
            PartitionChannel? channel = null;
            var handle = connector.ConnectReceiveEndpoint(queue, (context, endpoint) =>
            {
                ((IRabbitMqReceiveEndpointConfigurator)endpoint).ConfigureWorkQueue(queue, BrokerTopology.ArgumentsOf(queue), Prefetch);
                channel = endpoint.ConfigurePartition(context, messages.Types);
            });
            _owned[partition] = (channel!, handle);
            LogTook(partition);
        }
    }

    private async Task Leave(int partition)
    {
        _owned.Remove(partition, out var owned);
        LogLeft(partition);
        await owned.Channel.Close();
        await owned.Endpoint.StopAsync();
    }

    [LoggerMessage(LogLevel.Information, "Took partition {Partition}")]
    private partial void LogTook(int partition);

    [LoggerMessage(LogLevel.Information, "Left partition {Partition}")]
    private partial void LogLeft(int partition);

    [LoggerMessage(LogLevel.Warning, "The list of replicas cannot be read ({Reason}); the partitions stay as they are")]
    private partial void LogDatabaseAway(string reason);
}
