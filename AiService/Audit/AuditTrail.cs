using System.Security.Claims;
using System.Text.Json;
using System.Transactions;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Audit;

/// <summary>
/// Does what people do and notes it for the audit log, both or neither: the note is committed with the change (the table <c>audit_notes</c>) and leaves it when
/// the broker has it. No broker that is away stops anybody, and none makes a note disappear.
/// </summary>
internal sealed class AuditTrail(NpgsqlDataSource database, IBus bus, TimeProvider time)
{
    /// <param name="action">Dotted and in the past tense.</param>
    /// <param name="subject">Of what was changed; null where nothing was, and then nothing is noted.</param>
    /// <param name="detail">A classification.</param>
    public async Task<T> With<T>(
        ClaimsPrincipal user, string action, Func<Task<T>> change, Func<T, string?> subject, CancellationToken cancellationToken, string? detail = null)
    {
        var now = time.GetUtcNow();
        return await With(
            change,
            result => subject(result) is { } id ? new ActionAudited(Guid.CreateVersion7(now), user.WorkspaceId(), user.Id(), user.LoginId(), action, id, detail, now) : null,
            cancellationToken);
    }

    /// <summary>For what nobody did by hand.</summary>
    public async Task<T> With<T>(Func<Task<T>> change, Func<T, ActionAudited?> note, CancellationToken cancellationToken)
    {
        T result;
        ActionAudited? entry;
        // The statements of the change and the note share one connection, one after the other.
        using (var scope = new TransactionScope(
            TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }, TransactionScopeAsyncFlowOption.Enabled))
        {
            result = await change();
            entry = note(result);
            if (entry is null) return result;
            await Note(entry, cancellationToken);
            scope.Complete();
        }
        await Tell(entry);
        return result;
    }

    /// <summary>Tells what could not be told when it was done.</summary>
    /// <param name="age">Younger ones are being told.</param>
    /// <returns>False where the broker is away.</returns>
    public async Task<bool> TellRest(TimeSpan age, CancellationToken cancellationToken)
    {
        foreach (var entry in await Untold(age, cancellationToken))
        {
            if (!await Tell(entry)) return false;
        }
        return true;
    }

    // Repeated by two replicas it is one entry: its id was minted with it.
    private async Task<bool> Tell(ActionAudited entry)
    {
        try
        {
            await bus.PublishConfirmed(entry, CancellationToken.None);
        }
        catch (BrokerUnavailableException)
        {
            return false;
        }
        await using var command = database.CreateCommand("DELETE FROM audit_notes WHERE id = $1");
        command.Parameters.AddWithValue(entry.EntryId);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        return true;
    }

    private async Task Note(ActionAudited entry, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("INSERT INTO audit_notes (id, entry, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        command.Parameters.AddWithValue(entry.EntryId);
        command.Parameters.AddWithValue(NpgsqlDbType.Json, JsonSerializer.Serialize(entry, Json.Options));
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, entry.At);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ActionAudited>> Untold(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT entry::text FROM audit_notes WHERE created_at <= $1 ORDER BY created_at, id LIMIT 100");
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow() - age);
        var untold = new List<ActionAudited>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) untold.Add(JsonSerializer.Deserialize<ActionAudited>(reader.GetString(0), Json.Options)!);
        return untold;
    }
}
