using System.ComponentModel.DataAnnotations;
using Assistify.ChatService.Operators.Keys;
using Assistify.ChatService.Operators.SignIn;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Assistify.ChatService.Operators;

/// <summary>The first owner; where the password is not set, AppHost makes one and prints it once.</summary>
internal sealed class OwnerOptions
{
    public const string Section = "Owner";

    [EmailAddress(ErrorMessage = "Owner__Email (ASSISTIFY_OWNER_EMAIL) is not an e-mail address.")]
    public string Email { get; init; } = "owner@localhost";

    [StringLength(256, MinimumLength = 12, ErrorMessage = "Owner__Password (ASSISTIFY_OWNER_PASSWORD) must have 12 to 256 characters.")]
    public string? Password { get; init; }
}

/// <summary>Reads or makes the signing key, and makes the owner of an installation that has none yet. Of several instances one does it.</summary>
internal sealed partial class FirstStart(
    SigningKeys keys, NpgsqlDataSource database, Passwords passwords, IOptions<OwnerOptions> owner, TimeProvider time, ILogger<FirstStart> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.Start(cancellationToken);
        await CreateOwner(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CreateOwner(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var exists = new NpgsqlCommand("select exists (select from users where role = 'owner')", connection))
        {
            if ((bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
            {
                await KeepPasswordOfUnusedOwner(connection, cancellationToken);
                return;
            }
        }

        if (owner.Value.Password is not { } password)
        {
            LogNoOwner();
            return;
        }

        var email = OperatorStore.Normalize(owner.Value.Email);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var create = new NpgsqlCommand(
            """
            insert into users (id, workspace_id, email, name, role, password_hash, created_at, updated_at)
            select $1, $2, $3, $4, $5, $6, $7, $7
            from (select pg_advisory_xact_lock(5170)) as one_at_a_time
            where not exists (select from users where role = 'owner')
            on conflict do nothing
            """,
            connection);
        create.Parameters.AddWithValue(id);
        create.Parameters.AddWithValue(Identifiers.DefaultWorkspace);
        create.Parameters.AddWithValue(email);
        create.Parameters.AddWithValue(email[..email.IndexOf('@', StringComparison.Ordinal)]);
        create.Parameters.AddWithValue(Roles.Owner);
        create.Parameters.AddWithValue(passwords.Hash(password));
        create.Parameters.AddWithValue(now);
        if (await create.ExecuteNonQueryAsync(cancellationToken) == 1) LogOwner(id);
    }

    /// <summary>
    /// A first start that broke off may have made the owner with a password that was printed then; the one printed now is to
    /// work. Once somebody has signed in or changed it, the password is theirs.
    /// </summary>
    private async Task KeepPasswordOfUnusedOwner(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (owner.Value.Password is not { } password) return;

        await using var update = new NpgsqlCommand(
            """
            update users u set password_hash = $2
            where u.role = 'owner' and u.email = $1 and u.updated_at = u.created_at and not exists (select from logins l where l.user_id = u.id)
            """,
            connection);
        update.Parameters.AddWithValue(OperatorStore.Normalize(owner.Value.Email));
        update.Parameters.AddWithValue(passwords.Hash(password));
        await update.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Created the first owner {OperatorId}")]
    private partial void LogOwner(Guid operatorId);

    [LoggerMessage(LogLevel.Warning, "There is no owner and Owner__Password is not set: nobody can sign in")]
    private partial void LogNoOwner();
}
