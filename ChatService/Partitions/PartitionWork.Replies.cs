using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Rules;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private void Handle(ReplyGenerated reply, ActivityContext trace)
    {
        if (Find(reply.ConversationId, reply.WorkspaceId) is not { } conversation) return;

        if (state.Messages.TryGetValue(reply.ReplyId, out var known))
        {
            // An answer has one conversation; anything else with this id is not ours to deliver.
            if (known.ConversationId != conversation.Id) return;
            Deliver(conversation, known, trace);
            RepeatRuleReplies(conversation, known.Id, trace);
            RepeatQuestion(conversation, reply, trace);
            RecordAnswer(conversation, known);
            foreach (var understanding in reply.Understandings) RecordUnderstanding(conversation, understanding);
            Announce(conversation);
            return;
        }

        var inReplyTo = conversation.UnansweredId;
        var waited = conversation.UnansweredReceivedAt is { } since ? (long?)Math.Max(0, (now - since).TotalMilliseconds) : null;
        var previous = conversation.LastDeliveryId;
        if (state.CustomersOf[conversation.Id].Blocked) conversation.Drop();
        if (!conversation.AcceptAnswer(reply.Version, reply.HandOver, now))
        {
            // No longer wanted. What it understood is still true of the messages.
            Understand(conversation, reply.Understandings);
            Record(nameof(ReplyGenerated), reply.ReplyId, conversation, null,
                new EventDetails(Author.Assistant, Model: reply.Model, LatencyMs: reply.LatencyMs, Cost: reply.Cost?.Amount,
                    Currency: reply.Cost?.Currency, Status: "superseded"), state: "superseded");
            return;
        }

        var web = conversation.Channel == Channels.Web;
        var message = new StoredMessage
        {
            Id = reply.ReplyId,
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.Assistant,
            Text = StorableText.From(reply.Text),
            Version = reply.Version,
            PreviousDeliveryId = web ? null : previous,
            ReplyTo = inReplyTo,
            WaitMs = waited,
            CreatedAt = now,
            SentAt = web ? now : null,
            DeliveryStatus = web ? DeliveryStatus.Sent : DeliveryStatus.Queued,
            DeliveryUpdatedAt = now,
            Cards = StoredJson.List(reply.Cards),
            Citations = StoredJson.List(reply.Citations),
            Recommendations = StoredJson.List(reply.Recommendations),
            Model = reply.Model,
            PromptVersion = reply.PromptVersion,
            LatencyMs = reply.LatencyMs,
            CostAmount = reply.Cost?.Amount,
            CostCurrency = reply.Cost?.Currency,
        };
        if (!web) conversation.LastDeliveryId = message.Id;
        Store(conversation, message);
        Changed(conversation, handedOver: reply.HandOver);
        Understand(conversation, reply.Understandings);
        Deliver(conversation, message, trace);
        RecordAnswer(conversation, message);
        if (reply.HandOver)
        {
            Record("HandOver", reply.ReplyId, conversation, message.Id, new EventDetails(Author.Assistant));
            ApplyRules(Rule.HandedOver, conversation, message.Id, null, trace);
        }

        AskSupplier(conversation, reply, trace);
    }

    private void Handle(ReplyFailed failed, ActivityContext trace)
    {
        if (Find(failed.ConversationId, failed.WorkspaceId) is not { } conversation) return;

        var id = FailureNotice(failed);
        if (!state.Messages.ContainsKey(id))
        {
            if (!conversation.AcceptFailure(failed.Version, now)) return;
            Store(conversation, new StoredMessage
            {
                Id = id,
                ConversationId = conversation.Id,
                WorkspaceId = conversation.WorkspaceId,
                Sequence = conversation.Sequence,
                Author = Author.System,
                Text = "The assistant could not answer. The conversation waits for a person.",
                Private = true,
                Version = failed.Version,
                CreatedAt = now,
            });
            Changed(conversation, handedOver: true);
            ApplyRules(Rule.HandedOver, conversation, id, null, trace);
        }
        else
        {
            RepeatRuleReplies(conversation, id, trace);
        }

        Announce(conversation, handedOver: true);
        Record(nameof(ReplyFailed), id, conversation, null, new EventDetails(Author.System, Status: "failed"));
    }

    private void Handle(MessagesUnderstood understood)
    {
        if (Find(understood.ConversationId, understood.WorkspaceId) is { } conversation)
            Understand(conversation, understood.Understandings);
    }

    private void Understand(Conversation conversation, IReadOnlyList<Understanding> understandings)
    {
        if (understandings.Count == 0) return;
        conversation.Touch();
        foreach (var understanding in understandings)
        {
            Understood[understanding.MessageId] = new Understood(conversation.Id, conversation.Revision, understanding);
            RecordUnderstanding(conversation, understanding);
        }

        Changed(conversation);
    }

    private void RecordUnderstanding(Conversation conversation, Understanding understanding) =>
        Record(nameof(MessagesUnderstood), understanding.MessageId, conversation, understanding.MessageId,
            new EventDetails(Author.Customer, understanding.Intent, understanding.Confidence, understanding.Sentiment,
                understanding.SentimentScore, understanding.Language));

    private void RecordAnswer(Conversation conversation, StoredMessage answer) =>
        Record(nameof(ReplyGenerated), answer.Id, conversation, answer.Id,
            new EventDetails(Author.Assistant, Model: answer.Model, LatencyMs: answer.LatencyMs, Cost: answer.CostAmount,
                Currency: answer.CostCurrency, Status: "stored", InReplyTo: answer.ReplyTo, WaitMs: answer.WaitMs),
            answer.CreatedAt);

    /// <summary>The system message that a failure leaves; one for a turn.</summary>
    internal static Guid FailureNotice(ReplyFailed failed) =>
        Identifiers.Derive($"reply-failed/{failed.ConversationId}/{failed.Version}");
}
