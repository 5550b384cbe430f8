using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Operators.ApiKeys;

/// <param name="Prefix">The visible beginning, by which people tell keys apart.</param>
internal sealed record ApiKey(
    Guid Id, string Name, string Prefix, string Role, Guid CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

/// <summary>Whom a key speaks for: its creator, with the lower of both roles.</summary>
internal sealed record ApiKeyHolder(Guid KeyId, Guid WorkspaceId, Guid OperatorId, string Role, string Name);

/// <summary>API keys: <c>ask_</c>, 8 visible characters, 32 secret ones. Only the hash is kept; 190 bits need no slow hashing.</summary>
internal sealed class ApiKeyStore(NpgsqlDataSource database, TimeProvider time)
{
    private const string Marker = "ask_";
    private const int VisibleLength = 12;

    public async Task<(ApiKey Key, string Secret)> Add(
        Guid workspaceId, Guid createdBy, string name, string role, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secret = Marker + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(30));
        var key = new ApiKey(Guid.CreateVersion7(now), name, secret[..VisibleLength], role, createdBy, now, expiresAt, null, null);
        await using var command = database.CreateCommand(
            """
            insert into api_keys (id, workspace_id, created_by, name, prefix, hash, role, created_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        command.Parameters.AddWithValue(key.Id);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(createdBy);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(key.Prefix);
        command.Parameters.AddWithValue(Hash(secret));
        command.Parameters.AddWithValue(role);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(expiresAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return (key, secret);
    }

    public async Task<IReadOnlyList<ApiKey>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select id, name, prefix, role, created_by, created_at, expires_at, revoked_at, last_used_at
            from api_keys where workspace_id = $1 order by created_at desc, id desc limit 1000
            """);
        command.Parameters.AddWithValue(workspaceId);
        var keys = new List<ApiKey>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(new ApiKey(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetGuid(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6),
                reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return keys;
    }

    /// <returns>The role of the key; null where there is none. Revoking again changes nothing.</returns>
    public async Task<string?> FindRole(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select role from api_keys where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task Revoke(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update api_keys set revoked_at = coalesce(revoked_at, $3) where workspace_id = $1 and id = $2");
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>Null where the key is unknown, has ended or was revoked, or its creator may not sign in any more.</returns>
    public async Task<ApiKeyHolder?> Use(string secret, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand(
            """
            select k.id, k.workspace_id, k.created_by, k.role, u.role, k.name, k.last_used_at is null or k.last_used_at < $3
            from api_keys k join users u on u.id = k.created_by
            where k.hash = $1 and k.revoked_at is null and k.expires_at > $2 and u.disabled_at is null
            """);
        command.Parameters.AddWithValue(Hash(secret));
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now - TimeSpan.FromMinutes(1));
        ApiKeyHolder holder;
        bool note;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken)) return null;
            var (own, creators) = (reader.GetString(3), reader.GetString(4));
            holder = new ApiKeyHolder(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), Roles.Rank(own) < Roles.Rank(creators) ? own : creators, reader.GetString(5));
            note = reader.GetBoolean(6);
        }

        if (note)
        {
            await using var update = database.CreateCommand("update api_keys set last_used_at = $2 where id = $1");
            update.Parameters.AddWithValue(holder.KeyId);
            update.Parameters.AddWithValue(now);
            await update.ExecuteNonQueryAsync(cancellationToken);
        }

        return holder;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
