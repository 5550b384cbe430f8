using System.Text.Json;
using System.Transactions;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Audit;

/// <summary>
/// What an endpoint changes and tells others, both or neither: the message is committed with the change (the table <c>outbox</c>) and leaves it when the broker
/// has it. No broker that is away stops anybody, and none makes a message disappear. Messages carry their own ids: told twice, they are one.
/// </summary>
internal sealed class Outbox(NpgsqlDataSource database, IBus bus, TimeProvider time)
{
    private static readonly Type[] s_messages = [typeof(ActionAudited), typeof(EventsRecorded)];

    /// <param name="message">What is told of the change; null where nothing was changed.</param>
    public async Task<T> With<T>(Func<Task<T>> change, Func<T, object?> message, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        T result;
        object? told;
        // The statements of the change and the message share one connection, one after the other.
        using (var scope = new TransactionScope(
            TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }, TransactionScopeAsyncFlowOption.Enabled))
        {
            result = await change();
            told = message(result);
            if (told is null) return result;
            await Put(id, told, cancellationToken);
            scope.Complete();
        }
        await Tell(id, told);
        return result;
    }

    /// <summary>Tells what could not be told when it was done.</summary>
    /// <param name="age">Younger ones are being told.</param>
    /// <returns>False where the broker is away.</returns>
    public async Task<bool> TellRest(TimeSpan age, CancellationToken cancellationToken)
    {
        foreach (var (id, message) in await Untold(age, cancellationToken))
        {
            if (!await Tell(id, message)) return false;
        }
        return true;
    }

    private async Task<bool> Tell(Guid id, object message)
    {
        try
        {
            await bus.PublishConfirmed(message, CancellationToken.None);
        }
        catch (BrokerUnavailableException)
        {
            return false;
        }
        await using var command = database.CreateCommand("DELETE FROM outbox WHERE id = $1");
        command.Parameters.AddWithValue(id);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        return true;
    }

    private async Task Put(Guid id, object message, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("INSERT INTO outbox (id, type, body, created_at) VALUES ($1, $2, $3, $4)");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(message.GetType().Name);
        command.Parameters.AddWithValue(NpgsqlDbType.Json, JsonSerializer.Serialize(message, message.GetType(), Json.Options));
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<(Guid Id, object Message)>> Untold(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id, type, body::text FROM outbox WHERE created_at <= $1 ORDER BY created_at, id LIMIT 100");
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, time.GetUtcNow() - age);
        var untold = new List<(Guid, object)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var type = reader.GetString(1);
            untold.Add((reader.GetGuid(0), JsonSerializer.Deserialize(reader.GetString(2), Array.Find(s_messages, known => known.Name == type)!, Json.Options)!));
        }
        return untold;
    }
}
