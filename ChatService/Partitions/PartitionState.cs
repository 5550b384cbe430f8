using Assistify.ChatService.Conversations;
using Assistify.ChatService.ResponseTargets;
using Assistify.ChatService.Suppliers;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Partitions;

/// <summary>What the batch works on, locked and loaded in one round trip: conversations, customers and what is known already.</summary>
internal sealed class PartitionState
{
    // Conversations are locked in the order of their ids: batches of other partitions, the scheduler and merges do the same.
    private const string LockConversations =
        $"""
        select {ConversationRows.Columns}, u.name, u.locale, u.blocked_at, u.supplier_since
        from conversations c join customers u on u.id = c.customer_id
        where c.id in (
            select unnest($1::uuid[])
            union
            select t.conversation_id from messages t where t.id = any($5)
            union
            select l.id
            from unnest($2::uuid[], $3::uuid[], $4::text[]) as k(workspace_id, connection_id, address)
            cross join lateral (
                select id from conversations o
                where o.workspace_id = k.workspace_id and o.connection_id = k.connection_id and o.address = k.address
                order by o.created_at desc limit 1) l)
        order by c.id
        for update of c
        """;

    private const string FindCustomers =
        """
        select i.workspace_id, i.kind, i.value, u.id, u.name, u.email, u.phone, u.locale, u.blocked_at, u.supplier_since
        from unnest($1::uuid[], $2::text[], $3::text[]) as k(workspace_id, kind, value)
        join customer_identifiers i on i.workspace_id = k.workspace_id and i.kind = k.kind and i.value = k.value
        join customers u on u.id = i.customer_id
        """;

    private const string FindMessages = $"select {MessageRows.Columns} from messages m where m.id = any($1)";

    private const string FindCommands =
        "select id, workspace_id, conversation_id, outcome, effects, version, promises from operator_commands where id = any($1)";

    private const string FindEarly =
        "select message_id, change, workspace_id, connection_id, address, text, at from early_changes where message_id = any($1)";

    private const string FindRepliedTo =
        $"""
        select {MessageRows.Columns}, c.connection_id
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as k(workspace_id, connection_id, address, external_id)
        join conversations c on c.workspace_id = k.workspace_id and c.connection_id = k.connection_id and c.address = k.address
        join messages m on m.conversation_id = c.id and m.external_id = k.external_id
        """;

    public Dictionary<Guid, Conversation> Conversations { get; } = [];
    public Dictionary<AddressKey, Conversation> Latest { get; } = [];
    public Dictionary<Guid, CustomerFacts> CustomersOf { get; } = [];
    public Dictionary<IdentifierKey, CustomerFacts> Customers { get; } = [];
    public Dictionary<Guid, StoredMessage> Messages { get; } = [];
    public Dictionary<Guid, List<EarlyChange>> Early { get; } = [];
    public Dictionary<Guid, CommandRecord> Commands { get; } = [];
    public Dictionary<(Guid WorkspaceId, Guid ConnectionId, string ExternalId), Guid> RepliedTo { get; } = [];

    /// <summary>What suppliers were asked, by the supplier.</summary>
    public Dictionary<Guid, List<Enquiry>> Enquiries { get; } = [];

    /// <summary>Where enquiries of the assistant are asked that were found fit to be asked, by the enquiry.</summary>
    public Dictionary<Guid, SupplierPlace> Asked { get; } = [];

    /// <summary>Suppliers whom answers want asked, by the answer.</summary>
    public Dictionary<Guid, SupplierSought> Sought { get; } = [];

    /// <summary>Begins the transaction on the connection.</summary>
    public static async Task<PartitionState> Load(NpgsqlConnection connection, PartitionKeys keys, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));

        var addresses = keys.Addresses.ToList();
        var conversations = new NpgsqlBatchCommand(LockConversations);
        conversations.Uuid([.. keys.Conversations], static id => id);
        conversations.Uuid(addresses, static key => key.WorkspaceId);
        conversations.Uuid(addresses, static key => key.ConnectionId);
        conversations.Text(addresses, static key => key.Address);
        conversations.Uuid([.. keys.Targets], static id => id);
        batch.BatchCommands.Add(conversations);

        var identifiers = keys.Identifiers.ToList();
        var customers = new NpgsqlBatchCommand(FindCustomers);
        customers.Uuid(identifiers, static key => key.WorkspaceId);
        customers.Text(identifiers, static key => key.Kind);
        customers.Text(identifiers, static key => key.Value);
        batch.BatchCommands.Add(customers);

        var messages = new NpgsqlBatchCommand(FindMessages);
        messages.Uuid([.. keys.Messages, .. keys.Targets], static id => id);
        batch.BatchCommands.Add(messages);

        var commands = new NpgsqlBatchCommand(FindCommands);
        commands.Uuid([.. keys.Commands], static id => id);
        batch.BatchCommands.Add(commands);

        if (keys.Early.Count > 0)
        {
            var early = new NpgsqlBatchCommand(FindEarly);
            early.Uuid([.. keys.Early], static id => id);
            batch.BatchCommands.Add(early);
        }

        if (keys.RepliedTo.Count > 0) batch.BatchCommands.Add(RepliedToIn(keys, addresses));

        if (keys.Pictured.Count > 0) batch.BatchCommands.Add(Enquiry.FindAll([], [.. keys.Pictured]));
        if (keys.Enquiries.Count > 0) batch.BatchCommands.Add(SupplierPlace.FindAsked([.. keys.Enquiries]));
        if (keys.Seeking.Count > 0)
        {
            foreach (var command in SupplierSought.FindAll(keys.Seeking)) batch.BatchCommands.Add(command);
        }

        var state = new PartitionState();
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken)) await state.Read(reader, keys, cancellationToken);
        if (keys.Written) await state.FindEnquiriesOfWriters(connection, cancellationToken);
        return state;
    }

    /// <summary>Few who write are suppliers: only for them it costs another round trip.</summary>
    private async Task FindEnquiriesOfWriters(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var suppliers = CustomersOf.Values.Concat(Customers.Values).Where(static customer => customer.Supplier).Select(static customer => customer.Id).Distinct()
            .Where(id => !Enquiries.ContainsKey(id)).ToList();
        if (suppliers.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Enquiry.FindAll(suppliers, []));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) Add(Enquiry.Read(reader));
    }

    private static NpgsqlBatchCommand RepliedToIn(PartitionKeys keys, List<AddressKey> addresses)
    {
        // Few messages quote another; the address narrows the search to the person's own conversations.
        var pairs = keys.RepliedTo
            .SelectMany(replied => addresses
                .Where(key => key.WorkspaceId == replied.WorkspaceId && key.ConnectionId == replied.ConnectionId)
                .Select(key => (Key: key, replied.ExternalId)))
            .ToList();
        var command = new NpgsqlBatchCommand(FindRepliedTo);
        command.Uuid(pairs, static pair => pair.Key.WorkspaceId);
        command.Uuid(pairs, static pair => pair.Key.ConnectionId);
        command.Text(pairs, static pair => pair.Key.Address);
        command.Text(pairs, static pair => pair.ExternalId);
        return command;
    }

    private async Task Read(NpgsqlDataReader reader, PartitionKeys keys, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            var conversation = ConversationRows.Read(reader);
            Add(conversation, new CustomerFacts(
                conversation.CustomerId,
                reader.IsDBNull(ConversationRows.Count) ? null : reader.GetString(ConversationRows.Count),
                null, null,
                reader.IsDBNull(ConversationRows.Count + 1) ? null : reader.GetString(ConversationRows.Count + 1),
                !reader.IsDBNull(ConversationRows.Count + 2), !reader.IsDBNull(ConversationRows.Count + 3)));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Customers[new IdentifierKey(reader.GetGuid(0), reader.GetString(1), reader.GetString(2))] = new CustomerFacts(
                reader.GetGuid(3), Text(4), Text(5), Text(6), Text(7), !reader.IsDBNull(8), !reader.IsDBNull(9));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var message = MessageRows.Read(reader);
            Messages[message.Id] = message;
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Commands[reader.GetGuid(0)] = new CommandRecord(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2),
                (CommandOutcome)reader.GetInt16(3), (Effects)reader.GetInt32(4), reader.GetInt64(5),
                (Promises)reader.GetInt16(6));
        }

        if (keys.Early.Count > 0)
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                Add(new EarlyChange(
                    reader.GetGuid(0), (MessageChange)reader.GetInt16(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4), Text(5),
                    reader.GetFieldValue<DateTimeOffset>(6)));
            }
        }

        if (keys.RepliedTo.Count > 0)
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var message = MessageRows.Read(reader);
                Messages.TryAdd(message.Id, message);
                RepliedTo[(message.WorkspaceId, reader.GetGuid(MessageRows.Count), message.ExternalId!)] = message.Id;
            }
        }

        if (keys.Pictured.Count > 0)
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) Add(Enquiry.Read(reader));
        }

        if (keys.Enquiries.Count > 0)
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) Asked[reader.GetGuid(0)] = SupplierPlace.Read(reader, 1);
        }

        if (keys.Seeking.Count > 0)
        {
            await reader.NextResultAsync(cancellationToken); // the locks
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) Sought[reader.GetGuid(0)] = SupplierSought.Read(reader);
        }

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    public void Add(EarlyChange early)
    {
        if (!Early.TryGetValue(early.MessageId, out var others)) Early[early.MessageId] = others = [];
        others.Add(early);
    }

    private void Add(Enquiry enquiry)
    {
        if (!Enquiries.TryGetValue(enquiry.SupplierId, out var others)) Enquiries[enquiry.SupplierId] = others = [];
        others.Add(enquiry);
    }

    public void Add(Conversation conversation, CustomerFacts customer)
    {
        Conversations[conversation.Id] = conversation;
        CustomersOf[conversation.Id] = customer;
        var key = AddressKey.Of(conversation);
        if (!Latest.TryGetValue(key, out var other) || Precedes(other, conversation)) Latest[key] = conversation;
    }

    // An open conversation of an address is its latest one, whatever the clocks of two replicas say.
    private static bool Precedes(Conversation other, Conversation conversation) =>
        other.IsClosed && (!conversation.IsClosed || other.CreatedAt < conversation.CreatedAt);
}

/// <param name="Blocked">Operators want no automatic answer to him.</param>
/// <param name="Supplier">He sells to the workspace.</param>
internal sealed record CustomerFacts(
    Guid Id, string? Name, string? Email, string? Phone, string? Locale, bool Blocked = false, bool Supplier = false);

/// <param name="Promises">What it kept or missed.</param>
internal sealed record CommandRecord(
    Guid Id, Guid WorkspaceId, Guid ConversationId, CommandOutcome Outcome, Effects Effects, long Version, Promises Promises = Promises.None);

internal enum CommandOutcome : short
{
    Done,

    /// <summary>The conversation is closed, and this cannot be done to a closed one.</summary>
    Closed,
    NotFound,

    /// <summary>The customer wants nothing written.</summary>
    Unwelcome,

    /// <summary>Only what is over can be rated.</summary>
    StillOpen,
}
