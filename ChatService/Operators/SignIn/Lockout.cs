using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChatService.Operators.SignIn;

/// <summary>
/// Growing waits after wrong passwords: from the fifth for an e-mail from one address, from the fiftieth for an e-mail from anywhere
/// (30 s, doubling, at most 15 min). Known and unknown e-mails alike. An attempt counts before its password is looked at, so that many
/// at once gain nothing; a right password clears the count.
/// </summary>
internal sealed class Lockout(NpgsqlDataSource database, Secrets secrets, TimeProvider time)
{
    private const int AllowedFromOneAddress = 5;
    private const int AllowedFromAnywhere = 50;
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_forgetAfter = TimeSpan.FromDays(1);

    /// <returns>Null: look at the password. Otherwise how long no attempt is taken.</returns>
    public async Task<TimeSpan?> Attempt(string email, string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var counts = new[] { (Key: Pair(email, address), Allowed: AllowedFromOneAddress), (Key: Anywhere(email), Allowed: AllowedFromAnywhere) };
        TimeSpan? wait = null;
        var failures = new int[counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            var (count, lockedUntil) = await Lock(connection, counts[i].Key, now, cancellationToken);
            failures[i] = count + 1;
            if (lockedUntil > now && (wait is null || lockedUntil - now > wait)) wait = lockedUntil - now;
        }

        if (wait is null)
        {
            for (var i = 0; i < counts.Length; i++) await Count(connection, counts[i].Key, failures[i], Until(failures[i], counts[i].Allowed, now), now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return wait;
    }

    /// <summary>The password was right.</summary>
    public async Task Clear(string email, string address, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from login_failures where key = $1 or key = $2 or last_at < $3");
        command.Parameters.AddWithValue(Pair(email, address));
        command.Parameters.AddWithValue(Anywhere(email));
        command.Parameters.AddWithValue(time.GetUtcNow() - s_forgetAfter);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DateTimeOffset? Until(int failures, int allowed, DateTimeOffset now)
    {
        if (failures < allowed) return null;
        var wait = s_firstWait * Math.Pow(2, Math.Min(failures - allowed, 10));
        return now + (wait < s_longestWait ? wait : s_longestWait);
    }

    private static async Task<(int Failures, DateTimeOffset? LockedUntil)> Lock(
        NpgsqlConnection connection, byte[] key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into login_failures (key, failures, last_at) values ($1, 0, $2)
            on conflict (key) do update set failures = case when login_failures.last_at < $3 then 0 else login_failures.failures end
            returning failures, locked_until
            """,
            connection);
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now - s_forgetAfter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }

    private static async Task Count(
        NpgsqlConnection connection, byte[] key, int failures, DateTimeOffset? lockedUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update login_failures set failures = $2, locked_until = $3, last_at = $4 where key = $1", connection);
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(failures);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)lockedUntil ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        command.Parameters.AddWithValue(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private byte[] Pair(string email, string address) => secrets.Mac($"{OperatorStore.Normalize(email)}\n{address}", "login-failures/address");

    private byte[] Anywhere(string email) => secrets.Mac(OperatorStore.Normalize(email), "login-failures/anywhere");
}
