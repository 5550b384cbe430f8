using Assistify.Contracts;
using MassTransit;
using Npgsql;

namespace Assistify.ChannelService.Webhooks;

/// <summary>
/// Forgets a customer: raw webhooks and their addresses, and what was written to him. The ids stay, so that a webhook that comes
/// again is still a duplicate and the ledger keeps its order.
/// </summary>
internal sealed class CustomerErasedConsumer(NpgsqlDataSource database) : IConsumer<CustomerErased>
{
    public async Task Consume(ConsumeContext<CustomerErased> context)
    {
        var erased = context.Message;
        await using var batch = database.CreateBatch();
        Add("DELETE FROM stored_webhooks s USING webhook_logs l WHERE l.workspace_id = $1 AND l.connection_id = s.connection_id AND s.address = ANY($2)", [.. erased.Addresses]);
        Add("DELETE FROM media_jobs j USING webhook_logs l WHERE l.workspace_id = $1 AND l.address = ANY($2) AND j.message_id = l.message_id", [.. erased.Addresses]);
        Add("UPDATE webhook_logs SET raw = NULL, address = NULL WHERE workspace_id = $1 AND address = ANY($2)", [.. erased.Addresses]);
        Add(
            """
            UPDATE deliveries SET body = '', media_url = NULL, payload = NULL, address = 'erased:' || delivery_id,
                status = CASE WHEN status = 0 THEN 7 ELSE status END
            WHERE workspace_id = $1 AND conversation_id = ANY($2) AND status NOT IN (1, 2)
            """, erased.ConversationIds.ToArray());
        await batch.ExecuteNonQueryAsync(context.CancellationToken);

        void Add<T>(string sql, T[] of) => batch.BatchCommands.Add(new NpgsqlBatchCommand(sql)
        {
            Parameters = { Sql.Value(erased.WorkspaceId), Sql.Value(of) },
        });
    }
}
