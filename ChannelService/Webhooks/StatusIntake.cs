using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Takes what a provider says became of messages that we sent. The ledger comes first and the log row after it: a crash in
/// between leaves nothing that makes the provider's repeat a duplicate.
/// </summary>
internal sealed class StatusIntake(WebhookStore store, Ledger ledger, DeliveryNews news, TimeProvider time)
{
    public async Task<WebhookOutcome> Accept(
        ChannelConnection connection, StatusItem item, byte[]? raw, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var row = Row(connection, item, item.RawStatus, item.MessageExternalId, item.Address, raw, receivedAt);
        if (item.Status is not { } status)
        {
            await store.Add(row with { Outcome = WebhookOutcome.Ignored, AcceptId = null }, cancellationToken);
            return WebhookOutcome.Ignored;
        }

        var changes = await ledger.Report(
            new ProviderReport(
                connection.Id, item.DeliveryId, item.Part, item.MessageExternalId, LedgerStatuses.Of(status), item.ErrorCode, item.Error, receivedAt),
            cancellationToken);
        return await Log(row, changes, cancellationToken);
    }

    public async Task<WebhookOutcome> Accept(
        ChannelConnection connection, ReceiptItem item, byte[]? raw, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var row = Row(connection, item, item.Status.ToString().ToLowerInvariant(), null, item.Address, raw, receivedAt);
        var changes = await ledger.ReportUpTo(
            connection.Id, item.Address, LedgerStatuses.Of(item.Status), item.Watermark, item.MessageExternalIds, cancellationToken);
        return await Log(row, changes, cancellationToken);
    }

    /// <summary>Our own message as the provider shows it to us: the attempt that made it was accepted.</summary>
    /// <returns>Null where it is not ours.</returns>
    public async Task<WebhookOutcome?> Accept(
        ChannelConnection connection, EchoItem item, byte[]? raw, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var deliveryId = item.DeliveryId;
        var part = item.Part;
        if (deliveryId is null
            && await ledger.FindEchoed(connection.Id, item.MessageExternalId, item.To.Value, item.Content.Text, cancellationToken) is { } echoed)
        {
            (deliveryId, part) = echoed;
        }
        if (deliveryId is null && !item.Own) return null;

        var changes = deliveryId is null
            ? []
            : await ledger.Report(
                new ProviderReport(connection.Id, deliveryId, part, item.MessageExternalId, LedgerStatus.Sent, null, null, receivedAt), cancellationToken);
        return await Log(
            Row(connection, item, "echo", item.MessageExternalId, item.To.Value, raw, receivedAt), changes, cancellationToken);
    }

    private WebhookRow Row(
        ChannelConnection connection, WebhookItem item, string reason, string? externalId, string? address, byte[]? raw, DateTimeOffset receivedAt) =>
        new(
            Guid.CreateVersion7(time.GetUtcNow()), connection, connection.Channel, WebhookOutcome.Accepted, receivedAt, reason,
            externalId ?? item.ExternalId, Address: address, Raw: raw, AcceptId: Identifiers.Derive($"status/{connection.Id}/{item.ExternalId}"));

    private async Task<WebhookOutcome> Log(WebhookRow row, IReadOnlyList<LedgerRow> changes, CancellationToken cancellationToken)
    {
        var fresh = await store.Add(row, cancellationToken);
        news.Publish(changes);
        return fresh ? WebhookOutcome.Accepted : WebhookOutcome.Duplicate;
    }
}
