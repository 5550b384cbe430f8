using Assistify.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChannelService.Webhooks;

/// <summary>Takes what concerns no conversation: shops' records, demands for data, notices. Each is logged once.</summary>
internal sealed class RecordIntake(NpgsqlDataSource database, WebhookStore store, CustomerErasure erasure, IBroker broker, TimeProvider time)
{
    private const string DataException = "22";

    public async Task<WebhookOutcome> Accept(
        ChannelConnection connection, CommerceItem item, byte[]? raw, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        await using var command = Keep(
            """
            INSERT INTO commerce_records AS r VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (connection_id, kind, resource_id) DO UPDATE
            SET topic = excluded.topic, updated_at = excluded.updated_at, record = excluded.record WHERE r.updated_at <= excluded.updated_at
            """, connection, item, item.UpdatedAt ?? receivedAt);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState.StartsWith(DataException, StringComparison.Ordinal))
        {
            // A number beyond all bounds for instance: no repeat would make it storable.
            return await Log(
                connection, item, WebhookOutcome.Ignored, $"{item.Topic}: not storable", item.Peer, raw, receivedAt, cancellationToken);
        }
        return await Log(connection, item, WebhookOutcome.Accepted, item.Topic, item.Peer, raw, receivedAt, cancellationToken);
    }

    /// <summary>Takes a record that the provider was asked for, where no webhook brought it as it stands now. Who was erased since it changed stays erased.</summary>
    /// <returns><see cref="WebhookOutcome.Duplicate"/> where it was known.</returns>
    public async Task<WebhookOutcome> Complete(
        ChannelConnection connection, CommerceItem item, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        await using var command = Keep(
            """
            INSERT INTO commerce_records AS r SELECT $1, $2, $3, $4, $5, $6
            WHERE NOT EXISTS (
                SELECT 1 FROM webhook_logs
                WHERE connection_id = $1 AND outcome = 'accepted' AND received_at >= $5 AND reason = 'customers/redact' AND 'customer/' || address = $7)
            ON CONFLICT (connection_id, kind, resource_id) DO UPDATE
            SET topic = excluded.topic, updated_at = excluded.updated_at, record = excluded.record WHERE r.updated_at < excluded.updated_at
            """, connection, item, item.UpdatedAt ?? receivedAt);
        command.Parameters.Add(Sql.Text(item.Peer));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 0
            ? WebhookOutcome.Duplicate
            : await Log(connection, item, WebhookOutcome.Accepted, $"{item.Topic}: fetched", item.Peer, null, receivedAt, cancellationToken);
    }

    private NpgsqlCommand Keep(string sql, ChannelConnection connection, CommerceItem item, DateTimeOffset updatedAt)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(Sql.Value(connection.Id));
        // products/update and products/delete are about the same thing.
        command.Parameters.Add(Sql.Value(item.Topic.Split('/')[0]));
        command.Parameters.Add(Sql.Value(item.ResourceId));
        command.Parameters.Add(Sql.Value(item.Topic));
        command.Parameters.Add(Sql.Time(updatedAt));
        command.Parameters.Add(new NpgsqlParameter { Value = item.Record, NpgsqlDbType = NpgsqlDbType.Jsonb });
        return command;
    }

    public async Task<WebhookOutcome> Accept(
        ChannelConnection connection, ComplianceItem item, byte[]? raw, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        // Before it is logged, so that a crash in between leaves nothing that makes the repeat a duplicate.
        if (item.Erase is { } traces)
        {
            await erasure.Run(connection, traces, cancellationToken);
            await broker.Publish(
                new CustomerErasureDemanded(connection.WorkspaceId, connection.Id, connection.Channel, traces.Peer, receivedAt), default, cancellationToken);
        }

        // The demand to erase names the person: it is kept without that.
        return await Log(
            connection, item, WebhookOutcome.Accepted, item.Topic, item.ResourceId, item.Erase is null ? raw : null, receivedAt, cancellationToken);
    }

    public Task<WebhookOutcome> Accept(
        ChannelConnection connection, NoticeItem item, byte[]? raw, DateTimeOffset receivedAt, CancellationToken cancellationToken) =>
        Log(
            connection, item, WebhookOutcome.Ignored, item.Detail is null ? item.Kind : $"{item.Kind}: {item.Detail}", item.Peer, raw, receivedAt,
            cancellationToken);

    private async Task<WebhookOutcome> Log(
        ChannelConnection connection, WebhookItem item, WebhookOutcome outcome, string reason, string? address, byte[]? raw, DateTimeOffset receivedAt,
        CancellationToken cancellationToken)
    {
        var fresh = await store.Add(
            new WebhookRow(
                Guid.CreateVersion7(time.GetUtcNow()), connection, connection.Channel, outcome, receivedAt, reason, item.ExternalId, Address: address,
                Raw: raw, AcceptId: Identifiers.Derive($"record/{connection.Id}/{item.ExternalId}")),
            cancellationToken);
        return fresh ? outcome : WebhookOutcome.Duplicate;
    }
}
