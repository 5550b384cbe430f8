using System.Collections.Concurrent;
using System.Threading.Channels;
using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Assistify.ChatService.Live;

/// <summary>
/// Pushes conversations to those who follow them in this replica. What is pushed is read from the database, after the last
/// revision that was pushed, so nothing is missed or overtaken; hints only say when to look.
/// </summary>
internal sealed partial class LiveFeed(
    IHubContext<ConversationsHub> hub, ConversationReader conversations, ChangeHints hints, NpgsqlDataSource database,
    IMessagePublisher publisher, TimeProvider time, ILogger<LiveFeed> logger) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Feed> _feeds = new();
    private readonly Channel<ConversationChange> _changes = Channel.CreateBounded<ConversationChange>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public async Task<long> Subscribe(
        Guid conversationId, string connection, bool customer, long afterRevision, bool isNew, CancellationToken cancellationToken)
    {
        while (true)
        {
            var feed = _feeds.GetOrAdd(conversationId, static id => new Feed(id));
            await feed.Gate.WaitAsync(cancellationToken);
            try
            {
                if (feed.IsOver) continue;
                // Under the gate nothing is pushed: the replay ends where the pushes of the group go on.
                var seen = await Push(feed, cancellationToken);
                await Replay(conversationId, hub.Clients.Client(connection), customer, afterRevision, cancellationToken);
                await hub.Groups.AddToGroupAsync(connection, Group(conversationId, customer), cancellationToken);
                if (isNew) feed.Followers++;
                return seen;
            }
            finally
            {
                EndIfAlone(feed);
                feed.Gate.Release();
            }
        }
    }

    public async Task Unsubscribe(Guid conversationId, string connection, bool customer, CancellationToken cancellationToken)
    {
        await hub.Groups.RemoveFromGroupAsync(connection, Group(conversationId, customer), cancellationToken);
        if (!_feeds.TryGetValue(conversationId, out var feed)) return;
        await feed.Gate.WaitAsync(cancellationToken);
        try
        {
            feed.Followers--;
            EndIfAlone(feed);
        }
        finally
        {
            feed.Gate.Release();
        }
    }

    private void EndIfAlone(Feed feed)
    {
        if (feed.Followers > 0) return;
        feed.IsOver = true;
        _feeds.TryRemove(new KeyValuePair<Guid, Feed>(feed.ConversationId, feed));
    }

    /// <summary>To everybody else who follows the conversation, in every replica.</summary>
    public async Task Typing(Guid conversationId, string connection, AuthorView author, CancellationToken cancellationToken)
    {
        var typing = new SomebodyTypes(hints.Origin, conversationId, author.Type, author.Id, author.Name);
        await ShowTyping(typing, connection);
        await publisher.Broadcast(typing, cancellationToken);
    }

    public async Task ShowTyping(SomebodyTypes typing, string? except = null)
    {
        if (!_feeds.ContainsKey(typing.ConversationId)) return;
        string[] exceptions = except is null ? [] : [except];
        var author = new AuthorView(typing.Who, typing.Id, typing.Name);
        await hub.Clients.GroupExcept(Group(typing.ConversationId, false), exceptions)
            .SendAsync(LiveEvents.Typing, new TypingView(typing.ConversationId, author));
        // Who of the team writes is the customer's business once it is sent.
        await hub.Clients.GroupExcept(Group(typing.ConversationId, true), exceptions)
            .SendAsync(LiveEvents.Typing, new TypingView(typing.ConversationId, new AuthorView(typing.Who)));
    }

    /// <summary>To the other operators who follow the conversation, in every replica.</summary>
    public async Task Presence(Guid conversationId, string connection, AuthorView author, bool here, CancellationToken cancellationToken)
    {
        var looks = new SomebodyLooks(hints.Origin, conversationId, author.Id ?? Guid.Empty, author.Name, here);
        await ShowPresence(looks, connection);
        await publisher.Broadcast(looks, cancellationToken);
    }

    public async Task ShowPresence(SomebodyLooks looks, string? except = null)
    {
        if (!_feeds.ContainsKey(looks.ConversationId)) return;
        string[] exceptions = except is null ? [] : [except];
        await hub.Clients.GroupExcept(Group(looks.ConversationId, false), exceptions).SendAsync(
            LiveEvents.Presence, new PresenceView(looks.ConversationId, new AuthorView("agent", looks.OperatorId, looks.Name), looks.Here));
    }

    public Task Show(ReplyDelta delta) => ToAll(
        delta.ConversationId, LiveEvents.ReplyDelta, new ReplyDeltaView(delta.ConversationId, delta.Version, delta.Index, delta.Text));

    public Task Show(ReplyReset reset) => ToAll(
        reset.ConversationId, LiveEvents.ReplyReset, new ReplyResetView(reset.ConversationId, reset.Version));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hints.Raised += Heard;
        try
        {
            await Task.WhenAll(FollowHints(stoppingToken), LookAround(stoppingToken));
        }
        finally
        {
            hints.Raised -= Heard;
        }
    }

    private void Heard(IReadOnlyList<ConversationChange> changes)
    {
        if (_feeds.IsEmpty) return;
        foreach (var change in changes)
        {
            if (_feeds.ContainsKey(change.ConversationId)) _changes.Writer.TryWrite(change);
        }
    }

    private async Task FollowHints(CancellationToken cancellationToken)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                if (change.Asked) await ShowTyping(new SomebodyTypes(hints.Origin, change.ConversationId, "assistant"));
                await Push(change.ConversationId, change.Revision, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // The next look finds what was not pushed.
                LogFailed(failure.GetType().Name);
            }
        }
    }

    // Hints may be lost; what is followed is looked at each second, all in one query.
    private async Task LookAround(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (_feeds.IsEmpty) continue;
            try
            {
                await using var command = database.CreateCommand("select id, revision from conversations where id = any($1)");
                command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. _feeds.Keys] });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    if (_feeds.TryGetValue(reader.GetGuid(0), out var feed) && reader.GetInt64(1) > Volatile.Read(ref feed.Pushed))
                        _changes.Writer.TryWrite(new ConversationChange(reader.GetGuid(0), default, reader.GetInt64(1)));
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(failure.GetType().Name);
            }
        }
    }

    private async Task Push(Guid conversationId, long revision, CancellationToken cancellationToken)
    {
        if (!_feeds.TryGetValue(conversationId, out var feed) || Volatile.Read(ref feed.Pushed) >= revision) return;
        await feed.Gate.WaitAsync(cancellationToken);
        try
        {
            await Push(feed, cancellationToken);
        }
        finally
        {
            feed.Gate.Release();
        }
    }

    /// <returns>The revision up to which everything is pushed.</returns>
    private async Task<long> Push(Feed feed, CancellationToken cancellationToken)
    {
        // The conversation first: what is committed after it is read is pushed again with the next change, never left out.
        var views = await conversations.Views([feed.ConversationId], cancellationToken);
        if (views is not [var view] || view.Revision <= feed.Pushed) return feed.Pushed;

        if (feed.Followers > 0)
        {
            var messages = await conversations.MessagesSince(feed.ConversationId, feed.Pushed, withPrivate: true, cancellationToken);
            await Send(hub.Clients.Group(Group(feed.ConversationId, false)), view, messages, false, cancellationToken);
            await Send(hub.Clients.Group(Group(feed.ConversationId, true)), view, messages, true, cancellationToken);
        }

        Volatile.Write(ref feed.Pushed, view.Revision);
        return view.Revision;
    }

    private async Task Replay(
        Guid conversationId, IClientProxy client, bool customer, long afterRevision, CancellationToken cancellationToken)
    {
        var views = await conversations.Views([conversationId], cancellationToken);
        if (views is not [var view]) return;
        var messages = await conversations.MessagesSince(conversationId, afterRevision, withPrivate: !customer, cancellationToken);
        await Send(client, view, messages, customer, cancellationToken, withCards: false);
    }

    private async Task Send(
        IClientProxy clients, ConversationView view, List<StoredMessage> messages, bool customer, CancellationToken cancellationToken,
        bool withCards = true)
    {
        foreach (var message in messages)
        {
            if (customer && message.Private) continue;
            var shown = conversations.View(message, customer);
            await clients.SendAsync(LiveEvents.Message, shown, cancellationToken);
            if (withCards && shown.Cards.Count > 0 && message.Sequence == view.LastMessage?.Sequence)
                await clients.SendAsync(LiveEvents.Card, new CardView(view.Id, message.Id, shown.Cards), cancellationToken);
        }

        await clients.SendAsync(LiveEvents.Conversation, customer ? view.ForCustomer() : view, cancellationToken);
    }

    private async Task ToAll(Guid conversationId, string name, object data)
    {
        if (!_feeds.ContainsKey(conversationId)) return;
        await hub.Clients.Groups(Group(conversationId, false), Group(conversationId, true)).SendAsync(name, data);
    }

    private static string Group(Guid conversationId, bool customer) => customer ? $"customer/{conversationId}" : $"operators/{conversationId}";

    private sealed class Feed(Guid conversationId)
    {
        public Guid ConversationId => conversationId;
        public SemaphoreSlim Gate { get; } = new(1, 1);
        public int Followers;
        public long Pushed;
        public bool IsOver;
    }

    [LoggerMessage(LogLevel.Warning, "Pushing changes failed ({Reason}); they are looked for again")]
    private partial void LogFailed(string reason);
}

/// <summary>Somebody writes in a conversation. To every replica; may be lost.</summary>
/// <param name="Id">Of an operator.</param>
public sealed record SomebodyTypes(Guid Origin, Guid ConversationId, string Who, Guid? Id = null, string? Name = null);
