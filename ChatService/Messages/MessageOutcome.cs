using Assistify.ChatService.Conversations;
using Npgsql;

namespace Assistify.ChatService.Messages;

/// <summary>A customer's message and what became of it.</summary>
/// <param name="PeopleAnswer">People hold the turn, or the conversation is closed: no answer is to be waited for.</param>
internal sealed record MessageOutcome(StoredMessage Message, StoredMessage? Reply, bool PeopleAnswer)
{
    public bool IsSettled => Reply is not null || PeopleAnswer;
}

internal sealed class MessageOutcomes(NpgsqlDataSource database)
{
    private const string Find =
        $"""
        select {MessageRows.Columns}, c.status = 2 or c.turn = 1
        from messages m join conversations c on c.id = m.conversation_id
        where m.id = $1 and m.workspace_id = $2
        """;

    // The next answer is the one: a burst of messages shares it, and an answer to an older version was not stored.
    private const string FindReply =
        $"""
        select {MessageRows.Columns}
        from messages q join messages m on m.conversation_id = q.conversation_id and m.sequence > q.sequence
        where q.id = $1 and q.workspace_id = $2 and not m.private and m.author in (1, 2)
        order by m.sequence limit 1
        """;

    /// <returns>Null while the message is not stored.</returns>
    public async Task<MessageOutcome?> Read(Guid messageId, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Query(Find, messageId, workspaceId));
        batch.BatchCommands.Add(Query(FindReply, messageId, workspaceId));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;

        var message = MessageRows.Read(reader);
        var peopleAnswer = reader.GetBoolean(MessageRows.Count);
        await reader.NextResultAsync(cancellationToken);
        var reply = await reader.ReadAsync(cancellationToken) ? MessageRows.Read(reader) : null;
        return new MessageOutcome(message, reply, peopleAnswer);
    }

    private static NpgsqlBatchCommand Query(string sql, Guid messageId, Guid workspaceId) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = messageId },
            new NpgsqlParameter<Guid> { TypedValue = workspaceId },
        },
    };
}
