using System.Security.Cryptography;
using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChatService.Operators.TwoFactor;

/// <summary>Operators' second factor. The secret is encrypted, bound to its user; a code is accepted once.</summary>
internal sealed class TotpStore(NpgsqlDataSource database, Secrets secrets, TimeProvider time)
{
    /// <returns>Null where a second factor is in use already; one that was never confirmed is replaced.</returns>
    public async Task<byte[]?> Enroll(Guid userId, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(TotpCode.SecretSize);
        await using var command = database.CreateCommand(
            "update users set totp_secret = $2, totp_last_step = null where id = $1 and totp_confirmed_at is null");
        command.Parameters.AddWithValue(userId);
        command.Parameters.AddWithValue(secrets.Protect(secret, Purpose(userId)));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1 ? secret : null;
    }

    /// <returns>False where the code is wrong, or nothing waits to be confirmed.</returns>
    public Task<bool> Confirm(Guid userId, string code, CancellationToken cancellationToken) =>
        Use(userId, code, "totp_last_step = $2, totp_confirmed_at = $3", confirmed: false, cancellationToken);

    /// <returns>False where the code is wrong or was used before.</returns>
    public Task<bool> Disable(Guid userId, string code, CancellationToken cancellationToken) =>
        Use(userId, code, "totp_last_step = null, totp_confirmed_at = null, totp_secret = null", confirmed: true, cancellationToken);

    public async Task<bool> IsNeeded(Guid userId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select totp_confirmed_at is not null from users where id = $1");
        command.Parameters.AddWithValue(userId);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <returns>False where the code is wrong or was used before.</returns>
    public Task<bool> Use(Guid userId, string code, CancellationToken cancellationToken) =>
        Use(userId, code, "totp_last_step = $2", confirmed: true, cancellationToken);

    /// <summary>Whether the token comes of a sign-in: an API key's may not touch its creator's second factor.</summary>
    public async Task<bool> IsSignedIn(Guid userId, Guid? loginId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select from logins where id = $2 and user_id = $1 and ended_at is null)");
        command.Parameters.AddWithValue(userId);
        command.Parameters.AddWithValue(loginId ?? Guid.Empty);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    // Of two sign-ins with the same code one finds that the other was first.
    private async Task<bool> Use(Guid userId, string code, string change, bool confirmed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await Secret(userId, confirmed, cancellationToken) is not { } secret || TotpCode.Find(secret, code, now) is not { } step) return false;

        await using var command = database.CreateCommand(
            $"update users set {change} where id = $1 and coalesce(totp_last_step, 0) < $2 and $3::timestamptz is not null");
        command.Parameters.AddWithValue(userId);
        command.Parameters.AddWithValue(step);
        command.Parameters.AddWithValue(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private async Task<byte[]?> Secret(Guid userId, bool confirmed, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select totp_secret from users where id = $1 and (totp_confirmed_at is not null) = $2");
        command.Parameters.AddWithValue(userId);
        command.Parameters.AddWithValue(confirmed);
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] stored ? secrets.Unprotect(stored, Purpose(userId)) : null;
    }

    private static string Purpose(Guid userId) => $"user/{userId}/totp";
}
