using Assistify.Load.Reading;

namespace Assistify.Load.Chaos;

/// <summary>Checks what must hold whatever was killed. Pure, so that it can be tested itself.</summary>
internal static class Verifier
{
    private static readonly string[] s_accepted = ["sent", "delivered", "read"];

    public static List<Violation> Check(Evidence evidence) =>
    [
        .. Storage(evidence),
        .. Sequences(evidence),
        .. Order(evidence),
        .. Turns(evidence),
        .. Deliveries(evidence),
        .. evidence.ErrorQueues.Where(queue => queue.Value > 0)
            .Select(queue => new Violation("Nothing is in an error queue", $"{queue.Key} holds {queue.Value}")),
    ];

    /// <summary>Nothing is missing any more that time can bring: worth a full check.</summary>
    public static bool IsAtRest(IReadOnlyList<StoredMessage> conversation) =>
        conversation.Count > 0 && conversation[^1].IsAnswer
        && conversation.Where(message => message.IsAnswer).All(answer => answer.Delivery?.Status is not (null or "queued" or "unknown"));

    private static IEnumerable<Violation> Storage(Evidence evidence)
    {
        const string Promise = "Every message answered 200 is stored exactly once";
        var stored = evidence.Conversations.Values.SelectMany(messages => messages)
            .Where(message => message.Direction == "inbound")
            .ToLookup(message => message.ExternalId ?? "", StringComparer.Ordinal);

        foreach (var message in evidence.Sent)
        {
            if (!message.IsAcknowledged)
                yield return new Violation("Every message is accepted in the end", $"{message.Sid} of customer {message.Customer} was never answered 200");

            var found = stored[message.Sid].ToList();
            if (found.Count == 0 && message.IsAcknowledged)
                yield return new Violation(Promise, $"{message.Sid} of customer {message.Customer} is not stored");
            if (found.Count > 1)
                yield return new Violation(Promise, $"{message.Sid} of customer {message.Customer} is stored as {string.Join(", ", found.Select(m => m.Id))}");
            if (found.Count > 0 && found[0].Text != message.Text)
                yield return new Violation("What is stored is what was written", $"{message.Sid} ({found[0].Id}) has another text");
        }

        var known = evidence.Sent.Select(message => message.Sid).ToHashSet(StringComparer.Ordinal);
        foreach (var stranger in stored.Where(group => !known.Contains(group.Key)).SelectMany(group => group))
            yield return new Violation("Nothing is stored that nobody wrote", $"{stranger.Id} in {stranger.ConversationId} with the id {stranger.ExternalId}");

        var customers = evidence.Sent.ToDictionary(message => message.Sid, message => message.Customer, StringComparer.Ordinal);
        foreach (var (id, messages) in evidence.Conversations)
        {
            var writers = messages.Where(m => m.ExternalId is not null && customers.ContainsKey(m.ExternalId)).Select(m => customers[m.ExternalId!]).Distinct().ToList();
            if (writers.Count > 1)
                yield return new Violation("A conversation belongs to one customer", $"{id} holds messages of {string.Join(", ", writers)}");
        }

        var split = evidence.Conversations
            .Select(entry => (entry.Key, Customer: entry.Value.Select(m => m.ExternalId).OfType<string>().Where(customers.ContainsKey).Select(sid => (int?)customers[sid]).FirstOrDefault()))
            .Where(entry => entry.Customer is not null)
            .GroupBy(entry => entry.Customer);
        foreach (var customer in split.Where(group => group.Count() > 1))
            yield return new Violation("A customer has one open conversation", $"customer {customer.Key} has {string.Join(", ", customer.Select(entry => entry.Key))}");
    }

    private static IEnumerable<Violation> Sequences(Evidence evidence)
    {
        foreach (var (id, messages) in evidence.Conversations)
        {
            var sequences = messages.Select(message => message.Sequence).Order().ToList();
            if (!sequences.SequenceEqual(Enumerable.Range(1, sequences.Count)))
                yield return new Violation("Sequences start at 1 and have no gaps", $"{id} has {string.Join(",", sequences)}");
            if (!messages.Select(message => message.Sequence).SequenceEqual(sequences))
                yield return new Violation("Messages are given out in the order of their sequence", $"{id}");
        }
    }

    private static IEnumerable<Violation> Order(Evidence evidence)
    {
        var places = new Dictionary<string, (Guid Conversation, int Sequence)>(StringComparer.Ordinal);
        foreach (var message in evidence.Conversations.Values.SelectMany(messages => messages))
        {
            if (message is { Direction: "inbound", ExternalId: { } sid }) places[sid] = (message.ConversationId, message.Sequence);
        }

        foreach (var customer in evidence.Sent.Where(m => m.IsAcknowledged && places.ContainsKey(m.Sid)).GroupBy(message => message.Customer))
        {
            var bySequence = customer.OrderBy(message => places[message.Sid].Sequence).ToList();
            for (var later = 0; later < bySequence.Count; later++)
            {
                // Stored before it, in the same conversation, although it was sent only after that one's 200.
                for (var earlier = 0; earlier < later; earlier++)
                {
                    var (first, second) = (bySequence[earlier], bySequence[later]);
                    if (second.Acknowledged < first.FirstSent && places[first.Sid].Conversation == places[second.Sid].Conversation)
                    {
                        yield return new Violation(
                            "A webhook sent after an earlier one's 200 never precedes it",
                            $"{first.Sid} (sequence {places[first.Sid].Sequence}) was sent after {second.Sid} (sequence {places[second.Sid].Sequence}) was answered, in {places[first.Sid].Conversation}");
                    }
                }
            }
        }
    }

    private static IEnumerable<Violation> Turns(Evidence evidence)
    {
        foreach (var (id, messages) in evidence.Conversations)
        {
            if (messages.Count > 0 && !messages[^1].IsAnswer)
                yield return new Violation("No conversation ends unanswered", $"{id} ends with {messages[^1].Id} (sequence {messages[^1].Sequence}, {messages[^1].Author.Type})");

            foreach (var (first, second) in messages.Zip(messages.Skip(1)))
            {
                if (first.IsAnswer && second.IsAnswer)
                    yield return new Violation("No turn has two answers", $"{first.Id} and {second.Id} (sequence {first.Sequence} and {second.Sequence}) in {id}");
            }
        }
    }

    private static IEnumerable<Violation> Deliveries(Evidence evidence)
    {
        const string Promise = "Each answer marked sent is in the outbox exactly once";
        var outbox = evidence.Outbox.ToLookup(item => item.Sid, StringComparer.Ordinal);
        var claimed = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var answer in evidence.Conversations.Values.SelectMany(messages => messages).Where(message => message.Direction == "outbound"))
        {
            var status = answer.Delivery?.Status;
            if (status == "unknown") yield return new Violation("No delivery stays unknown", $"{answer.Id} in {answer.ConversationId}");
            if (!s_accepted.Contains(status))
            {
                if (status != "unknown")
                    yield return new Violation("Each answer is sent in the end", $"{answer.Id} in {answer.ConversationId} is {status ?? "without a delivery"} {answer.Delivery?.ErrorCode}");
                continue;
            }

            if (answer.ExternalId is not { } sid)
            {
                yield return new Violation(Promise, $"{answer.Id} in {answer.ConversationId} is {status} without the provider's id");
                continue;
            }

            if (!claimed.TryAdd(sid, answer.Id)) yield return new Violation(Promise, $"{answer.Id} and {claimed[sid]} both are {sid}");
            var items = outbox[sid].ToList();
            if (items.Count != 1) yield return new Violation(Promise, $"{answer.Id} ({sid}) is there {items.Count} times");
            if (items.Count == 1 && !items[0].Body.StartsWith(answer.Text.Trim(), StringComparison.Ordinal) && answer.Text.Length <= 1000)
                yield return new Violation("What is sent is what was stored", $"{answer.Id} ({sid}) has another text");
        }

        foreach (var item in evidence.Outbox.Where(item => !claimed.ContainsKey(item.Sid)))
            yield return new Violation("The outbox holds nothing else", $"{item.Sid} (number {item.Ordinal}) belongs to no stored answer");
    }
}
