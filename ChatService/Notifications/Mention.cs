using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Notifications;

/// <summary>An operator is named in a private note; stored with the note.</summary>
internal sealed record Mention(Guid UserId, Guid WorkspaceId, Guid ConversationId, Guid MessageId, Guid ActorId)
{
    // Only operators of the workspace can be named, and one who was removed meanwhile is nobody to tell.
    private const string Insert =
        """
        insert into notifications (id, workspace_id, user_id, conversation_id, message_id, actor_id, created_at)
        select v.id, v.workspace_id, v.user_id, v.conversation_id, v.message_id, v.actor_id, $7
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[]) as v(id, workspace_id, user_id, conversation_id, message_id, actor_id)
        join users u on u.id = v.user_id and u.workspace_id = v.workspace_id
        on conflict (id) do nothing
        """;

    public static NpgsqlBatchCommand InsertAll(IReadOnlyList<Mention> mentions, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(Insert);
        command.Uuid(mentions, static m => Identifiers.Derive($"mention/{m.MessageId}/{m.UserId}"));
        command.Uuid(mentions, static m => m.WorkspaceId);
        command.Uuid(mentions, static m => m.UserId);
        command.Uuid(mentions, static m => m.ConversationId);
        command.Uuid(mentions, static m => m.MessageId);
        command.Uuid(mentions, static m => m.ActorId);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }
}
