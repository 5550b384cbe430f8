using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Media;

internal sealed record MediaFacts(
    Guid Id, Guid WorkspaceId, Guid? CustomerId, string Sha256, string Kind, string ContentType, string? FileName, long Size);

/// <summary>What was uploaded: facts in the database, contents by their hash (<see cref="IMediaContents"/>).</summary>
internal sealed class StoredMedia(NpgsqlDataSource database)
{
    /// <summary>Holds these contents, hashes in order, until the transaction ends: nobody else keeps or removes them meanwhile.</summary>
    public const string LockContents = "select pg_advisory_xact_lock(('x' || left(hash, 16))::bit(64)::bigint) from unnest($1::text[]) as hash";

    private const string Columns = "id, workspace_id, customer_id, sha256, kind, content_type, file_name, size";

    /// <returns>In the order given; null if one of them is not the caller's to use.</returns>
    public async Task<IReadOnlyList<Attachment>?> Attachments(
        IReadOnlyList<Guid> ids, Guid workspaceId, Guid? customerId, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        await using var command = database.CreateCommand($"select {Columns} from media where id = any($1) and workspace_id = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = workspaceId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<Guid, Attachment>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var media = Read(reader);
            if (customerId is null || media.CustomerId == customerId)
                found[media.Id] = new Attachment(media.Id, media.Kind, media.ContentType, media.FileName, media.Size);
        }

        return ids.All(found.ContainsKey) ? [.. ids.Distinct().Select(id => found[id])] : null;
    }

    public async Task<MediaFacts?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from media where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    /// <summary>Whether the message's attachment will never come: its download failed for good.</summary>
    public async Task<bool> HasFailed(Guid id, Guid messageId, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select m.attachments::text from messages m join conversations c on c.id = m.conversation_id where m.id = $1 and c.workspace_id = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = messageId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = workspaceId });
        return StoredJson.ReadList<Attachment>(await command.ExecuteScalarAsync(cancellationToken) as string).Any(attachment => attachment.Id == id && attachment.Unavailable is not null);
    }

    /// <summary>
    /// Keeps a content and writes its facts, while nobody who erases a customer takes the same content away. Known media stay as they are.
    /// </summary>
    /// <returns>False if the customer is gone; nothing was kept then.</returns>
    public async Task<bool> Add(MediaFacts media, DateTimeOffset at, Func<Task> keep, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (media.CustomerId is { } customerId)
        {
            // Before the content's lock, in the order in which customers are erased.
            await using var customer = new NpgsqlCommand("select 1 from customers where id = $1 for key share", connection);
            customer.Parameters.AddWithValue(customerId);
            if (await customer.ExecuteScalarAsync(cancellationToken) is null) return false;
        }

        await using (var contentLock = new NpgsqlCommand(LockContents, connection))
        {
            contentLock.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [media.Sha256] });
            await contentLock.ExecuteNonQueryAsync(cancellationToken);
        }

        await keep();
        await using var command = new NpgsqlCommand(
            $"insert into media ({Columns}, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing", connection);
        command.Parameters.AddWithValue(media.Id);
        command.Parameters.AddWithValue(media.WorkspaceId);
        command.Parameters.AddWithValue(media.CustomerId ?? (object)DBNull.Value);
        command.Parameters.AddWithValue(media.Sha256);
        command.Parameters.AddWithValue(media.Kind);
        command.Parameters.AddWithValue(media.ContentType);
        command.Parameters.AddWithValue(media.FileName ?? (object)DBNull.Value);
        command.Parameters.AddWithValue(media.Size);
        command.Parameters.AddWithValue(at);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Keeps what was made of a content, while nobody who erases a customer takes the content away.</summary>
    /// <returns>False if the content is gone; nothing was kept then.</returns>
    public async Task<bool> Derive(MediaFacts media, Func<Task> keep, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var contentLock = new NpgsqlCommand(LockContents, connection))
        {
            contentLock.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [media.Sha256] });
            await contentLock.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var look = new NpgsqlCommand("select exists (select 1 from media where sha256 = $1)", connection);
        look.Parameters.AddWithValue(media.Sha256);
        if (await look.ExecuteScalarAsync(cancellationToken) is not true) return false;
        await keep();
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static MediaFacts Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetString(3), reader.GetString(4),
        reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetInt64(7));
}
