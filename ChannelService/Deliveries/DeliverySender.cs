using System.Collections.Concurrent;
using System.Diagnostics;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Deliveries;

/// <summary>
/// Sends what was claimed, many addresses at once and each address's messages one after the other. A claimed row is
/// <c>sending</c> in the database before its call begins; how the call ended is committed before anybody is told.
/// </summary>
internal sealed partial class DeliverySender : BackgroundService
{
    private const int MaxInFlight = 128;
    private const int ClaimSize = 64;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    // A call that begins later could outlive the lease, and another replica would ask and repeat while it is under way.
    private static readonly TimeSpan s_latestStart = Ledger.Lease - Ledger.CallTimeout - TimeSpan.FromSeconds(1);

    private readonly Ledger _ledger;
    private readonly DeliveryNews _news;
    private readonly Signals _signals;
    private readonly ChannelTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliverySender> _logger;
    private readonly ChannelAdapters _adapters;
    private readonly Cache? _cache;

    // A removed connection's lane stays for what is under way on it.
    private readonly ConcurrentDictionary<Guid, SendLane> _lanes = [];
    private volatile bool _stopping;

    public DeliverySender(
        Ledger ledger, ChannelAdapters adapters, DeliveryNews news, Signals signals, ChannelTelemetry telemetry, TimeProvider time,
        ILogger<DeliverySender> logger, Cache? cache = null)
    {
        (_ledger, _adapters, _news, _signals, _telemetry, _time, _logger, _cache) = (ledger, adapters, news, signals, telemetry, time, logger, cache);
    }

    /// <summary>Of these addresses those that may be sent to at once; the others' rows are found when there is room.</summary>
    public async Task<IReadOnlyList<(Guid ConnectionId, string Address)>> Reserve(
        IReadOnlyList<(Guid ConnectionId, string Address)> addresses, CancellationToken cancellationToken)
    {
        if (_stopping) return [];
        var reserved = new List<(Guid, string)>(addresses.Count);
        foreach (var connection in addresses.GroupBy(address => address.ConnectionId))
        {
            if (_adapters.Find(connection.Key) is not { } adapter) continue;
            var lane = LaneOf(adapter);
            reserved.AddRange(connection.Take(await lane.Reserve(connection.Count(), cancellationToken)));
        }
        return reserved;
    }

    /// <summary>Nothing of it was claimed.</summary>
    public void Release(IReadOnlyList<(Guid ConnectionId, string Address)> reserved)
    {
        foreach (var connection in reserved.GroupBy(address => address.ConnectionId)) _lanes[connection.Key].Return(connection.Count());
    }

    /// <summary>Sends claimed rows with the room that was reserved for them.</summary>
    public void Start(IReadOnlyList<LedgerRow> claimed, IReadOnlyList<(Guid ConnectionId, string Address)> reserved)
    {
        var began = _time.GetTimestamp();
        foreach (var row in claimed) Start(_lanes[row.ConnectionId], row, began);
        foreach (var connection in reserved.GroupBy(address => address.ConnectionId))
        {
            var unused = connection.Count() - claimed.Count(row => row.ConnectionId == connection.Key);
            if (unused > 0) _lanes[connection.Key].Return(unused);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ClaimDue(stoppingToken);
                await _signals.Queued.Wait(_lanes.Values.Any(lane => lane.IsLimited && lane.IsStarved) ? s_poll / 10 : s_poll, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception.GetType().Name);
                await Task.Delay(s_poll, _time, stoppingToken);
            }
        }
    }

    /// <summary>Ends when what is under way is answered: it has half of the time that the host gives.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        await base.StopAsync(cancellationToken);
        while (_lanes.Values.Any(lane => lane.InFlight > 0) && !cancellationToken.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
    }

    internal async Task ClaimDue(CancellationToken cancellationToken)
    {
        foreach (var adapter in _adapters.All) await ClaimDue(LaneOf(adapter), cancellationToken);
    }

    private SendLane LaneOf(IChannelAdapter adapter)
    {
        var lane = _lanes.GetOrAdd(adapter.Connection.Id, static (_, made) => new SendLane(made.adapter, MaxInFlight, made._time, made._cache), (adapter, _time, _cache));
        lane.Use(adapter);
        return lane;
    }

    private async Task ClaimDue(SendLane lane, CancellationToken cancellationToken)
    {
        while (!_stopping && await lane.Reserve(ClaimSize, cancellationToken) is var room and > 0)
        {
            var began = _time.GetTimestamp();
            LedgerResult due;
            try
            {
                due = await _ledger.ClaimDue(lane.Adapter.Connection.Id, room, cancellationToken);
            }
            catch
            {
                lane.Return(room);
                throw;
            }

            foreach (var row in due.Claimed) Start(lane, row, began);
            _news.Publish(due.Changes);
            lane.Return(room - due.Claimed.Count);
            if (due.Claimed.Count + due.Changes.Count < room) return;
        }
    }

    private void Start(SendLane lane, LedgerRow row, long began)
    {
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(() => Work(lane, row, began));
    }

    private async Task Work(SendLane lane, LedgerRow row, long began)
    {
        try
        {
            LedgerRow? current = row;
            while (current is not null)
            {
                var completion = await Attempt(lane, current, began);
                began = _time.GetTimestamp();
                current = await Record(completion);
                if (completion.SoonerFrom is not null) lane.MayHasten = true;
                if (completion.Status == LedgerStatus.Sent && lane.TakeHasten()) await Hasten(lane);
            }
        }
        finally
        {
            lane.Release(1);
            if (lane.IsStarved) _signals.Queued.Set();
        }
    }

    private async Task<Completion> Attempt(SendLane lane, LedgerRow row, long began)
    {
        using var activity = ChannelTelemetry.Source.StartActivity("send", ActivityKind.Internal, ChannelTelemetry.Parse(row.Trace));
        var start = _time.GetTimestamp();
        var result = row.WindowExpiresAt <= _time.GetUtcNow()
            ? new SendResult.Refused("window_closed", "The customer's last message is too long ago: this channel takes no free message any more, only templates.")
            : _time.GetElapsedTime(began) < s_latestStart
                ? await Call(lane.Adapter, row)
                : new SendResult.NotSent("late", "The claim on this message was about to end.", TimeSpan.Zero, TimeSpan.MaxValue);
        _telemetry.Sent(lane.Adapter.Connection.Channel, result.GetType().Name.ToLowerInvariant(), _time.GetElapsedTime(start));
        activity?.SetTag("assistify.delivery_id", row.DeliveryId);
        activity?.SetTag("assistify.result", result.GetType().Name);

        var now = _time.GetUtcNow();
        var goOn = !_stopping && !lane.IsLimited && !lane.IsPaused;
        switch (result)
        {
            case SendResult.Accepted accepted:
                lane.Succeeded();
                return new Completion(row, LedgerStatus.Sent, Publish: true, accepted.ExternalId, ClaimNext: goOn);

            case SendResult.Refused refused:
                lane.Succeeded();
                LogRefused(row.DeliveryId, refused.Code);
                return new Completion(row, LedgerStatus.Failed, Publish: true, ErrorCode: refused.Code, Error: refused.Error, ClaimNext: goOn);

            case SendResult.NotSent notSent when now - row.CreatedAt < notSent.GiveUpAfter:
                var ofPair = lane.Adapter.ClassOf(notSent.Code) == FailureClass.RateLimitedPair;
                var wait = Backoff.For(row.Attempt, notSent.RetryAfter ?? (ofPair ? Backoff.Pair(row.Attempt) : null));
                if (!ofPair && !notSent.OnlyThis) lane.Refused(wait);
                LogNotSent(row.DeliveryId, notSent.Code, wait);
                return new Completion(
                    row, LedgerStatus.Queued, Publish: false, ErrorCode: notSent.Code, Error: notSent.Error, NextAttemptAt: now + wait,
                    SoonerFrom: now + notSent.SoonerAfter);

            case SendResult.NotSent notSent:
                LogRefused(row.DeliveryId, notSent.Code);
                return new Completion(row, LedgerStatus.Failed, Publish: true, ErrorCode: notSent.Code, Error: notSent.Error, ClaimNext: goOn);

            default:
                var code = ((SendResult.Unknown)result).Code;
                LogUnknown(row.DeliveryId, code);
                return new Completion(row, LedgerStatus.Unknown, Publish: false, ErrorCode: code, LeaseUntil: now + TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<SendResult> Call(IChannelAdapter adapter, LedgerRow row)
    {
        using var timeout = new CancellationTokenSource(Ledger.CallTimeout);
        try
        {
            return await adapter.Send(row.ToMessage(), timeout.Token);
        }
        catch (Exception exception)
        {
            // Whatever went wrong here, the call may have been made.
            return new SendResult.Unknown(exception is OperationCanceledException ? "timeout" : exception.GetType().Name);
        }
    }

    private async Task Hasten(SendLane lane)
    {
        try
        {
            // What begins to wait meanwhile is not overlooked.
            lane.MayHasten = false;
            if (!await _ledger.Hasten(lane.Adapter.Connection.Id, CancellationToken.None)) return;
            lane.MayHasten = true;
            _signals.Queued.Set();
        }
        catch (Exception exception)
        {
            lane.MayHasten = true;
            LogFailed(exception.GetType().Name);
        }
    }

    /// <summary>While the database is away the outcome is kept here; if it stays away, the lease ends and the provider is asked.</summary>
    private async Task<LedgerRow?> Record(Completion completion)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await _ledger.Complete(completion, CancellationToken.None);
                _news.Publish(result.Changes);
                if (completion.Status == LedgerStatus.Unknown) _signals.Unsettled.Set();
                return result.Claimed.Count > 0 ? result.Claimed[0] : null;
            }
            catch (Exception exception)
            {
                LogFailed(exception.GetType().Name);
                if (attempt == 120 || _stopping) return null;
                await Task.Delay(TimeSpan.FromMilliseconds(500), _time);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Delivery {DeliveryId} was refused for good ({Code})")]
    private partial void LogRefused(Guid deliveryId, string code);

    [LoggerMessage(LogLevel.Information, "Delivery {DeliveryId} was not sent ({Code}); next attempt in {Wait}")]
    private partial void LogNotSent(Guid deliveryId, string code, TimeSpan wait);

    [LoggerMessage(LogLevel.Warning, "Nobody knows whether delivery {DeliveryId} was sent ({Code}); the provider is asked")]
    private partial void LogUnknown(Guid deliveryId, string code);

    [LoggerMessage(LogLevel.Warning, "The ledger cannot be used now ({Reason})")]
    private partial void LogFailed(string reason);
}
