using Assistify.Contracts;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Assistants;

/// <summary>Keeps what a customer said of a conversation, for the figures of a canary; the last word counts.</summary>
internal sealed class ConversationRatedConsumer(NpgsqlDataSource database) : IConsumer<ConversationRated>
{
    public Task Consume(ConsumeContext<ConversationRated> context) => Keep(context.Message, context.CancellationToken);

    internal async Task Keep(ConversationRated rated, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO conversation_ratings AS r (conversation_id, workspace_id, customer_id, score, rated_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (conversation_id) DO UPDATE SET score = excluded.score, rated_at = excluded.rated_at WHERE r.rated_at <= excluded.rated_at
            """);
        command.Parameters.AddWithValue(rated.ConversationId);
        command.Parameters.AddWithValue(rated.WorkspaceId);
        command.Parameters.AddWithValue(rated.CustomerId);
        command.Parameters.AddWithValue(NpgsqlDbType.Smallint, (short)rated.Score);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, rated.RatedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
