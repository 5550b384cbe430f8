using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Rules;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    /// <summary>
    /// Carries out what the workspace's rules say about an event that is new, in the event's own transaction: so they are carried out once,
    /// however often it is delivered. What rules do makes no rule apply.
    /// </summary>
    /// <param name="about">The event's id.</param>
    private void ApplyRules(string when, Conversation conversation, Guid about, string? text, ActivityContext trace)
    {
        foreach (var rule in workspaces.RulesOf(conversation.WorkspaceId))
        {
            if (!rule.Matches(when, conversation.Channel, conversation.Labels, text) || !rule.Changes(conversation)) continue;

            if (rule.Then.Labels is { } labels) conversation.Label([.. conversation.Labels.Union(labels)], now);
            if (rule.Then.TeamId is { } team) conversation.Assign(conversation.AssigneeId, conversation.AssigneeName, now, team);
            conversation.AddPrivateNote(now);
            Store(conversation, new StoredMessage
            {
                Id = Identifiers.Derive($"rule/{rule.Id}/{about}"),
                ConversationId = conversation.Id,
                WorkspaceId = conversation.WorkspaceId,
                Sequence = conversation.Sequence,
                Author = Author.System,
                Text = rule.Then.Note is { } note ? $"Rule “{rule.Name}”: {note}" : $"Rule “{rule.Name}” was carried out.",
                Private = true,
                CreatedAt = now,
            });
            var effects = rule.Then.Closes ? conversation.Close($"Rule: {rule.Name}", now) : Effects.None;
            Changed(conversation);
            Apply(effects, conversation, conversation.Version, trace);
            if (rule.Then.Closes) Record("Close", Identifiers.Derive($"rule/{rule.Id}/{about}"), conversation, null, new EventDetails(Author.System));
        }
    }
}
