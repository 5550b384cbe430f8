using System.Diagnostics;
using Assistify.Load.Reading;
using Assistify.Load.Systems;

namespace Assistify.Load.Chaos;

/// <summary>Waits until everything that time can bring has come, and reads what there is then.</summary>
internal static class Settling
{
    public static async Task<Evidence> Read(
        TestedSystem system, IReadOnlyList<PlannedMessage> sent, TimeSpan within, CancellationToken cancellationToken)
    {
        var phones = sent.Select(message => "whatsapp:" + message.Phone).ToHashSet(StringComparer.Ordinal);
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
            var atRest = sids.IsSubsetOf(stored) && conversations.Values.All(Verifier.IsAtRest);
            if (atRest || Stopwatch.GetElapsedTime(began) > within) break;
            await Task.Delay(500, cancellationToken);
        }

        // Once more from the beginning: what was read early may have changed since, and must not have.
        foreach (var id in conversations.Keys.ToList()) conversations[id] = await system.Operator.Messages(id, cancellationToken);
        var ours = conversations.Where(entry => entry.Value.Exists(message => message.ExternalId is { } sid && sids.Contains(sid))).ToDictionary();
        var outbox = (await system.Outbox.ReadAll(0, cancellationToken)).Where(item => phones.Contains(item.To)).ToList();
        var errors = await ErrorQueues.Count(system.EnvironmentOf("channels")["ConnectionStrings__messaging"], cancellationToken);
        return new Evidence(sent, ours, outbox, errors);
    }
}
