using System.Diagnostics;
using System.Globalization;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Notifications;
using Assistify.ChatService.ResponseTargets;
using Assistify.ChatService.Rules;
using Assistify.ChatService.Suppliers;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private void Handle(OperatorCommand command, ActivityContext trace)
    {
        if (state.Commands.TryGetValue(command.CommandId, out var known))
        {
            Repeat(known, command, trace);
            return;
        }

        if (command.Read is { } mark)
        {
            Read(command, mark);
            return;
        }

        if (command.Action == OperatorAction.Create)
        {
            Create(command);
            return;
        }

        if (Find(command.ConversationId, command.WorkspaceId) is not { } conversation)
        {
            Done(command, CommandOutcome.NotFound, Effects.None, 0, null);
            return;
        }

        if (conversation.IsClosed && NeedsOpen(command))
        {
            Done(command, CommandOutcome.Closed, Effects.None, conversation.Version, conversation);
            return;
        }

        if (command.Action == OperatorAction.Rate && !conversation.IsClosed)
        {
            Done(command, CommandOutcome.StillOpen, Effects.None, conversation.Version, conversation);
            return;
        }

        if (command.IsReply && conversation.IsUnwelcome)
        {
            Done(command, CommandOutcome.Unwelcome, Effects.None, conversation.Version, conversation);
            return;
        }

        var promises = command.PromisesOf(conversation, now);
        var effects = Carry(command, conversation, out var message);
        Changed(conversation, asked: (effects & Effects.Ask) != 0);
        Apply(effects, conversation, conversation.Version, trace);
        if (message is not null) Deliver(conversation, message, trace);
        Done(command, CommandOutcome.Done, effects, conversation.Version, conversation, promises);
        if (command.IsClose && (effects & Effects.TurnMoved) != 0) ApplyRules(Rule.Closed, conversation, command.CommandId, null, trace);
    }

    private void Read(OperatorCommand command, ReadMark mark)
    {
        if (Find(command.ConversationId, command.WorkspaceId) is not { } conversation) return;
        var marks = NewReadMarks.GetValueOrDefault(conversation.Id, new ReadMarks(0, 0));
        var marked = marks.With(Math.Min(mark.Sequence, conversation.Sequence), mark.ByCustomer);
        if (marked == marks) return;
        NewReadMarks[conversation.Id] = marked;
        conversation.Touch();
        Changed(conversation);
    }

    private static bool NeedsOpen(OperatorCommand command) =>
        command.Action is OperatorAction.TakeOver or OperatorAction.HandBack || command.IsReply;

    private Effects Carry(OperatorCommand command, Conversation conversation, out StoredMessage? message)
    {
        message = null;
        switch (command.Action)
        {
            case OperatorAction.Reply:
                return Reply(command, conversation, out message);
            case OperatorAction.TakeOver:
                return conversation.TakeOver(command.OperatorId, command.OperatorName, now);
            case OperatorAction.HandBack:
                return conversation.HandBack(now);
            case OperatorAction.Close:
                return conversation.Close(command.Reason, now);
            case OperatorAction.Assign:
                conversation.Assign(command.Assignment?.OperatorId, command.Assignment?.Name, now, command.Assignment?.TeamId);
                return Effects.None;
            case OperatorAction.Label:
                conversation.Label([.. command.Labels ?? []], now);
                return Effects.None;
            case OperatorAction.Macro:
                return RunMacro(command, conversation, out message);
            case OperatorAction.Rate:
                conversation.Touch();
                NewRatings[conversation.Id] = command.Score ?? throw new InvalidOperationException("A rating has a score.");
                return Effects.None;
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command.Action, null);
        }
    }

    private Effects RunMacro(OperatorCommand command, Conversation conversation, out StoredMessage? message)
    {
        message = null;
        var effects = Effects.None;
        if (command.Reply is not null) effects |= Reply(command, conversation, out message);
        if (command.Labels is { } labels) conversation.Label([.. conversation.Labels.Union(labels)], now);
        if (command.Assignment is { } to) conversation.Assign(to.OperatorId, to.Name, now, to.TeamId);
        if (command.Closes) effects |= conversation.Close(command.Reason, now);
        return effects;
    }

    private Effects Reply(OperatorCommand command, Conversation conversation, out StoredMessage? message)
    {
        var reply = command.Reply ?? throw new InvalidOperationException("A reply has a text.");
        var (replyTo, since, previous) = (conversation.UnansweredId, conversation.UnansweredReceivedAt, conversation.LastDeliveryId);
        var effects = Effects.None;
        if (reply.Private) conversation.AddPrivateNote(now);
        else effects = conversation.ReplyAsOperator(command.OperatorId, command.OperatorName, now);

        var web = conversation.Channel == Channels.Web;
        message = new StoredMessage
        {
            Id = command.CommandId,
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.Agent,
            AuthorId = command.OperatorId,
            AuthorName = command.OperatorName,
            Text = StorableText.From(reply.Text),
            Private = reply.Private,
            Version = conversation.Version,
            PreviousDeliveryId = web || reply.Private ? null : previous,
            ReplyTo = reply.Private ? null : replyTo,
            WaitMs = reply.Private || since is null ? null : (long)Math.Max(0, (now - since.Value).TotalMilliseconds),
            CreatedAt = now,
            SentAt = web && !reply.Private ? now : null,
            DeliveryStatus = reply.Private ? null : web ? DeliveryStatus.Sent : DeliveryStatus.Queued,
            DeliveryUpdatedAt = reply.Private ? null : now,
            Attachments = StoredJson.List(reply.Attachments),
            Details = reply.Template is { } template ? StoredJson.Value(new MessageDetails(Template: template)) : null,
        };
        if (!web && !reply.Private) conversation.LastDeliveryId = message.Id;
        Store(conversation, message);
        GivenMedia.AddRange(reply.Attachments.Select(attachment => (attachment.Id, conversation.CustomerId)));
        Mention(command, reply, conversation);
        if (reply.Enquiry is { } enquiry)
        {
            NewEnquiries.Add(new Enquiry(
                message.Id, command.WorkspaceId, conversation.Id, enquiry.ConversationId, StorableText.From(enquiry.Subject), command.OperatorId, now));
        }

        return effects;
    }

    private void Mention(OperatorCommand command, OperatorReply reply, Conversation conversation)
    {
        if (!reply.Private || reply.Mentions is not { Count: > 0 }) return;
        var others = reply.Mentions.Where(id => id != command.OperatorId).Distinct().ToList();
        NewMentions.AddRange(others.Select(id => new Mention(id, command.WorkspaceId, conversation.Id, command.CommandId, command.OperatorId)));
        Announce(conversation, mentioned: others);
    }

    private void Create(OperatorCommand command)
    {
        var wanted = command.New ?? throw new InvalidOperationException("A new conversation has a customer.");
        var key = new AddressKey(command.WorkspaceId, wanted.ConnectionId, wanted.Address);
        if (state.Latest.TryGetValue(key, out var open) && !open.IsClosed)
        {
            // A person has one open conversation on a connection: that is the one that was asked for.
            Done(command, CommandOutcome.Done, Effects.None, open.Version, open);
            return;
        }

        if (wanted.CreateCustomer)
        {
            NewCustomers.Add(new NewCustomer(wanted.CustomerId, command.WorkspaceId, null, null, null, null));
            NewIdentifiers.Add(new NewIdentifier(command.WorkspaceId, wanted.Channel, wanted.Address, wanted.CustomerId));
        }

        var customer = wanted.Unwritten is { } person ? CustomerFor(command.WorkspaceId, person) : new CustomerFacts(wanted.CustomerId, null, null, null, null);
        var conversation = new Conversation
        {
            Id = command.ConversationId,
            WorkspaceId = command.WorkspaceId,
            CustomerId = customer.Id,
            ConnectionId = wanted.ConnectionId,
            Channel = wanted.Channel,
            Address = wanted.Address,
            Partition = command.Partition,
            Subject = wanted.Subject,
            CreatedAt = now,
            LastActivityAt = now,
            ChangedAt = now,
            Revision = 1,
            OptedOutAt = open?.OptedOutAt,

            // Who has not written cannot be answered freely: only what the channel's provider approved may begin.
            WindowExpiresAt = open?.WindowExpiresAt ?? (wanted.Unwritten is not null && Channels.Window(wanted.Channel) is not null ? now : null),
        };
        Open(conversation, customer);
        Announce(conversation);
        Done(command, CommandOutcome.Done, Effects.None, 0, conversation);
    }

    private void Done(
        OperatorCommand command, CommandOutcome outcome, Effects effects, long version, Conversation? conversation, Promises promises = Promises.None)
    {
        var record = new CommandRecord(
            command.CommandId, command.WorkspaceId, conversation?.Id ?? command.ConversationId, outcome, effects, version, promises);
        state.Commands[record.Id] = record;
        NewCommands.Add((record, now));
        // Whoever waits for the command does so on the conversation that it named.
        if (conversation?.Id != command.ConversationId)
            Changes.TryAdd(command.ConversationId, new ConversationChange(command.ConversationId, command.WorkspaceId, 0));
        if (conversation is null) return;

        Announce(conversation);
        RecordCommand(command, record, conversation);
    }

    private void Repeat(CommandRecord known, OperatorCommand command, ActivityContext trace)
    {
        if (Find(known.ConversationId, command.WorkspaceId) is not { } conversation) return;

        Apply(known.Effects & (Effects.TurnMoved | Effects.CancelDeliveries), conversation, known.Version, trace);
        if (conversation.IsAsked) Apply(known.Effects & Effects.Ask, conversation, conversation.Version, trace);
        Apply(known.Effects & Effects.Understand, conversation, conversation.Version, trace);
        if (state.Messages.TryGetValue(known.Id, out var message) && message.ConversationId == conversation.Id)
            Deliver(conversation, message, trace);
        RepeatRuleReplies(conversation, known.Id, trace);
        Announce(conversation);
        RecordCommand(command, known, conversation);
    }

    private void RecordCommand(OperatorCommand command, CommandRecord record, Conversation conversation)
    {
        if (record.Outcome != CommandOutcome.Done) return;
        var message = state.Messages.GetValueOrDefault(record.Id);
        if (command.Action == OperatorAction.Rate)
        {
            if (command.Score is { } score) Ratings.Add(new ConversationRated(conversation.WorkspaceId, conversation.Id, conversation.CustomerId, score, now));
            Record("Rate", record.Id, conversation, null, new EventDetails(Author.Customer, Status: command.Score?.ToString(CultureInfo.InvariantCulture)));
            return;
        }

        foreach (var type in EventsOf(command))
        {
            Record(type, record.Id, conversation, message?.Id,
                new EventDetails(Author.Agent, InReplyTo: message?.ReplyTo, WaitMs: type == "OperatorReply" ? message?.WaitMs : null, OperatorId: command.OperatorId),
                message?.CreatedAt);
        }

        foreach (var (type, key) in record.Promises.Events())
        {
            Record(type, record.Id, conversation, message?.Id, new EventDetails(Author.Agent, Status: key, OperatorId: command.OperatorId),
                message?.CreatedAt, state: key);
        }
    }

    private static IEnumerable<string> EventsOf(OperatorCommand command)
    {
        if (command.Action is OperatorAction.TakeOver or OperatorAction.HandBack or OperatorAction.Create) yield return command.Action.ToString();
        if (command.Reply is { } reply) yield return reply.Private ? "PrivateNote" : "OperatorReply";
        if (command.Action == OperatorAction.Label || command.Labels is not null) yield return "Labels";
        if (command.Action == OperatorAction.Assign || command.Assignment is not null) yield return "Assign";
        if (command.IsClose) yield return "Close";
    }
}
