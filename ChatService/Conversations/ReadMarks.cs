using Npgsql;

namespace Assistify.ChatService.Conversations;

/// <summary>The sequences up to which each side has seen a conversation. They only ever grow.</summary>
internal sealed record ReadMarks(long ByCustomer, long ByPeople)
{
    private const string Upsert =
        """
        insert into read_marks as r (conversation_id, by_customer, by_people) select * from unnest($1::uuid[], $2::bigint[], $3::bigint[])
        on conflict (conversation_id) do update
        set by_customer = greatest(r.by_customer, excluded.by_customer), by_people = greatest(r.by_people, excluded.by_people)
        """;

    public ReadMarks With(long sequence, bool byCustomer) => byCustomer
        ? this with { ByCustomer = Math.Max(ByCustomer, sequence) }
        : this with { ByPeople = Math.Max(ByPeople, sequence) };

    public static async Task<ReadMarks> Find(NpgsqlDataSource database, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select by_customer, by_people from read_marks where conversation_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new ReadMarks(reader.GetInt64(0), reader.GetInt64(1)) : new ReadMarks(0, 0);
    }

    public static NpgsqlBatchCommand UpsertAll(IReadOnlyDictionary<Guid, ReadMarks> marks)
    {
        var all = marks.ToList();
        var command = new NpgsqlBatchCommand(Upsert);
        command.Uuid(all, static mark => mark.Key);
        command.Bigint(all, static mark => mark.Value.ByCustomer);
        command.Bigint(all, static mark => mark.Value.ByPeople);
        return command;
    }
}
