using Assistify.ChatService.Conversations;
using Assistify.ChatService.Live;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;
using System.Diagnostics;

namespace Assistify.ChatService.Partitions;

/// <summary>
/// Carries messages through the conversations they belong to: one transaction and two round trips for a whole batch. Saves,
/// commits, then publishes; a crash in between is healed by redelivery, which finds known ids and publishes again.
/// </summary>
internal sealed partial class ConversationPartitionHandler(
    NpgsqlDataSource database,
    IMessagePublisher publisher,
    WorkspaceDirectory workspaces,
    MediaLinks media,
    ReplyClock replies,
    ChangeHints hints,
    ChatMetrics metrics,
    TimeProvider time,
    ILogger<ConversationPartitionHandler> logger) : IPartitionHandler
{
    private const int MostAttempts = 5;

    public async Task Handle(IReadOnlyList<PartitionMessage> batch, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await workspaces.Refresh(cancellationToken);
        var (work, requests) = await Commit(batch, cancellationToken);
        replies.Wake(work.ChangedConversations);
        replies.Wake(work.NewConversations);
        await Publish(work, requests, cancellationToken);
        metrics.BatchHandled(batch.Count, work.NewMessages, time.GetElapsedTime(started));
    }

    private async Task<(PartitionWork Work, List<(ReplyRequested Request, ActivityContext Trace)> Requests)> Commit(
        IReadOnlyList<PartitionMessage> batch, CancellationToken cancellationToken)
    {
        var keys = PartitionKeys.Of(batch, workspaces);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                var state = await PartitionState.Load(connection, keys, cancellationToken);
                var now = time.GetStoredNow();
                var work = new PartitionWork(state, workspaces, media, now);
                work.Run(batch);
                return (work, await PartitionWriter.Commit(connection, work, workspaces, now, cancellationToken));
            }
            catch (PostgresException race) when (attempt < MostAttempts && IsRace(race))
            {
                // Another writer was first with the same customer or conversation: the next look finds it.
                LogRace(race.SqlState, race.ConstraintName, attempt);
            }
        }
    }

    private static bool IsRace(PostgresException failure) => failure.SqlState
        is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.DeadlockDetected;

    private async Task Publish(
        PartitionWork work, List<(ReplyRequested Request, ActivityContext Trace)> requests, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var changes = work.Changes.Values.ToList();
        hints.Raise(changes);

        var confirmed = new List<Task>(requests.Count + work.Deliveries.Count + work.Cancellations.Count + 1);
        foreach (var (request, trace) in requests)
        {
            work.Events.Add(ReplyClock.Asked(request, now));
            confirmed.Add(publisher.Publish(request, cancellationToken, trace));
        }

        foreach (var (message, trace) in work.Cancellations) confirmed.Add(publisher.Publish(message, cancellationToken, trace));
        foreach (var picture in work.Pictures) confirmed.Add(publisher.Publish(picture, cancellationToken));
        foreach (var (message, trace) in work.Answers) confirmed.Add(publisher.Publish(message, cancellationToken, trace));
        foreach (var (message, trace) in work.Questions) confirmed.Add(publisher.Publish(message, cancellationToken, trace));
        foreach (var (message, trace) in work.Refusals) confirmed.Add(publisher.Publish(message, cancellationToken, trace));
        foreach (var (message, trace) in work.Deliveries) confirmed.Add(publisher.Publish(message, cancellationToken, trace));
        foreach (var rating in work.Ratings) confirmed.Add(publisher.Publish(rating, cancellationToken));
        if (work.Events.Count > 0) confirmed.Add(publisher.Publish(new EventsRecorded(work.Events), cancellationToken));

        foreach (var moved in work.TurnsMoved) confirmed.Add(publisher.Broadcast(moved, cancellationToken));
        if (changes.Count > 0) confirmed.Add(publisher.Broadcast(new ConversationsChanged(hints.Origin, changes), cancellationToken));
        await Task.WhenAll(confirmed);
    }

    [LoggerMessage(LogLevel.Information, "Lost a race ({SqlState} on {Constraint}), attempt {Attempt}; trying again")]
    private partial void LogRace(string sqlState, string? constraint, int attempt);
}
