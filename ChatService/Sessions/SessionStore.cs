using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Sessions;

/// <param name="Resumed">The customer whose token was shown.</param>
/// <param name="UserId">The shop's own name for the user, proven.</param>
internal sealed record Visitor(Guid? Resumed, string? UserId, string? Name, string? Email, string? Locale);

/// <param name="HasName">Known now, from the visitor or from before.</param>
internal sealed record Session(Guid CustomerId, Guid ConversationId, string VisitorId, bool HasName, bool HasEmail);

/// <summary>Finds or makes what a web chat needs: the customer, his address on the web, an open conversation.</summary>
internal sealed class SessionStore(NpgsqlDataSource database, TimeProvider time)
{
    private const string UserKind = "user";
    private const int MostAttempts = 5;

    // The customer's web address may have come from one who was merged into him. A token that an earlier user of the same
    // browser left there does not make two proven users one customer.
    private const string FindCustomer =
        """
        select u.id, i.value, exists (
            select 1 from customer_identifiers y where y.workspace_id = $1 and y.kind = 'user' and y.value = $3),
            u.name is not null, u.email is not null
        from customers o join customers u on u.id = coalesce(o.merged_into, o.id)
        left join lateral (
            select value from customer_identifiers where customer_id = u.id and kind = 'web' order by created_at limit 1) i on true
        where o.workspace_id = $1 and (
            o.id = (select customer_id from customer_identifiers where workspace_id = $1 and kind = 'user' and value = $3)
            or (o.id = $2 and ($3 = '' or not exists (
                select 1 from customer_identifiers x where x.customer_id = u.id and x.kind = 'user' and x.value <> $3))))
        order by o.id = $2
        limit 1
        """;

    public async Task<Session> Open(Guid workspaceId, Visitor visitor, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryOpen(workspaceId, visitor, cancellationToken);
            }
            catch (PostgresException race) when (race.SqlState == PostgresErrorCodes.UniqueViolation && attempt < MostAttempts)
            {
                // Another tab of the same visitor, or a message of his, was first: the next look finds what it made.
            }
        }
    }

    private async Task<Session> TryOpen(Guid workspaceId, Visitor visitor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var known = await Find(connection, workspaceId, visitor, cancellationToken);
        var customerId = known?.CustomerId ?? Guid.CreateVersion7(now);
        var visitorId = known?.VisitorId ?? Guid.CreateVersion7(now).ToString();

        await using var batch = new NpgsqlBatch(connection, transaction);
        if (known is null) batch.BatchCommands.Add(NewCustomer(customerId, workspaceId, visitor, now));
        else batch.BatchCommands.Add(FillGaps(customerId, visitor));
        if (known?.VisitorId is null) batch.BatchCommands.Add(Identifier(workspaceId, Channels.Web, visitorId, customerId, now));
        if (visitor.UserId is { } userId && known is not { UserIsKnown: true }) batch.BatchCommands.Add(Identifier(workspaceId, UserKind, userId, customerId, now));

        var connectionId = Identifiers.Connection(workspaceId, Channels.Web, Channels.Web);
        var conversation = known is null ? null : await FindOpen(connection, workspaceId, connectionId, visitorId, cancellationToken);
        if (conversation is null)
        {
            conversation = Guid.CreateVersion7(now);
            batch.BatchCommands.Add(ConversationRows.InsertAll([new Conversation
            {
                Id = conversation.Value,
                WorkspaceId = workspaceId,
                CustomerId = customerId,
                ConnectionId = connectionId,
                Channel = Channels.Web,
                Address = visitorId,
                Partition = Partition.For(connectionId, visitorId),
                CreatedAt = now,
                LastActivityAt = now,
                ChangedAt = now,
                Revision = 1,
            }]));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Session(
            customerId, conversation.Value, visitorId, known is { HasName: true } || visitor.Name is not null, known is { HasEmail: true } || visitor.Email is not null);
    }

    private static async Task<(Guid CustomerId, string? VisitorId, bool UserIsKnown, bool HasName, bool HasEmail)?> Find(
        NpgsqlConnection connection, Guid workspaceId, Visitor visitor, CancellationToken cancellationToken)
    {
        if (visitor.Resumed is null && visitor.UserId is null) return null;
        await using var command = new NpgsqlCommand(FindCustomer, connection);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(visitor.Resumed ?? Guid.Empty);
        command.Parameters.AddWithValue(visitor.UserId ?? "");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return (reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4));
    }

    private static async Task<Guid?> FindOpen(
        NpgsqlConnection connection, Guid workspaceId, Guid connectionId, string address, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select id from conversations where workspace_id = $1 and connection_id = $2 and address = $3 and status <> 2", connection);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(connectionId);
        command.Parameters.AddWithValue(address);
        return (Guid?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand NewCustomer(Guid id, Guid workspaceId, Visitor visitor, DateTimeOffset now) => Command(
        "insert into customers (id, workspace_id, name, email, locale, created_at) values ($1, $2, $3, $4, $5, $6)",
        id, workspaceId, visitor.Name, visitor.Email, visitor.Locale, now);

    private static NpgsqlBatchCommand FillGaps(Guid id, Visitor visitor) => Command(
        """
        update customers set name = coalesce(name, $2::text), email = coalesce(email, $3::text), locale = coalesce($4::text, locale)
        where id = $1
        """,
        id, visitor.Name, visitor.Email, visitor.Locale);

    private static NpgsqlBatchCommand Identifier(Guid workspaceId, string kind, string value, Guid customerId, DateTimeOffset now) => Command(
        "insert into customer_identifiers (workspace_id, kind, value, customer_id, created_at) values ($1, $2, $3, $4, $5)",
        workspaceId, kind, value, customerId, now);

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is null
                ? new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = DBNull.Value }
                : new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
