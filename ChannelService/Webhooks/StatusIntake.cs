using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Takes what a provider says became of a message. The ledger comes first and the log row after it: a crash in between
/// leaves nothing that makes the provider's repeat a duplicate.
/// </summary>
internal sealed class StatusIntake(WebhookStore store, Ledger ledger, DeliveryNews news, TimeProvider time)
{
    public async Task<WebhookOutcome> Accept(
        ChannelConnection connection, StatusItem item, byte[] raw, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var row = new WebhookRow(
            Guid.CreateVersion7(time.GetUtcNow()), connection, connection.Channel, WebhookOutcome.Accepted, receivedAt, item.RawStatus,
            item.ExternalId, Address: item.Address, Raw: raw,
            AcceptId: Identifiers.Derive($"status/{connection.Id}/{item.ExternalId}/{item.RawStatus}"));

        if (item.Status is not { } status)
        {
            await store.Add(row with { Outcome = WebhookOutcome.Ignored, AcceptId = null }, cancellationToken);
            return WebhookOutcome.Ignored;
        }

        var changes = await ledger.Report(
            new ProviderReport(
                connection.Id, item.DeliveryId, item.Part, item.ExternalId, LedgerStatuses.Of(status), item.ErrorCode, item.Error, receivedAt),
            cancellationToken);
        var fresh = await store.Add(row, cancellationToken);
        news.Publish(changes);
        return fresh ? WebhookOutcome.Accepted : WebhookOutcome.Duplicate;
    }
}
