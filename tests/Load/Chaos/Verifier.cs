using Assistify.Load.Channels;
using Assistify.Load.Reading;
using Assistify.Load.WhatsApp;

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
        var channels = evidence.Sent.ToDictionary(message => message.Sid, StringComparer.Ordinal);
        var writers = evidence.Conversations
            .Select(entry => (entry.Key, Message: entry.Value.Select(message => message.ExternalId is { } sid ? channels.GetValueOrDefault(sid) : null).FirstOrDefault(message => message is not null)))
            .Where(entry => entry.Message is not null)
            .GroupBy(entry => entry.Message!.Customer);
        var claimed = new HashSet<OutboxItem>();
        foreach (var customer in writers)
        {
            var (channel, address) = (customer.First().Message!.Message.Channel, customer.First().Message!.Message.Address);
            var items = evidence.Outbox.Where(item => item.Channel == channel.Name && item.To == address).OrderBy(item => item.Ordinal).ToList();
            var answers = customer.SelectMany(entry => evidence.Conversations[entry.Key]).Where(message => message.Direction == "outbound").ToList();
            foreach (var violation in Deliveries(channel, answers, items, claimed)) yield return violation;
        }

        foreach (var item in evidence.Outbox.Where(item => !claimed.Contains(item)))
        {
            var before = evidence.Outbox.LastOrDefault(other => other.Channel == item.Channel && other.To == item.To && other.Ordinal < item.Ordinal);
            yield return new Violation(
                "The outbox holds nothing else",
                $"{item.Sid} on {item.Channel} (number {item.Ordinal} at {item.CreatedAt:HH:mm:ss.fff}, to {item.To}) belongs to no stored answer: \"{Start(item.Body)}\"; "
                + (before is null ? "the first to that customer" : $"before it {before.Sid} at {before.CreatedAt:HH:mm:ss.fff}: \"{Start(before.Body)}\""));
        }
    }

    /// <summary>One customer's answers and what the provider accepted for him, both in their order.</summary>
    private static IEnumerable<Violation> Deliveries(TestedChannel channel, List<StoredMessage> answers, List<OutboxItem> items, HashSet<OutboxItem> claimed)
    {
        const string Promise = "Each answer marked sent is in the outbox exactly once";
        var place = 0;
        foreach (var answer in answers)
        {
            var status = answer.Delivery?.Status;
            if (status == "unknown")
            {
                // What the provider never saw shows nowhere; what it accepted does, where it tells anything at all. Where only the first part is
                // lost, what follows it is sent in the end, and is no sign of it.
                var accepted = place < items.Count && Begins(answer, items[place]) && !answers.Exists(other => other.ExternalId == items[place].Sid);
                if (channel.SettlesAbsent || (channel.SettlesLost && accepted))
                {
                    yield return new Violation(
                        "No delivery stays unknown",
                        $"{answer.Id} in {answer.ConversationId} on {channel.Name}" + (accepted ? $", though {items[place].Sid} was accepted at {items[place].CreatedAt:HH:mm:ss.fff}" : ""));
                }
                continue;
            }

            if (!s_accepted.Contains(status))
            {
                yield return new Violation("Each answer is sent in the end", $"{answer.Id} in {answer.ConversationId} on {channel.Name} is {status ?? "without a delivery"} {answer.Delivery?.ErrorCode}");
                continue;
            }

            if (answer.ExternalId is not { } sid)
            {
                yield return new Violation(Promise, $"{answer.Id} in {answer.ConversationId} on {channel.Name} is {status} without the provider's id");
                continue;
            }

            var first = items.FindIndex(channel.NamesSent ? 0 : place, item => channel.NamesSent ? item.Sid == sid : Shows(answer, item));
            if (first < 0)
            {
                yield return new Violation(Promise, $"{answer.Id} ({sid}) on {channel.Name} is there 0 times");
                continue;
            }

            if (!claimed.Add(items[first]))
            {
                yield return new Violation(Promise, $"{answer.Id} and another both are {sid} on {channel.Name}");
                continue;
            }

            if (first < place)
                yield return new Violation("Answers reach the customer in their order", $"{answer.Id} ({sid}) on {channel.Name} came before one that was written earlier");

            // A long answer, or one with cards, is several messages, none of them twice.
            List<OutboxItem> parts = [items[first]];
            for (place = first + 1; place < items.Count && IsNextPart(answer, answers, items[place], parts); place++)
            {
                parts.Add(items[place]);
                claimed.Add(items[place]);
            }

            if (!Plain(string.Concat(parts.Select(part => part.Body))).Contains(Plain(answer.Text), StringComparison.Ordinal))
                yield return new Violation("What is sent is what was stored", $"{answer.Id} ({sid}) on {channel.Name} has another text");
        }

        // Of a lost attempt nobody knows whether it arrived.
        foreach (var unknown in answers.Where(answer => answer.Delivery?.Status == "unknown"))
        {
            foreach (var part in items.Where(item => !claimed.Contains(item) && Shows(unknown, item)).Take(1 + (unknown.Cards?.Count ?? 0)).ToList()) claimed.Add(part);
        }
    }

    private static bool IsNextPart(StoredMessage answer, List<StoredMessage> answers, OutboxItem item, List<OutboxItem> parts)
    {
        if (answers.Exists(other => other.ExternalId == item.Sid)) return false;
        var (shown, text, body) = (Plain(string.Concat(parts.Select(part => part.Body))), Plain(answer.Text), Plain(item.Body));
        return (!shown.Contains(text, StringComparison.Ordinal) && (text.Contains(body, StringComparison.Ordinal) || body.Contains(text, StringComparison.Ordinal)))
            // What a text ends with may come together with the cards' lines.
            || (!shown.Contains(text, StringComparison.Ordinal) && (shown + body).Contains(text, StringComparison.Ordinal))
            || answer.Cards?.Any(card => body.Contains(Plain(card.Title), StringComparison.Ordinal) && !shown.Contains(Plain(card.Title), StringComparison.Ordinal)) == true
            // A piece may begin in the middle of a card's lines, unless it is the next answer in the same words.
            || (answer.Cards is { Count: > 0 } && !shown.Contains(body, StringComparison.Ordinal) && HasOnlyWordsOf(answer, item)
                && !answers.Exists(other => other.Id != answer.Id && Plain(other.Text).StartsWith(body[..Math.Min(body.Length, Plain(other.Text).Length)], StringComparison.Ordinal)));
    }

    private static bool HasOnlyWordsOf(StoredMessage answer, OutboxItem item)
    {
        var words = answer.Cards!.SelectMany(card => new[] { card.Title, card.Subtitle, card.Price?.Amount, card.Price?.Currency, card.Url }).Append(answer.Text)
            .SelectMany(Words).ToHashSet(StringComparer.Ordinal);
        return Words(item.Body).Where(word => word.Any(char.IsLetterOrDigit)).All(words.Contains);
    }

    private static string[] Words(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static bool Shows(StoredMessage answer, OutboxItem item)
    {
        var (text, body) = (Plain(answer.Text), Plain(item.Body));
        return text.Contains(body, StringComparison.Ordinal) || body.Contains(text, StringComparison.Ordinal)
            || answer.Cards?.Any(card => body.Contains(Plain(card.Title), StringComparison.Ordinal)) == true;
    }

    private static bool Begins(StoredMessage answer, OutboxItem item)
    {
        var (text, body) = (Plain(answer.Text), Plain(item.Body));
        return text.StartsWith(body, StringComparison.Ordinal) || body.StartsWith(text, StringComparison.Ordinal);
    }

    private static string Start(string text) => (text.Length > 60 ? text[..60] + "…" : text).ReplaceLineEndings(" ");

    // Pieces are split at white space.
    private static string Plain(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
