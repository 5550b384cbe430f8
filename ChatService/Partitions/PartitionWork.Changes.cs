using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private void Handle(MessageChanged changed)
    {
        if (TargetOf(changed) is not { } message)
        {
            // A reaction to what is not here shows nowhere; an edit or a deletion waits for its message.
            if (changed.Change != MessageChange.Reacted) Remember(changed);
            return;
        }

        if (Find(message.ConversationId, changed.WorkspaceId) is not { } conversation) return;
        if (!Apply(message, changed))
        {
            Announce(conversation);
            return;
        }

        conversation.Touch();
        if (changed.Change == MessageChange.Deleted) conversation.Forget(message.Id);
        if (conversation.LastMessageId == message.Id) conversation.LastMessageText = MessageView.Preview(message.Text);
        message.Revision = conversation.Revision;
        if (!ChangedMessages.Contains(message)) ChangedMessages.Add(message);
        Changed(conversation);
    }

    private StoredMessage? TargetOf(MessageChanged changed) =>
        state.Messages.TryGetValue(Identifiers.InboundMessage(changed.ConnectionId, changed.TargetExternalId), out var own)
            ? own
            : state.RepliedTo.TryGetValue((changed.WorkspaceId, changed.ConnectionId, changed.TargetExternalId), out var id)
                ? state.Messages.GetValueOrDefault(id)
                : null;

    /// <returns>False where the message knows it already, or knows something later.</returns>
    private static bool Apply(StoredMessage message, MessageChanged changed)
    {
        var at = changed.ReceivedAt.ToUniversalTime();
        return changed.Change switch
        {
            MessageChange.Deleted => message.Delete(at),
            MessageChange.Edited => message.Edit(StorableText.From(changed.Text ?? ""), at),
            _ => message.React(new Reaction(changed.From.Person ?? changed.From.Value, Storable(changed.Emoji), at)),
        };
    }

    private void Remember(MessageChanged changed)
    {
        var early = new EarlyChange(
            Identifiers.InboundMessage(changed.ConnectionId, changed.TargetExternalId), changed.Change, changed.WorkspaceId, changed.ConnectionId,
            changed.From.Value, changed.Change == MessageChange.Edited ? StorableText.From(changed.Text ?? "") : null, changed.ReceivedAt.ToUniversalTime());
        state.Add(early);
        NewEarlyChanges.Add(early);
    }

    /// <summary>What was changed before it came.</summary>
    private void ApplyEarly(StoredMessage message)
    {
        var changed = false;
        foreach (var early in state.Early.GetValueOrDefault(message.Id) ?? [])
            changed |= early.Change == MessageChange.Deleted ? message.Delete(early.At) : message.Edit(early.Text ?? "", early.At);
        if (changed) ChangedMessages.Add(message);
    }

    private void Handle(CustomerAddressChanged moved)
    {
        if (state.Messages.TryGetValue(moved.ChangeId, out var known))
        {
            if (Find(known.ConversationId, moved.WorkspaceId) is { } told) Announce(told);
            return;
        }

        if (!state.Customers.TryGetValue(KeyOf(moved.WorkspaceId, moved.From), out var customer)) return;

        var key = new IdentifierKey(moved.WorkspaceId, moved.From.Kind, moved.NewValue);
        var text = $"The customer's address on this channel changed to {moved.NewValue}.";
        if (!state.Customers.TryGetValue(key, out var other))
        {
            state.Customers[key] = customer;
            NewIdentifiers.Add(new NewIdentifier(moved.WorkspaceId, key.Kind, key.Value, customer.Id));
        }
        else if (other.Id != customer.Id)
        {
            // Whether they are one person is for people to say.
            text += " Another customer is known by it already; merge them if they are the same person.";
        }

        if (!state.Latest.TryGetValue(new AddressKey(moved.WorkspaceId, moved.ConnectionId, moved.From.Value), out var conversation)) return;
        conversation.AddPrivateNote(now);
        Store(conversation, new StoredMessage
        {
            Id = moved.ChangeId,
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.System,
            Text = StorableText.From(text),
            Private = true,
            CreatedAt = now,
        });
        Changed(conversation);
    }

    internal static IdentifierKey KeyOf(Guid workspaceId, CustomerAddress from) => new(workspaceId, from.Kind, from.Person ?? from.Value);
}
