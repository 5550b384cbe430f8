using System.Collections.Concurrent;
using System.Threading.Channels;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Notifications;
using Assistify.Contracts;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Assistify.ChatService.Live;

/// <summary>
/// Pushes a workspace's conversations to the operators who watch its inbox. Changes that come close together are one push:
/// nobody reads hundreds of them in a second.
/// </summary>
internal sealed partial class InboxFeed(
    IHubContext<ConversationsHub> hub, ConversationReader conversations, ChangeHints hints, NpgsqlDataSource database,
    TimeProvider time, ILogger<InboxFeed> logger) : BackgroundService
{
    private const int MostReplayed = 500;
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(150);

    // An inbox revision is a time in milliseconds, and what was decided before it may be committed after it.
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(10);

    private const string ChangedSince =
        """
        select id from conversations where workspace_id = $1 and changed_at > $2 and sequence > 0 order by changed_at desc limit $3
        """;

    private readonly ConcurrentDictionary<Guid, int> _watchers = new();
    private readonly Channel<ConversationChange> _changes = Channel.CreateBounded<ConversationChange>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public async Task<long> Subscribe(
        Guid workspaceId, string connection, bool isAdmin, long? afterRevision, bool isNew, CancellationToken cancellationToken)
    {
        // Watching first and replaying then may repeat a conversation, and misses none.
        if (isNew) _watchers.AddOrUpdate(workspaceId, 1, static (_, count) => count + 1);
        await hub.Groups.AddToGroupAsync(connection, Group(workspaceId), cancellationToken);
        if (isAdmin) await hub.Groups.AddToGroupAsync(connection, AdminsOf(workspaceId), cancellationToken);
        var now = time.GetUtcNow();
        if (afterRevision is { } after)
        {
            var since = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(after, 0, now.ToUnixTimeMilliseconds())) - s_overlap;
            foreach (var view in await Load(await Changed(workspaceId, since, cancellationToken), now, cancellationToken))
                await hub.Clients.Client(connection).SendAsync(LiveEvents.Conversation, view, cancellationToken);
        }

        return now.ToUnixTimeMilliseconds();
    }

    public void Unsubscribe(Guid workspaceId)
    {
        var left = _watchers.AddOrUpdate(workspaceId, 0, static (_, count) => count - 1);
        if (left <= 0) _watchers.TryRemove(new KeyValuePair<Guid, int>(workspaceId, left));
    }

    /// <summary>Tells the workspace's operators who are here.</summary>
    public Task Notify(ConnectionAlarmed alarm, CancellationToken cancellationToken) => hub.Clients.Group(Group(alarm.WorkspaceId)).SendAsync(
        LiveEvents.Notification,
        new NotificationView("connection", Connection: new ConnectionAlarmView(alarm.ConnectionId, alarm.Channel, alarm.Kind, alarm.Detail, alarm.Since)),
        cancellationToken);

    /// <summary>Tells the workspace's owners and admins who are here: they can do something about it.</summary>
    public Task Notify(QualityDropped dropped, CancellationToken cancellationToken) => hub.Clients.Group(AdminsOf(dropped.WorkspaceId)).SendAsync(
        LiveEvents.Notification, new NotificationView("quality", Quality: new QualityView(dropped.Model, dropped.Accuracy, dropped.Messages)), cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hints.Raised += Heard;
        try
        {
            while (await _changes.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(s_gather, time, stoppingToken);
                await PushGathered(stoppingToken);
            }
        }
        finally
        {
            hints.Raised -= Heard;
        }
    }

    private void Heard(IReadOnlyList<ConversationChange> changes)
    {
        if (_watchers.IsEmpty) return;
        foreach (var change in changes)
        {
            if (_watchers.ContainsKey(change.WorkspaceId)) _changes.Writer.TryWrite(change);
        }
    }

    private async Task PushGathered(CancellationToken cancellationToken)
    {
        var gathered = new Dictionary<Guid, ConversationChange>();
        while (_changes.Reader.TryRead(out var change))
            gathered[change.ConversationId] = change.After(gathered.GetValueOrDefault(change.ConversationId));

        try
        {
            foreach (var change in gathered.Values)
            {
                await Tell(change.Mentioned, Mention.Note, change.ConversationId, cancellationToken);
                await Tell(change.Pictured, Mention.Picture, change.ConversationId, cancellationToken);
            }

            foreach (var view in await Load(gathered.Keys, time.GetUtcNow(), cancellationToken))
            {
                // A conversation without messages is not in the inbox.
                if (view.LastMessage is null) continue;
                var change = gathered[view.Id];
                var watchers = hub.Clients.Group(Group(change.WorkspaceId));
                await watchers.SendAsync(LiveEvents.Conversation, view, cancellationToken);
                if (change.HandedOver)
                    await watchers.SendAsync(LiveEvents.Notification, new NotificationView("handover", view.Id), cancellationToken);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(failure.GetType().Name);
        }
    }

    private async Task Tell(IReadOnlyList<Guid>? operators, string kind, Guid conversationId, CancellationToken cancellationToken)
    {
        if (operators is not { Count: > 0 }) return;
        await hub.Clients.Users([.. operators.Select(static id => id.ToString())])
            .SendAsync(LiveEvents.Notification, new NotificationView(kind, conversationId), cancellationToken);
    }

    private async Task<IEnumerable<ConversationView>> Load(
        IReadOnlyCollection<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? []
            : (await conversations.Views(ids, cancellationToken))
                .OrderBy(static view => view.LastActivityAt)
                .Select(view => view with { InboxRevision = now.ToUnixTimeMilliseconds() });

    private async Task<List<Guid>> Changed(Guid workspaceId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ChangedSince);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(since);
        command.Parameters.AddWithValue(MostReplayed);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    private static string Group(Guid workspaceId) => $"inbox/{workspaceId}";

    private static string AdminsOf(Guid workspaceId) => $"inbox/{workspaceId}/admins";

    [LoggerMessage(LogLevel.Warning, "Pushing the inbox failed ({Reason}); watchers see it with the next change")]
    private partial void LogFailed(string reason);
}
