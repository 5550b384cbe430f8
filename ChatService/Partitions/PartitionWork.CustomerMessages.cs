using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Customers;
using Assistify.ChatService.Rules;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private void Handle(CustomerMessageReceived received, ActivityContext trace)
    {
        if (state.Messages.TryGetValue(received.MessageId, out var known))
        {
            RepeatCustomerMessage(known, received, trace);
            return;
        }

        var conversation = ConversationFor(
            received.WorkspaceId, received.ConnectionId, received.Channel, received.Partition, received.From, received.ConversationId);

        // Taken back before it came, it wants no answer either; nor does anybody whom operators blocked get one.
        var word = WordOf(received) is { } said && (said.Wants == OptWish.Out || conversation.OptedOutAt is not null) ? said : null;
        var wanted = received.AnswerWanted && !state.CustomersOf[conversation.Id].Blocked && state.Early.GetValueOrDefault(received.MessageId)?.Exists(early => early.Change == MessageChange.Deleted) != true;
        var wasOut = conversation.OptedOutAt is not null;
        // With suppliers people talk.
        var forPeople = wasOut || state.CustomersOf[conversation.Id].Supplier;
        var effects = Effects.None;
        if (word?.Wants == OptWish.Out) effects = conversation.OptOut(now);
        else if (word?.Wants == OptWish.In) conversation.OptIn(now);
        else if (wanted && forPeople) effects = conversation.ReceiveForPeople(received.MessageId, received.ReceivedAt.ToUniversalTime(), now);
        else if (wanted) effects = conversation.ReceiveCustomerMessage(received.MessageId, received.ReceivedAt.ToUniversalTime(), received.BurstWait, now);
        else conversation.KeepCustomerMessage(now);
        if (Channels.Window(conversation.Channel) is { } window) conversation.WindowExpiresAt = received.ReceivedAt.ToUniversalTime() + window;
        if (trace != default)
            conversation.Trace = $"00-{trace.TraceId}-{trace.SpanId}-{(trace.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";
        var customer = Learn(conversation, received.From);
        var message = new StoredMessage
        {
            Id = received.MessageId,
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.Customer,
            AuthorId = customer.Id,
            AuthorName = customer.Name,
            Text = StorableText.From(MessageDetails.TextOf(received.Content)),
            CreatedAt = received.ReceivedAt.ToUniversalTime(),
            ExternalId = Storable(received.ExternalId),
            Attachments = StoredJson.List(received.Content.Attachments),
            Choice = StoredJson.Value(received.Content.Choice),
            Location = StoredJson.Value(received.Content.Location),
            ReplyTo = received.Content.ReplyToExternalId is { } external
                ? state.RepliedTo.GetValueOrNull((received.WorkspaceId, received.ConnectionId, external))
                : null,
            Details = StoredJson.Value(MessageDetails.Of(received.Content)),
        };
        ApplyEarly(message);
        Store(conversation, message);
        if (word is not null && wasOut == (word.Wants == OptWish.In)) Confirm(conversation, received.MessageId, word, trace);
        Changed(conversation, asked: (effects & Effects.Ask) != 0, handedOver: word is null && wanted && wasOut);
        Apply(effects, conversation, conversation.Version, trace);
        RecordReceived(conversation, received);
        if (word is null) PassOn(message, conversation, received, trace);
        ApplyRules(Rule.CustomerMessage, conversation, message.Id, message.Text, trace);
        if (word is null && wanted && wasOut) ApplyRules(Rule.HandedOver, conversation, message.Id, null, trace);
    }

    private void RepeatCustomerMessage(StoredMessage known, CustomerMessageReceived received, ActivityContext trace)
    {
        // The message's conversation may have been closed since and so not be among the loaded ones: then nothing is owed.
        if (Find(known.ConversationId, received.WorkspaceId) is not { } conversation) return;
        RepeatConfirmation(conversation, received.MessageId, trace);
        RepeatRuleReplies(conversation, received.MessageId, trace);
        if (WordOf(received) is null) PassOn(known, conversation, received, trace);
        if (!received.AnswerWanted)
        {
            Announce(conversation);
            RecordReceived(conversation, received);
            return;
        }

        if (conversation.IsAsked) Apply(Effects.Ask, conversation, conversation.Version, trace);
        else if (conversation.Turn == TurnHolder.Agent && known.Intent is null) Apply(Effects.Understand, conversation, conversation.Version, trace);
        Announce(conversation);
        RecordReceived(conversation, received);
    }

    private void RecordReceived(Conversation conversation, CustomerMessageReceived received) =>
        Record(nameof(CustomerMessageReceived), received.MessageId, conversation, received.MessageId,
            new EventDetails(Author.Customer), received.ReceivedAt.ToUniversalTime());

    /// <summary>The named one if it is open; else the person's open one on this connection; else the last one reopened, or a new one.</summary>
    private Conversation ConversationFor(
        Guid workspaceId, Guid connectionId, string channel, int partition, CustomerAddress person, Guid? named)
    {
        if (named is { } id && Find(id, workspaceId) is { IsClosed: false } open && open.ConnectionId == connectionId) return open;

        if (state.Latest.TryGetValue(new AddressKey(workspaceId, connectionId, person.Value), out var latest))
        {
            if (!latest.IsClosed) return latest;
            if (workspaces.ReopensClosed(workspaceId))
            {
                latest.Reopen(now);
                return latest;
            }
        }

        var conversation = new Conversation
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = workspaceId,
            CustomerId = default,
            ConnectionId = connectionId,
            Channel = channel,
            Address = person.Value,
            Partition = partition,
            CreatedAt = now,
            LastActivityAt = now,
            ChangedAt = now,
            // The wish to be left alone outlives the conversation that it was said in.
            OptedOutAt = latest?.OptedOutAt,
        };
        var customer = CustomerFor(workspaceId, person);
        conversation.CustomerId = customer.Id;
        Open(conversation, customer);
        return conversation;
    }

    private CustomerFacts CustomerFor(Guid workspaceId, CustomerAddress from)
    {
        var key = KeyOf(workspaceId, from);
        if (state.Customers.TryGetValue(key, out var known)) return known;

        var number = PhoneIdentity.KeyOf(workspaceId, from);
        if (number is { } proven && state.Customers.TryGetValue(proven, out var same))
        {
            state.Customers[key] = same;
            NewIdentifiers.Add(new NewIdentifier(workspaceId, key.Kind, key.Value, same.Id));
            return same;
        }

        var customer = new CustomerFacts(
            Guid.CreateVersion7(now), Storable(from.Name), Storable(from.Email), Storable(from.Phone), Storable(from.Locale));
        state.Customers[key] = customer;
        NewCustomers.Add(new NewCustomer(
            customer.Id, workspaceId, customer.Name, customer.Email, customer.Phone, customer.Locale));
        NewIdentifiers.Add(new NewIdentifier(workspaceId, key.Kind, key.Value, customer.Id));
        if (number is { } own) Identify(own, customer);
        return customer;
    }

    // Whose number it was first, his it is; two who were known before are one person only where people say so.
    private void Identify(IdentifierKey number, CustomerFacts customer)
    {
        if (state.Customers.TryAdd(number, customer)) NewIdentifiers.Add(new NewIdentifier(number.WorkspaceId, number.Kind, number.Value, customer.Id));
    }

    /// <summary>What the channel tells about the customer fills gaps and never overwrites what is known.</summary>
    private CustomerFacts Learn(Conversation conversation, CustomerAddress from)
    {
        var customer = state.CustomersOf[conversation.Id];
        var key = KeyOf(conversation.WorkspaceId, from);
        if (!state.Customers.TryGetValue(key, out var facts) || facts.Id != customer.Id) return customer;
        if (PhoneIdentity.KeyOf(conversation.WorkspaceId, from) is { } number) Identify(number, facts);

        var learnt = facts with
        {
            Name = facts.Name ?? Storable(from.Name),
            Email = facts.Email ?? Storable(from.Email),
            Phone = facts.Phone ?? Storable(from.Phone),
            Locale = facts.Locale ?? Storable(from.Locale),
        };
        if (learnt == facts) return facts;

        // By each of his addresses, so that none of them forgets it again.
        foreach (var other in state.Customers.Where(entry => entry.Value.Id == learnt.Id).Select(entry => entry.Key).ToList()) state.Customers[other] = learnt;
        state.CustomersOf[conversation.Id] = learnt;
        ChangedCustomers.Add(learnt);
        return learnt;
    }

    private static string? Storable(string? text) => text is null ? null : StorableText.From(text);
}

internal static class DictionaryExtensions
{
    public static TValue? GetValueOrNull<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key)
        where TKey : notnull where TValue : struct =>
        dictionary.TryGetValue(key, out var value) ? value : null;
}
