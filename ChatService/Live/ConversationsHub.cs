using Assistify.ChatService.Conversations;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Assistify.ChatService.Live;

/// <summary>
/// Live push: <c>message</c>, <c>conversation</c>, <c>replyDelta</c>, <c>replyReset</c>, <c>typing</c>, <c>presence</c>, <c>card</c>,
/// <c>notification</c>, <c>jobReady</c>. Whoever comes back names the last revision he saw and gets what changed since.
/// </summary>
[Authorize(Policies.Participant)]
internal sealed class ConversationsHub(LiveFeed feed, InboxFeed inbox, ConversationReader conversations) : Hub
{
    private const int MostSubscriptions = 200;

    /// <returns>The conversation's revision up to which everything was or is being sent.</returns>
    public async Task<SubscribedView> Subscribe(Guid conversationId, long? afterRevision = null)
    {
        if (await conversations.Find(User, conversationId, Context.ConnectionAborted) is null) throw NotFound();
        if (Subscriptions.Count >= MostSubscriptions) throw new HubException("Too many subscriptions on one connection.");

        // Calls of one connection come one after the other.
        var isNew = !Subscriptions.Contains(conversationId);
        var revision = await feed.Subscribe(
            conversationId, Context.ConnectionId, User.IsCustomer(), afterRevision ?? 0, isNew, Context.ConnectionAborted);
        Subscriptions.Add(conversationId);
        return new SubscribedView(revision);
    }

    public async Task Unsubscribe(Guid conversationId)
    {
        await Left(conversationId, Context.ConnectionAborted);
        if (Subscriptions.Remove(conversationId))
            await feed.Unsubscribe(conversationId, Context.ConnectionId, User.IsCustomer(), Context.ConnectionAborted);
    }

    /// <summary>For operators: every conversation of the workspace as it changes.</summary>
    /// <returns>The inbox's revision; events carry theirs as <c>inboxRevision</c>.</returns>
    public async Task<SubscribedView> SubscribeInbox(long? afterRevision = null)
    {
        if (!User.IsAtLeast(Roles.Viewer)) throw NotFound();
        var isNew = Inboxes.Add(User.WorkspaceId());
        return new SubscribedView(await inbox.Subscribe(
            User.WorkspaceId(), Context.ConnectionId, User.IsAtLeast(Roles.Admin), afterRevision, isNew, Context.ConnectionAborted));
    }

    /// <summary>Shows the others in the conversation that the caller is writing.</summary>
    public async Task Typing(Guid conversationId)
    {
        // Only who follows a conversation writes in it, which also spares looking his rights up for every key he presses.
        if (!Subscriptions.Contains(conversationId)) throw NotFound();
        await feed.Typing(conversationId, Context.ConnectionId, Author, Context.ConnectionAborted);
    }

    /// <summary>
    /// Shows the other operators in the conversation that the caller looks at it. Nothing remembers that: it is said again while it
    /// lasts, and to whoever is new.
    /// </summary>
    public async Task Viewing(Guid conversationId)
    {
        if (User.IsCustomer() || !Subscriptions.Contains(conversationId)) throw NotFound();
        Viewed.Add(conversationId);
        await feed.Presence(conversationId, Context.ConnectionId, Author, here: true, Context.ConnectionAborted);
    }

    /// <summary>The caller does not look at it any more.</summary>
    public Task Left(Guid conversationId) => Left(conversationId, Context.ConnectionAborted);

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var conversationId in Viewed.ToList()) await Left(conversationId, CancellationToken.None);
        foreach (var conversationId in Subscriptions)
            await feed.Unsubscribe(conversationId, Context.ConnectionId, User.IsCustomer(), CancellationToken.None);
        foreach (var workspaceId in Inboxes) inbox.Unsubscribe(workspaceId);
        await base.OnDisconnectedAsync(exception);
    }

    private System.Security.Claims.ClaimsPrincipal User => Context.User ?? throw NotFound();

    private HashSet<Guid> Subscriptions => Kept("subscriptions");

    private HashSet<Guid> Inboxes => Kept("inboxes");

    private HashSet<Guid> Viewed => Kept("viewed");

    private AuthorView Author => User.IsCustomer() ? new AuthorView("customer") : new AuthorView("agent", User.Id(), User.DisplayName());

    private async Task Left(Guid conversationId, CancellationToken cancellationToken)
    {
        if (Viewed.Remove(conversationId)) await feed.Presence(conversationId, Context.ConnectionId, Author, here: false, cancellationToken);
    }

    private HashSet<Guid> Kept(string name)
    {
        if (Context.Items.TryGetValue(name, out var kept) && kept is HashSet<Guid> set) return set;
        set = [];
        Context.Items[name] = set;
        return set;
    }

    private static HubException NotFound() => new("There is no such conversation.");
}

internal sealed record SubscribedView(long Revision);
