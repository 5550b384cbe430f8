using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Notifications;

/// <summary>An operator is named in a private note, or a supplier's picture came that he asked for; stored with the note or the card.</summary>
/// <param name="ActorId">The operator who named him, or the supplier.</param>
/// <param name="Kind"><see cref="Note"/> or <see cref="Picture"/>.</param>
internal sealed record Mention(Guid UserId, Guid WorkspaceId, Guid ConversationId, Guid MessageId, Guid ActorId, string Kind = Mention.Note)
{
    public const string Note = "mention";
    public const string Picture = "picture";

    // Only operators of the workspace can be named, and one who was removed meanwhile is nobody to tell.
    private const string Insert =
        """
        insert into notifications (id, workspace_id, user_id, conversation_id, message_id, actor_id, kind, created_at)
        select v.id, v.workspace_id, v.user_id, v.conversation_id, v.message_id, v.actor_id, v.kind, $8
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[])
            as v(id, workspace_id, user_id, conversation_id, message_id, actor_id, kind)
        join users u on u.id = v.user_id and u.workspace_id = v.workspace_id
        on conflict (id) do nothing
        """;

    public static NpgsqlBatchCommand InsertAll(IReadOnlyList<Mention> mentions, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(Insert);
        command.Uuid(mentions, static m => Identifiers.Derive($"{m.Kind}/{m.MessageId}/{m.UserId}"));
        command.Uuid(mentions, static m => m.WorkspaceId);
        command.Uuid(mentions, static m => m.UserId);
        command.Uuid(mentions, static m => m.ConversationId);
        command.Uuid(mentions, static m => m.MessageId);
        command.Uuid(mentions, static m => m.ActorId);
        command.Text(mentions, static m => m.Kind);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }
}
