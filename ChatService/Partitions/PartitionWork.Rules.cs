using System.Diagnostics;
using Assistify.ChatService.CannedAnswers;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Rules;
using Assistify.ChatService.Suppliers;
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

            var then = rule.Then;
            var id = Identifiers.Derive($"rule/{rule.Id}/{about}");
            if (then.Labels is { } labels) conversation.Label([.. conversation.Labels.Union(labels)], now);
            if (then.TeamId is not null || then.AssigneeId is not null)
                conversation.Assign(then.AssigneeId ?? conversation.AssigneeId, then.AssigneeId is null ? conversation.AssigneeName : then.AssigneeName, now, then.TeamId);
            var reply = then.Reply is { } words ? Tell(conversation, rule, words, about) : null;
            conversation.AddPrivateNote(now);
            Store(conversation, new StoredMessage
            {
                Id = id,
                ConversationId = conversation.Id,
                WorkspaceId = conversation.WorkspaceId,
                Sequence = conversation.Sequence,
                Author = Author.System,
                Text = then.Note is { } note ? $"Rule “{rule.Name}”: {note}" : $"Rule “{rule.Name}” was carried out.",
                Private = true,
                CreatedAt = now,
            });
            var handsOver = then.HandsOver && conversation is { IsClosed: false, Turn: TurnHolder.Assistant };
            var effects = handsOver ? conversation.HandOver(now) : Effects.None;
            if (then.Closes) effects |= conversation.Close($"Rule: {rule.Name}", now);
            Changed(conversation, handedOver: handsOver && !then.Closes);
            Apply(effects, conversation, conversation.Version, trace);
            if (reply is not null) Deliver(conversation, reply, trace);
            if (handsOver) Record("HandOver", id, conversation, null, new EventDetails(Author.System));
            if (then.Closes) Record("Close", id, conversation, null, new EventDetails(Author.System));
        }
    }

    /// <summary>Writes to the customer in nobody's name.</summary>
    /// <returns>Null where he wants nothing automatic.</returns>
    private StoredMessage? Tell(Conversation conversation, Rule rule, string text, Guid about)
    {
        var customer = state.CustomersOf[conversation.Id];
        if (customer.Blocked || conversation.OptedOutAt is not null) return null;

        return Tell(conversation, RuleReply(rule.Id, about), CannedText.Fill(text, customer.Name));
    }

    /// <summary>What rules wrote about an event that is delivered again goes out again: it may not have, before.</summary>
    private void RepeatRuleReplies(Conversation conversation, Guid about, ActivityContext trace)
    {
        foreach (var id in RuleReplies(workspaces, conversation.WorkspaceId, about))
        {
            if (state.Messages.TryGetValue(id, out var reply) && reply.ConversationId == conversation.Id) Deliver(conversation, reply, trace);
        }
    }

    /// <summary>The event that rules may have been carried out about, if the message brings one.</summary>
    internal static (Guid WorkspaceId, Guid About)? RuledBy(object message) => message switch
    {
        CustomerMessageReceived received => (received.WorkspaceId, received.MessageId),
        ReplyGenerated reply when reply.HandOver || reply.Enquiry is not null => (reply.WorkspaceId, reply.ReplyId),
        SupplierNotAsked refused => (refused.WorkspaceId, refused.EnquiryId),
        ReplyFailed failed => (failed.WorkspaceId, FailureNotice(failed)),
        OperatorCommand { IsClose: true } command => (command.WorkspaceId, command.CommandId),
        _ => null,
    };

    /// <summary>What the workspace's rules write to the customer about an event.</summary>
    internal static IEnumerable<Guid> RuleReplies(WorkspaceDirectory workspaces, Guid workspaceId, Guid about) =>
        workspaces.RulesOf(workspaceId).Where(static rule => rule.Then.Reply is not null).Select(rule => RuleReply(rule.Id, about));

    private static Guid RuleReply(Guid ruleId, Guid about) => Identifiers.Derive($"rule-reply/{ruleId}/{about}");
}
