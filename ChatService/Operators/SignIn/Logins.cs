using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChatService.Operators.SignIn;

/// <param name="Token">The refresh token, known to the browser alone.</param>
internal sealed record Refreshed(Guid LoginId, string Token, DateTimeOffset ExpiresAt, Guid OperatorId, Guid WorkspaceId);

/// <summary>
/// Logins and their refresh tokens. Each use replaces the token. Its successor is a keyed hash of it, so that two tabs which use the same
/// token at once get the same successor without it being stored in the clear. Later use of a replaced token means that somebody has a
/// copy: the whole login ends.
/// </summary>
internal sealed partial class Logins(NpgsqlDataSource database, Secrets secrets, TimeProvider time, ILogger<Logins> logger)
{
    private const int MaxTokenLength = 100;

    /// <summary>A login ends when it was not used for so long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private static readonly TimeSpan s_sameSuccessorFor = TimeSpan.FromSeconds(10);

    public async Task<Refreshed> Begin(Operator person, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var id = Guid.CreateVersion7(now);
        await using var command = database.CreateCommand(
            """
            with ended as (delete from logins where expires_at < $3),
                 begun as (insert into logins (id, user_id, created_at, expires_at) values ($1, $2, $3, $4))
            select 1
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(person.Id);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + Lifetime);
        await command.ExecuteNonQueryAsync(cancellationToken);

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Insert(connection, token, id, now, cancellationToken);
        return new Refreshed(id, token, now + Lifetime, person.Id, person.WorkspaceId);
    }

    /// <returns>Null where the token is unknown, its login ended, or it was used before.</returns>
    public async Task<Refreshed?> Refresh(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > MaxTokenLength) return null;

        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await Find(connection, token, now, cancellationToken) is not { } found) return null;
        if (found.ReplacedAt is { } replacedAt && now - replacedAt > s_sameSuccessorFor)
        {
            await End(connection, found.LoginId, "reused", now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            LogReuse(found.LoginId);
            return null;
        }

        var successor = Base64Url.EncodeToString(secrets.Mac(token, "refresh-token/successor"));
        var expiresAt = now + Lifetime;
        if (found.ReplacedAt is null)
        {
            await Insert(connection, successor, found.LoginId, now, cancellationToken);
            await using var replace = new NpgsqlCommand(
                """
                with replaced as (update refresh_tokens set replaced_at = $2 where hash = $1)
                update logins set expires_at = $4 where id = $3
                """,
                connection);
            replace.Parameters.AddWithValue(Hash(token));
            replace.Parameters.AddWithValue(now);
            replace.Parameters.AddWithValue(found.LoginId);
            replace.Parameters.AddWithValue(expiresAt);
            await replace.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new Refreshed(found.LoginId, successor, expiresAt, found.OperatorId, found.WorkspaceId);
    }

    /// <summary>Signs out; an unknown token is none to sign out.</summary>
    public async Task End(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > MaxTokenLength) return;

        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await Find(connection, token, now, cancellationToken) is not { } found) return;
        await End(connection, found.LoginId, "signed out", now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Signs the operator out wherever he is signed in.</summary>
    public async Task EndAll(Guid operatorId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update logins set ended_at = $2, end_reason = 'signed out everywhere' where user_id = $1 and ended_at is null");
        command.Parameters.AddWithValue(operatorId);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Found?> Find(NpgsqlConnection connection, string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The login's row is locked: of two tabs the second sees what the first did.
        await using var command = new NpgsqlCommand(
            """
            select l.id, t.replaced_at, u.id, u.workspace_id
            from refresh_tokens t join logins l on l.id = t.login_id join users u on u.id = l.user_id
            where t.hash = $1 and l.ended_at is null and l.expires_at > $2 and u.disabled_at is null
            for update of l
            """,
            connection);
        command.Parameters.AddWithValue(Hash(token));
        command.Parameters.AddWithValue(now);
        Guid loginId, operatorId, workspaceId;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken)) return null;
            (loginId, operatorId, workspaceId) = (reader.GetGuid(0), reader.GetGuid(2), reader.GetGuid(3));
        }

        // Read again under the lock: the row above is from before the wait for it.
        await using var again = new NpgsqlCommand("select replaced_at from refresh_tokens where hash = $1", connection);
        again.Parameters.AddWithValue(Hash(token));
        return new Found(loginId, await again.ExecuteScalarAsync(cancellationToken) is DateTime at ? new DateTimeOffset(at) : null, operatorId, workspaceId);
    }

    private static async Task Insert(NpgsqlConnection connection, string token, Guid loginId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into refresh_tokens (hash, login_id, created_at) values ($1, $2, $3)", connection);
        command.Parameters.AddWithValue(Hash(token));
        command.Parameters.AddWithValue(loginId);
        command.Parameters.AddWithValue(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task End(NpgsqlConnection connection, Guid loginId, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("update logins set ended_at = $2, end_reason = $3 where id = $1 and ended_at is null", connection);
        command.Parameters.AddWithValue(loginId);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(reason);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private sealed record Found(Guid LoginId, DateTimeOffset? ReplacedAt, Guid OperatorId, Guid WorkspaceId);

    [LoggerMessage(LogLevel.Warning, "A refresh token of login {LoginId} was used again after it had been replaced: the login has ended")]
    private partial void LogReuse(Guid loginId);
}
