using System.Security.Claims;
using Assistify.ChatService.Live;
using Assistify.ChatService.Partitions;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Conversations;

/// <summary>Sends commands through the conversation's partition and waits until they are carried out.</summary>
internal sealed class CommandSender(NpgsqlDataSource database, IMessagePublisher publisher, ChangeHints hints, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    public OperatorCommand Command(ClaimsPrincipal user, Conversation conversation, OperatorAction action) => new(
        Guid.CreateVersion7(time.GetUtcNow()), conversation.WorkspaceId, conversation.Id, conversation.Partition,
        action, user.Id(), user.DisplayName(), time.GetUtcNow());

    /// <returns>Null if it was not carried out in time; it may still be.</returns>
    /// <exception cref="ServiceDefaults.BrokerUnavailableException">The broker did not take it.</exception>
    public async Task<CommandRecord?> Send(OperatorCommand command, CancellationToken cancellationToken)
    {
        using var watch = hints.On(command.ConversationId);
        var started = time.GetTimestamp();
        await publisher.Publish(command, cancellationToken);
        while (time.GetElapsedTime(started) < s_patience)
        {
            await watch.Next(s_look, cancellationToken);
            if (await Find(command.CommandId, cancellationToken) is { } record) return record;
        }

        return null;
    }

    private async Task<CommandRecord?> Find(Guid commandId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select id, workspace_id, conversation_id, outcome, effects, version from operator_commands where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = commandId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new CommandRecord(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), (CommandOutcome)reader.GetInt16(3),
                (Effects)reader.GetInt32(4), reader.GetInt64(5))
            : null;
    }
}
