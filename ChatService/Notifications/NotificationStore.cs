using Assistify.ChatService.Conversations;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Notifications;

/// <summary>Somebody named the operator in a private note, or the picture came that he asked a supplier for.</summary>
/// <param name="Text">The beginning of the note, or what the picture is about.</param>
internal sealed record Notification(
    Guid Id, string Kind, Guid ConversationId, Guid MessageId, AuthorView Actor, string? CustomerName, string Text, DateTimeOffset CreatedAt,
    DateTimeOffset? ReadAt);

/// <summary>The table <c>notifications</c>, each operator's own rows.</summary>
internal sealed class NotificationStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <param name="before">Where the page before ended.</param>
    public async Task<IReadOnlyList<Notification>> List(
        Guid workspaceId, Guid userId, bool unreadOnly, (DateTimeOffset At, Guid Id)? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select n.id, n.conversation_id, n.message_id, n.actor_id, coalesce(m.author_name, a.name), u.name, coalesce(nullif(m.text, ''), m.cards->0->>'title', ''),
                n.created_at, n.read_at, n.kind
            from notifications n
            join messages m on m.id = n.message_id
            join conversations c on c.id = n.conversation_id
            join customers u on u.id = c.customer_id
            left join customers a on n.kind = 'picture' and a.id = n.actor_id and a.workspace_id = n.workspace_id
            where n.workspace_id = $1 and n.user_id = $2 and (not $3 or n.read_at is null)
                and ($4::timestamptz is null or (n.created_at, n.id) < ($4, $5))
            order by n.created_at desc, n.id desc limit $6
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(userId);
        command.Parameters.AddWithValue(unreadOnly);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)before?.At ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.AddWithValue(before?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue(limit);
        var found = new List<Notification>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new Notification(
                reader.GetGuid(0), reader.GetString(9), reader.GetGuid(1), reader.GetGuid(2),
                new AuthorView(reader.GetString(9) == Mention.Picture ? "customer" : "agent", reader.GetGuid(3), reader.IsDBNull(4) ? null : reader.GetString(4)),
                reader.IsDBNull(5) ? null : reader.GetString(5), MessageView.Preview(reader.GetString(6)),
                reader.GetFieldValue<DateTimeOffset>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return found;
    }

    public async Task<long> Unread(Guid workspaceId, Guid userId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select count(*) from notifications where workspace_id = $1 and user_id = $2 and read_at is null");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(userId);
        return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? 0L);
    }

    /// <param name="conversationId">Those of this conversation; all where it is null.</param>
    public async Task Read(Guid workspaceId, Guid userId, Guid? conversationId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update notifications set read_at = $4
            where workspace_id = $1 and user_id = $2 and read_at is null and ($3::uuid is null or conversation_id = $3)
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(userId);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)conversationId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
