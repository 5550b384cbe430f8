using System.Diagnostics;
using Assistify.Load.Channels;
using Assistify.Load.Reading;
using Assistify.Load.Systems;
using Assistify.Load.WhatsApp;

namespace Assistify.Load.Chaos;

/// <summary>Waits until everything that time can bring has come, and reads what there is then.</summary>
internal static class Settling
{
    public static async Task<Evidence> Read(
        TestedSystem system, IReadOnlyList<PlannedMessage> sent, TimeSpan within, CancellationToken cancellationToken)
    {
        var addresses = sent.Select(message => (message.Message.Channel.Name, message.Message.Address)).ToHashSet();
        var sids = sent.Select(message => message.Sid).ToHashSet(StringComparer.Ordinal);
        var conversations = new Dictionary<Guid, List<StoredMessage>>();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            foreach (var conversation in await system.Operator.Conversations(cancellationToken))
            {
                if (conversations.TryGetValue(conversation.Id, out var known) && Verifier.IsAtRest(known)) continue;
                conversations[conversation.Id] = await system.Operator.Messages(conversation.Id, cancellationToken);
            }

            var stored = conversations.Values.SelectMany(messages => messages).Select(message => message.ExternalId).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var atRest = sids.IsSubsetOf(stored) && Holding(conversations, sids).Values.All(Verifier.IsAtRest);
            if (atRest || Stopwatch.GetElapsedTime(began) > within) break;
            await Task.Delay(500, cancellationToken);
        }

        // Once more from the beginning: what was read early may have changed since, and must not have.
        foreach (var id in conversations.Keys.ToList()) conversations[id] = await system.Operator.Messages(id, cancellationToken);
        var ours = Holding(conversations, sids);
        var outbox = new List<OutboxItem>();
        foreach (var channel in sent.GroupBy(message => message.Message.Channel))
        {
            var answers = Holding(ours, channel.Select(message => message.Sid).ToHashSet(StringComparer.Ordinal)).Values.SelectMany(messages => messages)
                .Where(message => message is { IsAnswer: true, ExternalId: not null, Delivery.Status: "sent" }).Select(message => message.ExternalId!).ToList();
            outbox.AddRange((await UntilFetched(system, channel.Key, answers, cancellationToken)).Where(item => addresses.Contains((item.Channel, item.To))));
        }

        var errors = await ErrorQueues.Count(system.EnvironmentOf("channels")["ConnectionStrings__messaging"], cancellationToken);
        return new Evidence(sent, ours, outbox, errors);
    }

    private static Dictionary<Guid, List<StoredMessage>> Holding(Dictionary<Guid, List<StoredMessage>> conversations, HashSet<string> sids) =>
        conversations.Where(entry => entry.Value.Exists(message => message.ExternalId is { } sid && sids.Contains(sid))).ToDictionary();

    /// <summary>Shopify's customers fetch their answers, every second.</summary>
    private static async Task<List<OutboxItem>> UntilFetched(
        TestedSystem system, TestedChannel channel, IReadOnlyList<string> answers, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var outbox = await system.Outbox.ReadAll(0, cancellationToken, channel.Name);
            var isComplete = channel.Name != "shopify" || !answers.Except(outbox.Select(item => item.Sid), StringComparer.Ordinal).Any();
            if (isComplete || Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(15)) return outbox;
            await Task.Delay(500, cancellationToken);
        }
    }
}
