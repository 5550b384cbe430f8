using System.Security.Cryptography;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Operators.Keys;

/// <summary>
/// The keys of the access tokens, shared by all instances through the database, private parts encrypted. A key signs for 90 days; it
/// stays published until the last web customer's token that it signed has ended.
/// </summary>
internal sealed partial class SigningKeys(NpgsqlDataSource database, Secrets secrets, TimeProvider time, ILogger<SigningKeys> logger)
    : ITokenKeys, IDisposable
{
    private static readonly TimeSpan s_signsFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan s_publishedFor = s_signsFor + TimeSpan.FromDays(31);
    private static readonly TimeSpan s_minInterval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reading = new(1);
    private volatile Dictionary<string, TokenKey> _keys = [];
    private volatile TokenKey? _signing;
    private long _readAt;

    public IEnumerable<PublicTokenKey> Published => _keys.Values.Select(key => key.Public);

    public TokenKey Signing() => _signing ?? throw new InvalidOperationException("The signing key has not been read yet.");

    /// <summary>Reads the keys; where none is young enough, one instance makes one and the others find it.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var oneAtATime = new NpgsqlCommand("select pg_advisory_xact_lock(5171)", connection))
            await oneAtATime.ExecuteNonQueryAsync(cancellationToken);

        await Read(connection, cancellationToken);
        if (_signing is null)
        {
            using var made = TokenKey.Create();
            await using var insert = new NpgsqlCommand("insert into signing_keys (id, private_key, created_at) values ($1, $2, $3)", connection);
            insert.Parameters.AddWithValue(made.Id);
            insert.Parameters.AddWithValue(secrets.Protect(made.ExportPrivateKey(), Purpose(made.Id)));
            insert.Parameters.AddWithValue(time.GetUtcNow());
            await insert.ExecuteNonQueryAsync(cancellationToken);
            await Read(connection, cancellationToken);
            LogMade(made.Id);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(keyId, out var known)) return known;

        // Another instance may have made it; forged ids must not cost a query each.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (time.GetElapsedTime(_readAt) < s_minInterval) return _keys.GetValueOrDefault(keyId);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await Read(connection, cancellationToken);
        }
        catch (Exception exception) when (Failures.IsUnavailable(exception))
        {
            // The keys that are known stay good while the database is away.
        }
        finally
        {
            _reading.Release();
        }

        return _keys.GetValueOrDefault(keyId);
    }

    public void Dispose() => _reading.Dispose();

    private static string Purpose(string keyId) => $"signing-key/{keyId}";

    private async Task Read(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var command = new NpgsqlCommand(
            "select id, private_key, created_at from signing_keys where created_at > $1 order by created_at, id", connection);
        command.Parameters.AddWithValue(now - s_publishedFor);
        var keys = new Dictionary<string, TokenKey>(StringComparer.Ordinal);
        TokenKey? signing = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetString(0);
            try
            {
                var key = _keys.GetValueOrDefault(id) ?? TokenKey.Import(secrets.Unprotect(reader.GetFieldValue<byte[]>(1), Purpose(id)));
                keys[id] = key;
                if (reader.GetFieldValue<DateTimeOffset>(2) > now - s_signsFor) signing = key;
            }
            catch (CryptographicException)
            {
                // Secrets:Key was replaced: what this key signed is no longer good, and a new one is made.
                LogUnreadable(id);
            }
        }

        _keys = keys;
        _signing = signing ?? _signing;
        _readAt = time.GetTimestamp();
    }

    [LoggerMessage(LogLevel.Information, "Made the signing key {KeyId}")]
    private partial void LogMade(string keyId);

    [LoggerMessage(LogLevel.Warning, "The signing key {KeyId} was encrypted under another Secrets__Key and is not used any more")]
    private partial void LogUnreadable(string keyId);
}
