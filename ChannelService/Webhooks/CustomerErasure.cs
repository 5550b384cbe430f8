using Npgsql;

namespace Assistify.ChannelService.Webhooks;

/// <summary>Takes a customer out of what this service keeps: raw webhooks, what was written to the customer, and the shop's records.</summary>
internal sealed partial class CustomerErasure(NpgsqlDataSource database, ILogger<CustomerErasure> logger)
{
    public async Task Run(ChannelConnection connection, CustomerTraces traces, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command("UPDATE webhook_logs SET raw = NULL WHERE connection_id = $1 AND address = $2 AND raw IS NOT NULL", traces.Peer));

        // The rows stay without text: later deliveries of a conversation are ordered behind them.
        batch.BatchCommands.Add(Command(
            """
            UPDATE deliveries SET body = '', media_url = NULL, payload = NULL
            WHERE connection_id = $1 AND address = $2 AND status >= 3 AND (body <> '' OR payload IS NOT NULL)
            """,
            traces.Peer));
        var records = Command(
            """
            DELETE FROM commerce_records WHERE connection_id = $1 AND (
                kind = 'customers' AND resource_id = $2 OR kind = 'orders' AND resource_id = ANY($3) OR record->'customer'->>'id' = $2)
            """,
            traces.CustomerId);
        records.Parameters.Add(Sql.Value(traces.Orders.ToArray()));
        batch.BatchCommands.Add(records);
        var rows = await batch.ExecuteNonQueryAsync(cancellationToken);
        LogErased(connection.Id, rows);

        NpgsqlBatchCommand Command(string sql, string whose) => new(sql) { Parameters = { Sql.Value(connection.Id), Sql.Value(whose) } };
    }

    [LoggerMessage(LogLevel.Information, "A customer of connection {ConnectionId} was erased from {Rows} rows")]
    private partial void LogErased(Guid connectionId, int rows);
}
