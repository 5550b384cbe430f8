using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Deliveries;

/// <summary>
/// Tells ChatService how deliveries stand, after it is committed. The row remembers that it is untold until the broker
/// confirmed, and a sweep tells what a crash or an absent broker left.
/// </summary>
internal sealed partial class DeliveryNews(
    Ledger ledger, ChannelAdapters adapters, IBroker broker, BrokerState state, ChannelTelemetry telemetry, TimeProvider time, ILogger<DeliveryNews> logger) : BackgroundService
{
    private const int MaxInFlight = 256;
    private const int SweepSize = 500;
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_sweepAge = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim _inFlight = new(MaxInFlight, MaxInFlight);

    /// <summary>Does not wait: what cannot be told now is told by the sweep.</summary>
    public void Publish(IReadOnlyList<LedgerRow> changes)
    {
        if (changes.Count == 0 || !state.SeemsAvailable) return;
        foreach (var delivery in changes.GroupBy(row => row.DeliveryId))
        {
            if (!_inFlight.Wait(0)) return;
            _ = Task.Run(() => Tell([.. delivery], CancellationToken.None));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                telemetry.Backlog(await ledger.Backlog(stoppingToken));
                await Sweep(s_sweepAge, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception.GetType().Name);
            }
            await Task.Delay(s_sweepEvery, time, stoppingToken);
        }
    }

    internal async Task Sweep(TimeSpan age, CancellationToken cancellationToken)
    {
        var untold = await ledger.Unpublished(age, SweepSize, cancellationToken);
        await Task.WhenAll(untold.GroupBy(row => row.DeliveryId).Select(async delivery =>
        {
            await _inFlight.WaitAsync(cancellationToken);
            await Tell([.. delivery], cancellationToken);
        }));
    }

    private async Task Tell(IReadOnlyList<LedgerRow> changes, CancellationToken cancellationToken)
    {
        try
        {
            var parts = changes[0].Parts == 1 ? changes : await ledger.Load([changes[0].DeliveryId], cancellationToken);
            var whole = LedgerStatuses.Whole([.. parts.Select(part => part.Status)]);
            var again = whole.Published() == DeliveryStatus.Queued && parts.Any(part => part.Retries > 0);
            if (whole.Published() != DeliveryStatus.Queued || again)
            {
                var telling = parts.FirstOrDefault(part => part.Status == whole) ?? parts[0];
                await broker.Publish(
                    new DeliveryUpdated(
                        telling.DeliveryId, telling.ConversationId, telling.WorkspaceId, telling.Partition, whole.Published(),
                        parts[0].ExternalId, telling.ErrorCode, telling.Error, parts.Max(part => part.UpdatedAt), again,
                        OptedOut: whole == LedgerStatus.Failed && parts.Any(SaysOptedOut)),
                    ChannelTelemetry.Parse(telling.Trace), cancellationToken);
            }

            // As read: a row that moved on in the meantime stays untold.
            foreach (var part in parts) _ = Remember(part);
        }
        catch (BrokerUnavailableException)
        {
            state.IsAway();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception.GetType().Name);
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private bool SaysOptedOut(LedgerRow part) =>
        part is { Status: LedgerStatus.Failed, ErrorCode: { } code } && adapters.Find(part.ConnectionId)?.ClassOf(code) == FailureClass.RecipientOptedOut;

    private async Task Remember(LedgerRow told)
    {
        try
        {
            await ledger.MarkPublished(told, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogFailed(exception.GetType().Name);
        }
    }

    public override void Dispose()
    {
        _inFlight.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "Delivery updates wait ({Reason}); they are published later")]
    private partial void LogFailed(string reason);
}
