using Assistify.ChatService.Media;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <summary>
/// Everything with a text or an address of the customer goes: messages, conversations, identifiers, media, and what other services
/// keep of him. They are told, and contents go, before this service commits: what fails in between is healed by repeating the call.
/// </summary>
internal sealed class CustomerEraser(NpgsqlDataSource database, IMessagePublisher publisher, IMediaContents contents)
{
    /// <returns>False if there is no such customer.</returns>
    public async Task<bool> Erase(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if ((await CustomerLocks.Lock(connection, workspaceId, [id], cancellationToken)).Count == 0) return false;

        // Those who were merged into him are the same person.
        const string Person = "(select u.id from customers u where u.id = $1 or u.merged_into = $1)";
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var sql in (ReadOnlySpan<string>)
        [
            "select u.id, null, null from customers u where u.id = $1 or u.merged_into = $1",
            $"select null, id, address from conversations where customer_id in {Person} order by id for update",
            $"select null, null, value from customer_identifiers where customer_id in {Person}",
            $"""
            delete from early_changes e using conversations c
            where e.workspace_id = c.workspace_id and e.connection_id = c.connection_id and e.address = c.address and c.customer_id in {Person}
            """,
            $"delete from operator_commands o using conversations c where o.conversation_id = c.id and c.customer_id in {Person}",
            $"delete from conversations where customer_id in {Person}",
            $"delete from media m where m.customer_id in {Person} returning null, null, null, m.sha256",
            "delete from customers where id = $1 or merged_into = $1",
        ])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } } });
        }

        var hashes = new SortedSet<string>(StringComparer.Ordinal);
        var (customers, conversations, addresses) = (new List<Guid>(), new List<Guid>(), new HashSet<string>());
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            do
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    if (reader.FieldCount == 4) hashes.Add(reader.GetString(3));
                    if (!reader.IsDBNull(0)) customers.Add(reader.GetGuid(0));
                    if (!reader.IsDBNull(1)) conversations.Add(reader.GetGuid(1));
                    if (!reader.IsDBNull(2)) addresses.Add(reader.GetString(2));
                }
            }
            while (await reader.NextResultAsync(cancellationToken));
        }

        // First what may be away: nobody has been told of anything then.
        await contents.Remove(await Unused(connection, [.. hashes], cancellationToken), cancellationToken);
        await publisher.Publish(new CustomerErased(workspaceId, customers, conversations, [.. addresses]), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>What nobody else has. Locked before it is looked at, so that nobody who brings the same content just now loses it.</summary>
    private static async Task<List<string>> Unused(NpgsqlConnection connection, string[] hashes, CancellationToken cancellationToken)
    {
        if (hashes.Length == 0) return [];
        await using (var contentLock = new NpgsqlCommand(StoredMedia.LockContents, connection))
        {
            contentLock.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = hashes });
            await contentLock.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var look = new NpgsqlCommand("select hash from unnest($1::text[]) as hash where not exists (select 1 from media where sha256 = hash)", connection);
        look.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = hashes });
        await using var reader = await look.ExecuteReaderAsync(cancellationToken);
        var unused = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) unused.Add(reader.GetString(0));
        return unused;
    }

    /// <summary>The customer who is known by an identifier.</summary>
    public async Task<Guid?> Find(Guid workspaceId, string kind, string value, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select customer_id from customer_identifiers where workspace_id = $1 and kind = $2 and value = $3");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(value);
        return (Guid?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
