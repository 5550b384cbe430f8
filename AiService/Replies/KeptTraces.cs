using System.Text.Json;
using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.AiService.Replies;

/// <summary>A trace with whose it is.</summary>
internal sealed record KeptTrace(Guid MessageId, Guid ConversationId, Guid CustomerId, Trace Trace);

/// <summary>Reads whole traces, with what was asked, of one workspace.</summary>
internal sealed class KeptTraces(NpgsqlDataSource database)
{
    private const int MostTurns = 50;

    /// <summary>The answers of a conversation that were given, the earliest first.</summary>
    public Task<IReadOnlyList<KeptTrace>> OfConversation(Guid conversationId, Guid workspaceId, CancellationToken cancellationToken) =>
        Read("conversation_id = $1", conversationId, workspaceId, cancellationToken);

    /// <summary>Null where this workspace has no such answer, or its trace is gone.</summary>
    public async Task<KeptTrace?> OfMessage(Guid messageId, Guid workspaceId, CancellationToken cancellationToken) =>
        (await Read("reply_id = $1", messageId, workspaceId, cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<KeptTrace>> Read(string where, Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            SELECT reply_id, conversation_id, customer_id, trace::text FROM traces
            WHERE {where} AND workspace_id = $2 AND trace ->> 'outcome' = 'finished' AND trace ? 'request' ORDER BY version LIMIT $3
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(MostTurns);
        var kept = new List<KeptTrace>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            kept.Add(new KeptTrace(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), JsonSerializer.Deserialize<Trace>(reader.GetString(3), Json.Options)!));
        return kept;
    }
}
