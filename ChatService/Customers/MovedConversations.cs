using Assistify.ChatService.Conversations;
using Assistify.ChatService.Live;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <summary>Those who look at a conversation, or at the list of all, see whose it is now.</summary>
internal sealed class MovedConversations(NpgsqlDataSource database, ChangeHints hints, IMessagePublisher publisher)
{
    /// <summary>Now, as exact as the database keeps it.</summary>
    public static DateTimeOffset Stamp(TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <param name="movedAt">What the conversations were stamped with.</param>
    public async Task Tell(Guid workspaceId, Guid customerId, Guid otherId, DateTimeOffset movedAt, CancellationToken cancellationToken)
    {
        var changes = new List<ConversationChange>();
        await using (var command = database.CreateCommand(
            "select id, revision from conversations where workspace_id = $1 and customer_id in ($2, $3) and changed_at = $4"))
        {
            command.Parameters.AddWithValue(workspaceId);
            command.Parameters.AddWithValue(customerId);
            command.Parameters.AddWithValue(otherId);
            command.Parameters.AddWithValue(movedAt);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) changes.Add(new ConversationChange(reader.GetGuid(0), workspaceId, reader.GetInt64(1)));
        }

        if (changes.Count == 0) return;
        hints.Raise(changes);
        await publisher.Broadcast(new ConversationsChanged(hints.Origin, changes), cancellationToken);
    }
}
