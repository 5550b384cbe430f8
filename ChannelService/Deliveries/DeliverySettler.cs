using System.Net;

namespace Assistify.ChannelService.Deliveries;

/// <summary>
/// Finds out what became of calls without an answer, and of rows whose sender died: asks the provider for a message to the same
/// address with the same content that is nobody else's. Found: sent. Absent 30 s after the attempt began: sent again. Until
/// then nothing goes to that address. Where the provider cannot be asked, a callback settles it or nothing does: then what follows
/// goes on after two minutes, or the message is sent once more where the connection allows doubles.
/// </summary>
internal sealed partial class DeliverySettler(
    Ledger ledger, ChannelAdapters adapters, DeliveryNews news, Signals signals, TimeProvider time, ILogger<DeliverySettler> logger) : BackgroundService
{
    private const int AtOnce = 16;

    // Of a message that is repeated although it may have arrived.
    private const int MostAttempts = 2;
    private static readonly TimeSpan s_absentAfter = TimeSpan.FromSeconds(30);

    // Callbacks and echoes that settle an attempt come within seconds, where they come.
    private static readonly TimeSpan s_untoldAfter = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_askAgain = TimeSpan.FromSeconds(3);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => signals.Unsettled.WorkOff(Settle, AtOnce, LogFailed, time, stoppingToken);

    /// <returns>How many rows were looked at.</returns>
    internal async Task<int> Settle(CancellationToken cancellationToken)
    {
        var most = 0;
        foreach (var adapter in adapters.All)
        {
            var open = await ledger.ClaimUnsettled(adapter.Connection.Id, AtOnce, cancellationToken);
            await Task.WhenAll(open.Select(row => Settle(adapter, row, cancellationToken)));
            most = Math.Max(most, open.Count);
        }
        return most;
    }

    private async Task Settle(IChannelAdapter adapter, LedgerRow row, CancellationToken cancellationToken)
    {
        var askedAt = time.GetUtcNow();
        var began = row.AttemptStartedAt ?? row.CreatedAt;
        var (answer, tells) = await Ask(adapter, row, began, cancellationToken);
        var completion = answer switch
        {
            null when !tells && askedAt - began >= s_untoldAfter && adapter.Connection.AllowsDoubles && row.Attempt < MostAttempts =>
                new Completion(row, LedgerStatus.Queued, Publish: false, NextAttemptAt: askedAt, Asked: true),
            null when !tells && askedAt - began >= s_untoldAfter => new Completion(
                row, LedgerStatus.Unsettled, Publish: true, ErrorCode: "unknown_outcome",
                Error: "The provider does not say what became of the message; it may have arrived."),
            null => new Completion(
                row, LedgerStatus.Unknown, Publish: true, ErrorCode: "unknown_outcome", Error: "The provider cannot be asked what became of the message.",
                LeaseUntil: time.GetUtcNow() + Backoff.For(row.Asks + 2), Asked: true),
            [var found, ..] => new Completion(row, LedgerStatus.Sent, Publish: true, found.ExternalId),
            [] when askedAt - began >= s_absentAfter => new Completion(row, LedgerStatus.Queued, Publish: false, NextAttemptAt: askedAt, Asked: true),
            [] => new Completion(
                row, LedgerStatus.Unknown, Publish: false, ErrorCode: row.ErrorCode, LeaseUntil: Earlier(began + s_absentAfter, time.GetUtcNow() + s_askAgain)),
        };
        LogSettled(row.DeliveryId, completion.Status);
        var result = await ledger.Complete(completion, cancellationToken);
        news.Publish(result.Changes);
        if (completion.Status != LedgerStatus.Unknown) signals.Queued.Set();
    }

    /// <returns>Null and true: the provider will tell, but not now.</returns>
    private async Task<(IReadOnlyList<ProviderMessage>? Found, bool Tells)> Ask(
        IChannelAdapter adapter, LedgerRow row, DateTimeOffset began, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Ledger.CallTimeout);
        try
        {
            var candidates = await adapter.Find(row.ToMessage(), began, timeout.Token);
            if (candidates is null or []) return (candidates, adapter.CanBeAsked);
            var taken = await ledger.KnownExternal(adapter.Connection.Id, [.. candidates.Select(candidate => candidate.ExternalId)], cancellationToken);
            return ([.. candidates.Where(candidate => !taken.Contains(candidate.ExternalId)).OrderBy(candidate => candidate.CreatedAt)], true);
        }
        catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.Forbidden)
        {
            // The app lacks a permission, or is not shown the conversation.
            return (null, false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, adapter.CanBeAsked);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    [LoggerMessage(LogLevel.Information, "Asked the provider about delivery {DeliveryId}: {Status}")]
    private partial void LogSettled(Guid deliveryId, LedgerStatus status);

    [LoggerMessage(LogLevel.Warning, "Open deliveries cannot be settled now ({Reason})")]
    private partial void LogFailed(string reason);
}
