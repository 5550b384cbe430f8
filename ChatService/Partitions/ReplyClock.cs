using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Live;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Partitions;

/// <summary>
/// Asks the assistant when a conversation's due time has come: after a burst, and again while a request stays without an
/// answer. The due times are in the database, so any replica can do it and none has to remember; this one's own are known
/// here to be on time, others' are found by looking each second.
/// </summary>
internal sealed partial class ReplyClock(
    NpgsqlDataSource database,
    IMessagePublisher publisher,
    ChangeHints hints,
    WorkspaceDirectory workspaces,
    TimeProvider time,
    ILogger<ReplyClock> logger) : BackgroundService
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private const string TakeDue =
        $"""
        with due as (
            select id from conversations where due_at <= $1 order by due_at limit $3 for update skip locked)
        update conversations c set due_at = $2, asked_version = c.version
        from due, customers u
        where c.id = due.id and u.id = c.customer_id
        returning {ConversationRows.Columns}, u.name, u.locale
        """;

    private const string NextDue = "select min(due_at) from conversations where due_at is not null";

    private readonly Lock _lock = new();
    private TaskCompletionSource _woken = New();
    private DateTimeOffset _next = DateTimeOffset.MaxValue;

    /// <summary>These conversations' due times may be earlier than what the clock waits for.</summary>
    public void Wake(IReadOnlyList<Conversation> conversations)
    {
        foreach (var conversation in conversations)
        {
            if (conversation.DueAt is { } due && conversation.AskedVersion != conversation.Version) Wake(due);
        }
    }

    private void Wake(DateTimeOffset due)
    {
        lock (_lock)
        {
            if (due >= _next) return;
            _next = due;
            _woken.TrySetResult();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await AskDue(stoppingToken) == MostAtOnce)
                {
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the due times stay in the database and are looked at again.
                LogFailed(failure.GetType().Name);
            }

            await Wait(stoppingToken);
        }
    }

    /// <summary>One pass; public to tests, which have no time to wait.</summary>
    internal async Task<int> AskDue(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var asks = await Take(connection, now, cancellationToken);
        if (asks.Count == 0)
        {
            await LookAhead(connection, now, cancellationToken);
            return 0;
        }

        await workspaces.Refresh(cancellationToken);
        List<(ReplyRequested Request, ActivityContext Trace)> requests;
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(ReplyAsk.LoadHistory(asks, workspaces, now));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            requests = await ReplyAsk.ReadRequests(reader, asks, workspaces, now, cancellationToken);
        }

        try
        {
            var confirmed = requests.Select(request => publisher.Publish(request.Request, cancellationToken, request.Trace)).ToList();
            confirmed.Add(publisher.Publish(
                new EventsRecorded([.. requests.Select(request => Asked(request.Request, now))]), cancellationToken));
            await Task.WhenAll(confirmed);
        }
        catch
        {
            await Postpone(connection, asks, now + s_poll);
            throw;
        }

        var changes = asks.ConvertAll(static ask => new ConversationChange(
            ask.Conversation.Id, ask.Conversation.WorkspaceId, ask.Conversation.Revision, Asked: true));
        hints.Raise(changes);
        await publisher.Broadcast(new ConversationsChanged(hints.Origin, changes), cancellationToken);
        return asks.Count;
    }

    public static RecordedEvent Asked(ReplyRequested request, DateTimeOffset at) => new(
        Identifiers.Derive($"{nameof(ReplyRequested)}/{request.ConversationId}/{request.Version}"), nameof(ReplyRequested),
        request.WorkspaceId, request.ConversationId, request.CustomerId, request.Channel, request.Unanswered[^1], at,
        new EventDetails(Status: request.AnswerWanted ? null : "understand"));

    private static async Task<List<ReplyAsk>> Take(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TakeDue, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now + Conversation.AskAgainAfter });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostAtOnce });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var asks = new List<ReplyAsk>();
        while (await reader.ReadAsync(cancellationToken)) asks.Add(ReplyAsk.Read(reader));
        return asks;
    }

    private async Task LookAhead(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(NextDue, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is DateTime next && next > now.UtcDateTime) Wake(new DateTimeOffset(next, TimeSpan.Zero));
    }

    // The requests may not have gone out: soon is better than half a minute.
    private async Task Postpone(NpgsqlConnection connection, List<ReplyAsk> asks, DateTimeOffset due)
    {
        try
        {
            await using var command = new NpgsqlCommand(
                "update conversations set due_at = $2 where id = any($1) and due_at > $2", connection);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. asks.Select(static ask => ask.Conversation.Id)] });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = due });
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException failure)
        {
            LogFailed(failure.GetType().Name);
        }
    }

    /// <summary>Until the next due time that is known here, or the next poll.</summary>
    private async Task Wait(CancellationToken cancellationToken)
    {
        var poll = time.GetUtcNow() + s_poll;
        while (true)
        {
            Task woken;
            TimeSpan wait;
            lock (_lock)
            {
                wait = (_next < poll ? _next : poll) - time.GetUtcNow();
                if (wait <= TimeSpan.Zero)
                {
                    // Its time has come; the pass that follows finds the one after it.
                    _next = DateTimeOffset.MaxValue;
                    return;
                }

                if (_woken.Task.IsCompleted) _woken = New();
                woken = _woken.Task;
            }

            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(woken, Task.Delay(wait, time, timer.Token));
            await timer.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "Asking for due answers failed ({Reason}); looking again in a second")]
    private partial void LogFailed(string reason);
}
