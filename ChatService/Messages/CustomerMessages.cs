using System.Security.Claims;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Live;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Messages;

/// <summary>Sends customers' messages into their conversations and follows what becomes of them.</summary>
internal sealed class CustomerMessages(
    IMessagePublisher publisher, MessageOutcomes outcomes, ConversationReader conversations, ChangeHints hints, WorkspaceDirectory workspaces,
    IOptions<ChatOptions> options, TimeProvider time)
{
    /// <param name="clientMessageId">The same one makes the same message, however often and wherever it arrives.</param>
    public MessageExchange Begin(
        ClaimsPrincipal user, Conversation conversation, string text, IReadOnlyList<Attachment> attachments, string? clientMessageId,
        PageContext? page = null)
    {
        var now = time.GetUtcNow();
        var id = clientMessageId is null
            ? Guid.CreateVersion7(now)
            : Identifiers.Derive($"client-message/{conversation.WorkspaceId}/{conversation.CustomerId}/{clientMessageId}");
        var web = conversation.Channel == Channels.Web;
        var received = new CustomerMessageReceived(
            id, conversation.WorkspaceId, conversation.ConnectionId, conversation.Channel, conversation.Partition,
            new CustomerAddress(conversation.Channel, conversation.Address), new MessageContent(text, attachments, Page: page), now,
            web ? BurstWait(conversation.WorkspaceId) : TimeSpan.Zero, ConversationId: conversation.Id);
        return new MessageExchange(
            received, mayBeKnown: clientMessageId is not null, user.IsCustomer(), publisher, outcomes, conversations, hints, time);
    }

    private TimeSpan BurstWait(Guid workspaceId) =>
        workspaces.Find(workspaceId)?.WebBurstWait ?? TimeSpan.FromMilliseconds(options.Value.WebBurstWaitMs);
}

/// <summary>One message on its way to its answer.</summary>
internal sealed class MessageExchange(
    CustomerMessageReceived message, bool mayBeKnown, bool forCustomer, IMessagePublisher publisher, MessageOutcomes outcomes,
    ConversationReader conversations, ChangeHints hints, TimeProvider time) : IDisposable
{
    /// <summary>A lost hint costs no more than this.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private ChangeHints.Watch _watch = hints.On(message.ConversationId!.Value);

    public Guid MessageId => message.MessageId;

    /// <summary>Another message was stored under the id of this one.</summary>
    public bool IsConflict { get; private set; }

    /// <returns>False if another message has its id.</returns>
    public async Task<bool> Send(CancellationToken cancellationToken)
    {
        if (mayBeKnown && await Look(cancellationToken) is not null) return !IsConflict;
        await publisher.Publish(message, cancellationToken);
        return true;
    }

    /// <summary>Waits for the answer.</summary>
    /// <returns>What is known in the end; null if the message is not stored yet.</returns>
    public Task<MessageOutcome?> Settled(TimeSpan patience, CancellationToken cancellationToken) =>
        Until(static outcome => outcome.IsSettled, patience, cancellationToken);

    /// <summary>Waits until the message is stored.</summary>
    public Task<MessageOutcome?> Stored(TimeSpan patience, CancellationToken cancellationToken) =>
        Until(static _ => true, patience, cancellationToken);

    private async Task<MessageOutcome?> Until(Func<MessageOutcome, bool> enough, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var outcome = await Look(cancellationToken);
            var left = patience - time.GetElapsedTime(started);
            if ((outcome is not null && enough(outcome)) || IsConflict || left <= TimeSpan.Zero) return outcome;
            while (!(await _watch.Next(left < s_look ? left : s_look, cancellationToken)).IsChange)
            {
            }
        }
    }

    /// <summary>The next thing to happen, or a change for the sake of looking.</summary>
    public Task<LiveEvent> Next(CancellationToken cancellationToken) => _watch.Next(s_look, cancellationToken);

    public async Task<MessageOutcome?> Look(CancellationToken cancellationToken)
    {
        var outcome = await outcomes.Read(message.MessageId, message.WorkspaceId, cancellationToken);
        if (outcome is null) return null;

        IsConflict = outcome.Message.Text != message.Content.Text
            || outcome.Message.Attachments is null != (message.Content.Attachments is not { Count: > 0 })
            || !StoredJson.ReadList<Attachment>(outcome.Message.Attachments).Select(static a => a.Id)
                .SequenceEqual((message.Content.Attachments ?? []).Select(static a => a.Id));
        if (outcome.Message.ConversationId != _watch.ConversationId)
        {
            // The conversation was closed and the message opened another: from here on that one is followed.
            _watch.Dispose();
            _watch = hints.On(outcome.Message.ConversationId);
        }

        return outcome;
    }

    public ProcessMessageResponse Response(MessageOutcome outcome) => new(
        outcome.Message.ConversationId, View(outcome.Message), outcome.Reply is { } reply ? View(reply) : null);

    public MessageView View(StoredMessage stored) => conversations.View(stored, forCustomer);

    public void Dispose() => _watch.Dispose();
}
