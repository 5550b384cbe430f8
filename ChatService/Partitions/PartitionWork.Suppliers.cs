using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Notifications;
using Assistify.ChatService.Rules;
using Assistify.ChatService.Suppliers;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Partitions;

internal sealed partial class PartitionWork
{
    private const string NoSupplier = "Nobody is known any more who sells it and could be written to.";
    private const string TooMany = "The customer's questions of the last hour were as many as go to suppliers by themselves.";
    private const string Silent = "The supplier wants no automatic messages.";
    private const string NeedsTemplate =
        "The supplier has not written within the time in which the channel takes free text, and the settings name no template that asks him.";
    private const string NeedsHim = "The supplier has not written within the time in which the channel takes messages.";

    /// <summary>The answer that is stored asks a supplier: his partition gets the question, or people the customer.</summary>
    private void AskSupplier(Conversation conversation, ReplyGenerated reply, ActivityContext trace)
    {
        if (reply.Enquiry is not { } enquiry || !state.Sought.TryGetValue(reply.ReplyId, out var sought)) return;

        var mine = NewEnquiries.Where(asked => asked.AskedBy is null && state.Conversations[asked.ConversationId].CustomerId == conversation.CustomerId).ToList();
        // The same question waits for its answer, which comes here.
        if (sought.WaitsSince > now - Enquiry.Lifetime || mine.Exists(asked => asked.ConversationId == conversation.Id && asked.ProductId == enquiry.ProductId)) return;

        var id = SupplierQuestion.IdOf(reply.ReplyId);
        var lately = mine.Count + sought.Asked.Count(at => at > now - Enquiry.While);
        if (sought.Place is not { } place || place.ConversationId == conversation.Id) NotAsked(conversation, id, enquiry.Title, NoSupplier, reply.ReplyId, trace);
        else if (lately >= Enquiry.MostInAWhile) NotAsked(conversation, id, enquiry.Title, TooMany, reply.ReplyId, trace);
        else
        {
            NewEnquiries.Add(new Enquiry(
                id, conversation.WorkspaceId, place.ConversationId, conversation.Id, StorableText.From(enquiry.Title), null, now, enquiry.ProductId, enquiry.Language));
            Ask(place, conversation, id, enquiry, trace);
        }
    }

    private void RepeatQuestion(Conversation conversation, ReplyGenerated reply, ActivityContext trace)
    {
        var id = SupplierQuestion.IdOf(reply.ReplyId);
        if (reply.Enquiry is { } enquiry && state.Asked.TryGetValue(id, out var place)) Ask(place, conversation, id, enquiry, trace);
    }

    private void Ask(SupplierPlace place, Conversation conversation, Guid id, SellerEnquiry enquiry, ActivityContext trace) => Questions.Add((
        new SupplierQuestion(
            id, conversation.WorkspaceId, place.ConversationId, place.Partition, place.ConnectionId, place.Address, conversation.Id, conversation.Partition,
            enquiry.Title, enquiry.Question), trace));

    /// <summary>In the supplier's partition: where and how he can be written to is only certain here.</summary>
    private void Handle(SupplierQuestion question, ActivityContext trace)
    {
        if (state.Messages.TryGetValue(question.MessageId, out var known))
        {
            if (Find(known.ConversationId, question.WorkspaceId) is not { } told) return;
            Deliver(told, known, trace);
            Announce(told);
            return;
        }

        // Refused before, or the customer is forgotten.
        if (!state.Asked.ContainsKey(question.MessageId)) return;
        if (!state.Latest.TryGetValue(new AddressKey(question.WorkspaceId, question.ConnectionId, question.Address), out var conversation)) return;

        var supplier = state.CustomersOf[conversation.Id];
        var facts = workspaces.Find(conversation.WorkspaceId);
        var template = conversation.WindowExpiresAt <= now && Channels.HasTemplates(conversation.Channel) ? facts?.EnquiryTemplate : null;
        if (WhyNotAsked(conversation, supplier, template is not null) is { } reason)
        {
            Refusals.Add((new SupplierNotAsked(
                question.MessageId, question.WorkspaceId, question.ConversationId, question.CustomerPartition, question.Title, reason), trace));
            return;
        }

        if (conversation.IsClosed) conversation.Reopen(now);
        var (title, words) = (StorableText.From(question.Title), StorableText.From(question.Question));
        var message = Tell(
            conversation, question.MessageId, SupplierPhrases.In(supplier.Locale, facts?.Locale).Question(title, words),
            template: template is null ? null : new MessageTemplate(template.Name, template.Language, [title, words]));
        Changed(conversation);
        Deliver(conversation, message, trace);
    }

    private string? WhyNotAsked(Conversation conversation, CustomerFacts supplier, bool hasTemplate)
    {
        if (!supplier.Supplier) return NoSupplier;
        if (supplier.Blocked || conversation.OptedOutAt is not null) return Silent;
        if (!(conversation.WindowExpiresAt <= now) || hasTemplate) return null;
        return Channels.HasTemplates(conversation.Channel) ? NeedsTemplate : NeedsHim;
    }

    private void Handle(SupplierNotAsked refused, ActivityContext trace)
    {
        RefusedEnquiries.Add(refused.EnquiryId);
        if (Find(refused.ConversationId, refused.WorkspaceId) is { } conversation)
            NotAsked(conversation, refused.EnquiryId, refused.Title, refused.Reason, refused.EnquiryId, trace);
    }

    /// <summary>The customer was told that the seller is asked, and he is not: people have to see to it.</summary>
    /// <param name="about">The event's id, for the workspace's rules.</param>
    private void NotAsked(Conversation conversation, Guid enquiryId, string title, string reason, Guid about, ActivityContext trace)
    {
        var id = SupplierNotAsked.NoticeOf(enquiryId);
        if (state.Messages.ContainsKey(id))
        {
            RepeatRuleReplies(conversation, about, trace);
            Announce(conversation, handedOver: true);
            return;
        }

        conversation.AddPrivateNote(now);
        Store(conversation, new StoredMessage
        {
            Id = id,
            ConversationId = conversation.Id,
            WorkspaceId = conversation.WorkspaceId,
            Sequence = conversation.Sequence,
            Author = Author.System,
            Text = StorableText.From($"The seller of “{title}” could not be asked. {reason}"),
            Private = true,
            CreatedAt = now,
        });
        var handsOver = conversation is { IsClosed: false, Turn: TurnHolder.Assistant };
        var effects = conversation.HandOver(now);
        Changed(conversation, handedOver: true);
        Apply(effects, conversation, conversation.Version, trace);
        if (!handsOver) return;
        Record("HandOver", id, conversation, null, new EventDetails(Author.System));
        ApplyRules(Rule.HandedOver, conversation, about, null, trace);
    }

    /// <summary>A stored picture of a supplier goes on to the customer for whom he was asked; told again, it is the same one.</summary>
    private void PassOn(StoredMessage message, Conversation conversation, MediaStored stored)
    {
        if (stored.Kind != "image" || message.Author != Author.Customer || message.DeletedAt is not null) return;
        if (EnquiryOf(message, AskedBefore(message, conversation)) is not { } enquiry) return;
        Pictures.Add(new SupplierPicture(
            SupplierPicture.IdOf(stored.AttachmentId, enquiry.Id), enquiry.WorkspaceId, enquiry.ConversationId,
            enquiry.Partition, stored.AttachmentId, conversation.CustomerId, enquiry.Subject, enquiry.AskedBy, enquiry.Id));
    }

    /// <summary>
    /// What a supplier writes goes on to the customer for whom the assistant asked him; where it may be meant for somebody else, it is for people
    /// alone, as what he writes to operators always is.
    /// </summary>
    private void PassOn(StoredMessage message, Conversation conversation, CustomerMessageReceived received, ActivityContext trace)
    {
        if (!state.CustomersOf[conversation.Id].Supplier || !received.Verified || string.IsNullOrWhiteSpace(received.Content.Text) || message.DeletedAt is not null) return;
        var asked = AskedBefore(message, conversation);
        if (EnquiryOf(message, asked) is not { AskedBy: null } enquiry) return;
        if (enquiry.Id != message.ReplyTo && (!enquiry.IsStillTheTopic(message.CreatedAt) || OthersWait(enquiry, asked))) return;
        Answers.Add((new SupplierAnswer(
            SupplierAnswer.IdOf(message.Id, enquiry.Id), enquiry.WorkspaceId, enquiry.ConversationId, enquiry.Partition, enquiry.Id, enquiry.Subject, message.Text,
            enquiry.Language), trace));
    }

    private List<Enquiry> AskedBefore(StoredMessage message, Conversation conversation) =>
        [.. state.Enquiries.GetValueOrDefault(conversation.CustomerId, []).Where(enquiry => enquiry.IsLive(now) && enquiry.AskedAt <= message.CreatedAt)];

    /// <summary>The one that he quotes, else the latest before his message.</summary>
    private static Enquiry? EnquiryOf(StoredMessage message, List<Enquiry> asked) =>
        asked.Find(enquiry => enquiry.Id == message.ReplyTo) ?? asked.MaxBy(static enquiry => enquiry.AskedAt);

    private static bool OthersWait(Enquiry enquiry, List<Enquiry> asked) =>
        asked.Exists(other => other.ConversationId != enquiry.ConversationId && other is { AskedBy: null, AnsweredAt: null });

    private void Handle(SupplierPicture picture, ActivityContext trace)
    {
        IReadOnlyList<Guid> asker = picture.AskedBy is { } operatorId ? [operatorId] : [];
        var message = Show(
            picture.MessageId, picture.ConversationId, picture.WorkspaceId, picture.EnquiryId, "",
            [new Card(SupplierPicture.CardKind, picture.MessageId.ToString(), picture.Subject)], asker, trace);
        if (message is null) return;
        CopiedPictures.Add((picture, state.Conversations[picture.ConversationId].CustomerId));
        NewMentions.AddRange(asker.Select(id => new Mention(
            id, picture.WorkspaceId, picture.ConversationId, message.Id, picture.SupplierId, Notifications.Mention.Picture)));
    }

    private void Handle(SupplierAnswer answer, ActivityContext trace) => Show(
        answer.MessageId, answer.ConversationId, answer.WorkspaceId, answer.EnquiryId, SupplierPhrases.In(answer.Language).Answer(answer.Subject, answer.Text), null, [], trace);

    /// <summary>Shows the customer what came from a supplier.</summary>
    /// <returns>The message where it is new.</returns>
    private StoredMessage? Show(
        Guid messageId, Guid conversationId, Guid workspaceId, Guid? enquiryId, string text, IReadOnlyList<Card>? cards, IReadOnlyList<Guid> asker, ActivityContext trace)
    {
        if (Find(conversationId, workspaceId) is not { } conversation) return null;
        if (state.Messages.TryGetValue(messageId, out var known))
        {
            Deliver(conversation, known, trace);
            Announce(conversation, pictured: asker);
            return null;
        }

        // Nobody is written to after the end, or against his wish; the operators have it in the supplier's conversation.
        if (conversation.IsClosed || conversation.IsUnwelcome) return null;

        var message = Tell(conversation, messageId, text, cards);
        if (enquiryId is { } answered) AnsweredEnquiries.Add(answered);
        Changed(conversation);
        Announce(conversation, pictured: asker);
        Deliver(conversation, message, trace);
        return message;
    }
}
