using Npgsql;

namespace Assistify.ChatService.Conversations;

/// <summary>Conversations as rows: many at once, a column an array, so that a batch costs one statement.</summary>
internal static class ConversationRows
{
    /// <summary>In the order that <see cref="Read"/> expects, of the table aliased <c>c</c>.</summary>
    public const string Columns =
        """
        c.id, c.workspace_id, c.customer_id, c.connection_id, c.channel, c.address, c.partition, c.subject, c.status, c.turn,
        c.version, c.sequence, c.revision, c.due_at, c.asked_version, c.unanswered_id, c.unanswered_from,
        c.unanswered_received_at, c.unanswered_since, c.assignee_id, c.assignee_name, c.labels, c.closed_at, c.close_reason,
        c.window_expires_at, c.last_delivery_id, c.last_message_id, c.last_message_sequence, c.last_message_author,
        c.last_message_text, c.last_message_at, c.last_activity_at, c.changed_at, c.created_at, c.trace, c.opted_out_at,
        c.waiting_since, c.people_since, c.people_answered_at, c.response_due_at, c.resolution_due_at, c.team_id
        """;

    public const int Count = 42;

    // What a conversation is made with, and what changes; the parameters come in this order, after the id: first what changes.
    private const string Fixed = "workspace_id, customer_id, connection_id, channel, address, partition, subject, created_at";

    private const string FixedArrays = "$35::uuid[], $36::uuid[], $37::uuid[], $38::text[], $39::text[], $40::integer[], $41::text[], $42::timestamptz[]";

    private const string Changing =
        """
        status, turn, version, sequence, revision, due_at, asked_version, unanswered_id, unanswered_from, unanswered_received_at,
        unanswered_since, assignee_id, assignee_name, labels, closed_at, close_reason, window_expires_at, last_delivery_id,
        last_message_id, last_message_sequence, last_message_author, last_message_text, last_message_at, last_activity_at,
        changed_at, trace, opted_out_at, waiting_since, people_since, people_answered_at, response_due_at, resolution_due_at, team_id
        """;

    private const string ChangingArrays =
        """
        $2::smallint[], $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::bigint[], $9::uuid[],
        $10::bigint[], $11::timestamptz[], $12::timestamptz[], $13::uuid[], $14::text[], $15::text[], $16::timestamptz[],
        $17::text[], $18::timestamptz[], $19::uuid[], $20::uuid[], $21::bigint[], $22::text[], $23::text[], $24::timestamptz[],
        $25::timestamptz[], $26::timestamptz[], $27::text[], $28::timestamptz[], $29::timestamptz[], $30::timestamptz[], $31::timestamptz[],
        $32::timestamptz[], $33::timestamptz[], $34::uuid[]
        """;

    private const string ChangingValues =
        """
        v.status, v.turn, v.version, v.sequence, v.revision, v.due_at, v.asked_version, v.unanswered_id, v.unanswered_from,
        v.unanswered_received_at, v.unanswered_since, v.assignee_id, v.assignee_name, string_to_array(v.labels, chr(31)),
        v.closed_at, v.close_reason, v.window_expires_at, v.last_delivery_id, v.last_message_id, v.last_message_sequence,
        v.last_message_author, v.last_message_text, v.last_message_at, v.last_activity_at, v.changed_at, v.trace, v.opted_out_at,
        v.waiting_since, v.people_since, v.people_answered_at, v.response_due_at, v.resolution_due_at, v.team_id
        """;

    private const string Insert =
        $"""
        insert into conversations (id, {Changing}, {Fixed})
        select v.id, {ChangingValues}, {Fixed}
        from unnest($1::uuid[], {ChangingArrays}, {FixedArrays}) as v(id, {Changing}, {Fixed})
        """;

    private const string Update =
        $"""
        update conversations as c set ({Changing}) = row({ChangingValues})
        from unnest($1::uuid[], {ChangingArrays}) as v(id, {Changing})
        where c.id = v.id
        """;

    public static Conversation Read(NpgsqlDataReader reader, int at = 0) => new()
    {
        Id = reader.GetGuid(at + 0),
        WorkspaceId = reader.GetGuid(at + 1),
        CustomerId = reader.GetGuid(at + 2),
        ConnectionId = reader.GetGuid(at + 3),
        Channel = reader.GetString(at + 4),
        Address = reader.GetString(at + 5),
        Partition = reader.GetInt32(at + 6),
        Subject = reader.IsDBNull(at + 7) ? null : reader.GetString(at + 7),
        Status = (ConversationStatus)reader.GetInt16(at + 8),
        Turn = (TurnHolder)reader.GetInt16(at + 9),
        Version = reader.GetInt64(at + 10),
        Sequence = reader.GetInt64(at + 11),
        Revision = reader.GetInt64(at + 12),
        DueAt = reader.IsDBNull(at + 13) ? null : reader.GetFieldValue<DateTimeOffset>(at + 13),
        AskedVersion = reader.GetInt64(at + 14),
        UnansweredId = reader.IsDBNull(at + 15) ? null : reader.GetGuid(at + 15),
        UnansweredFrom = reader.IsDBNull(at + 16) ? null : reader.GetInt64(at + 16),
        UnansweredReceivedAt = reader.IsDBNull(at + 17) ? null : reader.GetFieldValue<DateTimeOffset>(at + 17),
        UnansweredSince = reader.IsDBNull(at + 18) ? null : reader.GetFieldValue<DateTimeOffset>(at + 18),
        AssigneeId = reader.IsDBNull(at + 19) ? null : reader.GetGuid(at + 19),
        AssigneeName = reader.IsDBNull(at + 20) ? null : reader.GetString(at + 20),
        Labels = reader.GetFieldValue<string[]>(at + 21),
        ClosedAt = reader.IsDBNull(at + 22) ? null : reader.GetFieldValue<DateTimeOffset>(at + 22),
        CloseReason = reader.IsDBNull(at + 23) ? null : reader.GetString(at + 23),
        WindowExpiresAt = reader.IsDBNull(at + 24) ? null : reader.GetFieldValue<DateTimeOffset>(at + 24),
        LastDeliveryId = reader.IsDBNull(at + 25) ? null : reader.GetGuid(at + 25),
        LastMessageId = reader.IsDBNull(at + 26) ? null : reader.GetGuid(at + 26),
        LastMessageSequence = reader.IsDBNull(at + 27) ? null : reader.GetInt64(at + 27),
        LastMessageAuthor = reader.IsDBNull(at + 28) ? null : reader.GetString(at + 28),
        LastMessageText = reader.IsDBNull(at + 29) ? null : reader.GetString(at + 29),
        LastMessageAt = reader.IsDBNull(at + 30) ? null : reader.GetFieldValue<DateTimeOffset>(at + 30),
        LastActivityAt = reader.GetFieldValue<DateTimeOffset>(at + 31),
        ChangedAt = reader.GetFieldValue<DateTimeOffset>(at + 32),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(at + 33),
        Trace = reader.IsDBNull(at + 34) ? null : reader.GetString(at + 34),
        OptedOutAt = reader.IsDBNull(at + 35) ? null : reader.GetFieldValue<DateTimeOffset>(at + 35),
        WaitingSince = reader.IsDBNull(at + 36) ? null : reader.GetFieldValue<DateTimeOffset>(at + 36),
        PeopleSince = reader.IsDBNull(at + 37) ? null : reader.GetFieldValue<DateTimeOffset>(at + 37),
        PeopleAnsweredAt = reader.IsDBNull(at + 38) ? null : reader.GetFieldValue<DateTimeOffset>(at + 38),
        ResponseDueAt = reader.IsDBNull(at + 39) ? null : reader.GetFieldValue<DateTimeOffset>(at + 39),
        ResolutionDueAt = reader.IsDBNull(at + 40) ? null : reader.GetFieldValue<DateTimeOffset>(at + 40),
        TeamId = reader.IsDBNull(at + 41) ? null : reader.GetGuid(at + 41),
    };

    public static NpgsqlBatchCommand InsertAll(IReadOnlyList<Conversation> conversations)
    {
        var command = Command(Insert, conversations);
        command.Uuid(conversations, static c => c.WorkspaceId);
        command.Uuid(conversations, static c => c.CustomerId);
        command.Uuid(conversations, static c => c.ConnectionId);
        command.Text(conversations, static c => c.Channel);
        command.Text(conversations, static c => c.Address);
        command.Integer(conversations, static c => c.Partition);
        command.Text(conversations, static c => c.Subject);
        command.TimestampTz(conversations, static c => c.CreatedAt);
        return command;
    }

    public static NpgsqlBatchCommand UpdateAll(IReadOnlyList<Conversation> conversations) => Command(Update, conversations);

    /// <summary>With the ids and what changes.</summary>
    private static NpgsqlBatchCommand Command(string statement, IReadOnlyList<Conversation> conversations)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.Uuid(conversations, static c => c.Id);
        command.Smallint(conversations, static c => (short)c.Status);
        command.Smallint(conversations, static c => (short)c.Turn);
        command.Bigint(conversations, static c => c.Version);
        command.Bigint(conversations, static c => c.Sequence);
        command.Bigint(conversations, static c => c.Revision);
        command.TimestampTz(conversations, static c => c.DueAt);
        command.Bigint(conversations, static c => c.AskedVersion);
        command.Uuid(conversations, static c => c.UnansweredId);
        command.Bigint(conversations, static c => c.UnansweredFrom);
        command.TimestampTz(conversations, static c => c.UnansweredReceivedAt);
        command.TimestampTz(conversations, static c => c.UnansweredSince);
        command.Uuid(conversations, static c => c.AssigneeId);
        command.Text(conversations, static c => c.AssigneeName);
        command.Text(conversations, static c => Joined(c.Labels));
        command.TimestampTz(conversations, static c => c.ClosedAt);
        command.Text(conversations, static c => c.CloseReason);
        command.TimestampTz(conversations, static c => c.WindowExpiresAt);
        command.Uuid(conversations, static c => c.LastDeliveryId);
        command.Uuid(conversations, static c => c.LastMessageId);
        command.Bigint(conversations, static c => c.LastMessageSequence);
        command.Text(conversations, static c => c.LastMessageAuthor);
        command.Text(conversations, static c => c.LastMessageText);
        command.TimestampTz(conversations, static c => c.LastMessageAt);
        command.TimestampTz(conversations, static c => c.LastActivityAt);
        command.TimestampTz(conversations, static c => c.ChangedAt);
        command.Text(conversations, static c => c.Trace);
        command.TimestampTz(conversations, static c => c.OptedOutAt);
        command.TimestampTz(conversations, static c => c.WaitingSince);
        command.TimestampTz(conversations, static c => c.PeopleSince);
        command.TimestampTz(conversations, static c => c.PeopleAnsweredAt);
        command.TimestampTz(conversations, static c => c.ResponseDueAt);
        command.TimestampTz(conversations, static c => c.ResolutionDueAt);
        command.Uuid(conversations, static c => c.TeamId);
        return command;
    }

    // Arrays of arrays must be rectangular in Postgres, so each list of labels travels as one text.
    private static string Joined(string[] labels) => labels.Length == 0 ? "" : string.Join('\u001f', labels);
}
