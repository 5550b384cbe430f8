using System.Diagnostics;
using Assistify.ChannelService.Media;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Makes what a person did durable: published with the broker's confirmation, or stored in order behind what already
/// waits of the same person. Only then is it logged as accepted, so a repeat of anything unfinished is accepted anew.
/// </summary>
internal sealed partial class PersonIntake(
    WebhookStore store, MediaJobs media, IBroker broker, BrokerState state, Signals signals, TimeProvider time, ILogger<PersonIntake> logger)
{
    /// <returns><see cref="WebhookOutcome.Accepted"/> or <see cref="WebhookOutcome.Duplicate"/>; throws when nothing can be made durable.</returns>
    public async Task<WebhookOutcome> Accept(
        ChannelConnection connection, PersonItem item, byte[]? raw, string? observed, DateTimeOffset receivedAt, bool logDuplicate,
        CancellationToken cancellationToken)
    {
        // Before it is told, so that a repeat after a crash finds it undone.
        if (item is ChangeItem { Change: MessageChange.Deleted } deletion)
        {
            var target = await store.FindNamed(connection.Id, deletion.Target, cancellationToken) ?? Identifiers.InboundMessage(connection.Id, deletion.Target);
            await store.Erase(connection.Id, target, cancellationToken);
            await media.Forget(target, cancellationToken);
        }

        var id = item.IdOn(connection);
        var message = item.ToMessage(connection, receivedAt, verified: observed is null);
        var row = new WebhookRow(
            Guid.CreateVersion7(time.GetUtcNow()), connection, connection.Channel, WebhookOutcome.Accepted, receivedAt, observed,
            (item as InboundItem)?.MessageExternalId ?? item.ExternalId, id, id, item.Person.Value, raw);

        var known = await store.LookUp(id, connection.Id, item.Person.Value, cancellationToken);
        if (known.Seen)
        {
            if (logDuplicate)
                await store.Add(row with { Outcome = WebhookOutcome.Duplicate, AcceptId = null, Raw = null }, cancellationToken);
            return WebhookOutcome.Duplicate;
        }

        // Before the message: a job for a message that did not come after all ends by itself. Unverified messages bring no media.
        if (observed is null) await media.Add(connection, item, cancellationToken);
        if (!known.Waiting && state.SeemsAvailable)
        {
            try
            {
                await broker.Publish(message, default, cancellationToken);
                return await Add(row, cancellationToken);
            }
            catch (BrokerUnavailableException exception)
            {
                state.IsAway();
                LogBrokerAway((exception.InnerException ?? exception).GetType().Name);
            }
        }

        var outcome = await Add(
            row with { Stored = StoredMessage.Of(message), Trace = Activity.Current?.Id }, cancellationToken);
        signals.Stored.Set();
        return outcome;
    }

    /// <summary>Whether something was accepted before, by its <see cref="WebhookItem.ExternalId"/>.</summary>
    public async Task<bool> Knows(ChannelConnection connection, string externalId, CancellationToken cancellationToken) =>
        (await store.LookUp(Identifiers.InboundMessage(connection.Id, externalId), connection.Id, "", cancellationToken)).Seen;

    private async Task<WebhookOutcome> Add(WebhookRow row, CancellationToken cancellationToken) =>
        await store.Add(row, cancellationToken) ? WebhookOutcome.Accepted : WebhookOutcome.Duplicate;

    [LoggerMessage(LogLevel.Warning, "The broker did not confirm ({Reason}); webhooks are stored until it is back")]
    private partial void LogBrokerAway(string reason);
}
