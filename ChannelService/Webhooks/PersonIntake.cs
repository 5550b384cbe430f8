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
    // A message to the broker of some ten thousand bytes.
    private const int MostTogether = 100;

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

        var (id, message, row) = Prepare(connection, item, raw, observed, receivedAt);
        var known = await store.LookUp(id, connection.Id, item.Person.Value, cancellationToken);
        if (!known.Seen && item is InboundItem { ListedAs: { } listed }
            && (await store.LookUp(Identifiers.InboundMessage(connection.Id, listed), connection.Id, "", cancellationToken)).Seen)
        {
            // Late: it was asked for meanwhile.
            known = known with { Seen = true };
        }
        if (known.Seen) return logDuplicate ? await Repeated(row, cancellationToken) : WebhookOutcome.Duplicate;

        // Before the message: a job for a message that did not come after all ends by itself. Unverified messages bring no media.
        if (observed is null) await media.Add(connection, item, cancellationToken);
        if (!known.Waiting && await Publish(message, cancellationToken)) return await Add(row, cancellationToken);
        return await Store(row, message, cancellationToken);
    }

    /// <summary>The same for the messages of several persons, one of each: they go to the broker together.</summary>
    /// <returns>In the order of the items.</returns>
    public async Task<IReadOnlyList<WebhookOutcome>> AcceptAll(
        ChannelConnection connection, IReadOnlyList<(InboundItem Item, byte[]? Raw)> items, string? observed, DateTimeOffset receivedAt,
        CancellationToken cancellationToken)
    {
        var prepared = items.Select(entry => Prepare(connection, entry.Item, entry.Raw, observed, receivedAt)).ToList();
        var known = await Task.WhenAll(items.Select((entry, i) => store.LookUp(prepared[i].Id, connection.Id, entry.Item.Person.Value, cancellationToken)));
        for (var i = 0; i < items.Count && observed is null; i++)
            if (!known[i].Seen) await media.Add(connection, items[i].Item, cancellationToken);

        var published = await PublishAll(
            [.. prepared.Where((_, i) => known[i] is { Seen: false, Waiting: false }).Select(entry => (CustomerMessageReceived)entry.Message)], cancellationToken);
        return await Task.WhenAll(prepared.Select((entry, i) =>
            known[i].Seen ? Repeated(entry.Row, cancellationToken)
            : published.Contains(entry.Id) ? Add(entry.Row, cancellationToken)
            : Store(entry.Row, entry.Message, cancellationToken)));
    }

    private (Guid Id, IPartitioned Message, WebhookRow Row) Prepare(
        ChannelConnection connection, PersonItem item, byte[]? raw, string? observed, DateTimeOffset receivedAt)
    {
        var id = item.IdOn(connection);
        return (id, item.ToMessage(connection, receivedAt, verified: observed is null), new WebhookRow(
            Guid.CreateVersion7(time.GetUtcNow()), connection, connection.Channel, WebhookOutcome.Accepted, receivedAt, observed,
            (item as InboundItem)?.MessageExternalId ?? item.ExternalId, id, id, item.Person.Value, raw));
    }

    /// <returns>The ids of those that the broker has safely.</returns>
    private async Task<HashSet<Guid>> PublishAll(IReadOnlyList<CustomerMessageReceived> messages, CancellationToken cancellationToken)
    {
        var parts = messages.GroupBy(message => message.Partition).SelectMany(partition => partition.Chunk(MostTogether));
        var confirmed = await Task.WhenAll(parts.Select(async part =>
        {
            object together = part is [var only] ? only : new CustomerMessagesReceived(part[0].WorkspaceId, part[0].Partition, part);
            return await Publish(together, cancellationToken) ? part : [];
        }));
        return [.. confirmed.SelectMany(part => part).Select(message => message.MessageId)];
    }

    /// <returns>False while the broker is away.</returns>
    private async Task<bool> Publish(object message, CancellationToken cancellationToken)
    {
        if (!state.SeemsAvailable) return false;
        try
        {
            await broker.Publish(message, default, cancellationToken);
            return true;
        }
        catch (BrokerUnavailableException exception)
        {
            state.IsAway();
            LogBrokerAway((exception.InnerException ?? exception).GetType().Name);
            return false;
        }
    }

    private async Task<WebhookOutcome> Store(WebhookRow row, IPartitioned message, CancellationToken cancellationToken)
    {
        var outcome = await Add(row with { Stored = StoredMessage.Of(message), Trace = Activity.Current?.Id }, cancellationToken);
        signals.Stored.Set();
        return outcome;
    }

    private async Task<WebhookOutcome> Repeated(WebhookRow row, CancellationToken cancellationToken)
    {
        await store.Add(row with { Outcome = WebhookOutcome.Duplicate, AcceptId = null, Raw = null }, cancellationToken);
        return WebhookOutcome.Duplicate;
    }

    /// <summary>Whether something was accepted before, by its <see cref="WebhookItem.ExternalId"/> or the message's own.</summary>
    public async Task<bool> Knows(ChannelConnection connection, string externalId, CancellationToken cancellationToken) =>
        (await store.LookUp(Identifiers.InboundMessage(connection.Id, externalId), connection.Id, "", cancellationToken)).Seen
        || await store.FindNamed(connection.Id, externalId, cancellationToken) is not null;

    private async Task<WebhookOutcome> Add(WebhookRow row, CancellationToken cancellationToken) =>
        await store.Add(row, cancellationToken) ? WebhookOutcome.Accepted : WebhookOutcome.Duplicate;

    [LoggerMessage(LogLevel.Warning, "The broker did not confirm ({Reason}); webhooks are stored until it is back")]
    private partial void LogBrokerAway(string reason);
}
