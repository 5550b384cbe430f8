using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Two lanes, each with one batch under way, so that one batch's database work overlaps with the other's publishing. A
/// partition always takes the same lane.
/// </summary>
internal sealed partial class PartitionLanes : IDisposable
{
    private const int LaneCount = 2;
    private const int MaxBatch = 256;
    private const int Attempts = 5;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    private readonly Lazy<IPartitionHandler> _handler;
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly ILogger<PartitionLanes> _logger;
    private readonly Channel<PartitionDelivery>[] _lanes;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _batchDuration;

    public PartitionLanes(
        IServiceProvider services, NpgsqlDataSource database, TimeProvider time, IMeterFactory meters, ILogger<PartitionLanes> logger)
    {
        // Only with the first batch: the handler publishes through the bus, and the bus is being built when it asks for the lanes.
        _handler = new Lazy<IPartitionHandler>(services.GetRequiredService<IPartitionHandler>);
        (_database, _time, _logger) = (database, time, logger);
        var meter = meters.Create("Assistify.Messaging");
        _batchSize = meter.CreateHistogram<int>("assistify.partition.batch_size");
        _batchDuration = meter.CreateHistogram<double>("assistify.partition.batch_duration", "s");
        _lanes = [.. Enumerable.Range(0, LaneCount).Select(_ => Channel.CreateUnbounded<PartitionDelivery>(new UnboundedChannelOptions { SingleReader = true }))];
        foreach (var lane in _lanes)
            _ = Task.Run(() => Work(lane.Reader));
    }

    /// <summary>Takes what the delivery brought into its lane; it is settled when its batch is done.</summary>
    public void Add(PartitionDelivery delivery) => _lanes[delivery.Partition % LaneCount].Writer.TryWrite(delivery);

    public void Dispose()
    {
        _stopping.Cancel();
        foreach (var lane in _lanes)
            lane.Writer.TryComplete();
    }

    private async Task Work(ChannelReader<PartitionDelivery> lane)
    {
        var batch = new List<PartitionDelivery>();
        var pace = new Pace(Pace.Usual);
        while (await lane.WaitToReadAsync())
        {
            await pace.Wait();
            batch.Clear();
            var count = 0;
            while (count < MaxBatch && lane.TryRead(out var delivery))
            {
                if (!delivery.IsCurrent)
                    continue;
                batch.Add(delivery);
                count += delivery.Items.Count;
            }

            if (batch.Count == 0)
                continue;
            var started = _time.GetTimestamp();
            await HandleBatch(batch);
            _batchSize.Record(count);
            _batchDuration.Record(_time.GetElapsedTime(started).TotalSeconds);
        }
    }

    private async Task HandleBatch(List<PartitionDelivery> batch)
    {
        var failure = await TryHandle([.. batch.SelectMany(static delivery => delivery.Items)], attempts: 1);
        if (failure is null)
        {
            foreach (var delivery in batch)
                delivery.Settle(null);
            return;
        }

        LogOneByOne(failure, batch.Count);
        foreach (var delivery in batch)
        {
            // One that fails does not keep the others of its delivery from being handled.
            Exception? own = null;
            foreach (var item in delivery.Items)
                own = await TryHandle([item], Attempts) ?? own;
            delivery.Settle(own);
        }
    }

    /// <returns>What failed after the bounded attempts, or null.</returns>
    private async Task<Exception?> TryHandle(IReadOnlyList<PartitionMessage> items, int attempts)
    {
        var pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                await _handler.Value.Handle(items, _stopping.Token);
                return null;
            }
            catch (Exception exception)
            {
                if (_stopping.IsCancellationRequested)
                    return exception;
                if (Failures.IsUnavailable(exception) || (Failures.IsDoubtful(exception) && !await Answers()))
                    LogPaused(exception.GetBaseException().GetType().Name);
                else if (--attempts <= 0)
                    return exception;
            }

            await Task.Delay(pause, _time);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <summary>Whether the database answers on a fresh connection: then a timeout was the message's own.</summary>
    private async Task<bool> Answers()
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false, Timeout = 2, CommandTimeout = 2 }.ConnectionString);
            await connection.OpenAsync(_stopping.Token);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A server cannot be reached ({Reason}); the batch waits and is tried again")]
    private partial void LogPaused(string reason);

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} failed and is handled message by message")]
    private partial void LogOneByOne(Exception exception, int count);
}
