using Assistify.ChatService.Conversations;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <summary>A merge that is undone: what was his when he became part of the other goes back, and what came to his addresses since goes with it.</summary>
/// <param name="Taken">What the other one had not known: columns of <see cref="MergedFacts"/>.</param>
internal sealed record Merge(Guid Id, Guid Into, Guid From, string[] Taken, DateTimeOffset MergedAt)
{
    /// <summary>Both customers are locked, with their conversations.</summary>
    public async Task Undo(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var addresses = await HisAddresses(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        WithAddresses(batch, now, addresses,
            """
            update customer_identifiers i set customer_id = $2 from unnest($6::text[], $7::text[]) as v(kind, value)
            where i.customer_id = $1 and i.kind = v.kind and i.value = v.value
            """);

        // Where a person's own id is not where answers go, as in a room of colleagues, an earlier conversation there says whose a later one is.
        WithAddresses(batch, now, addresses,
            """
            with back as (
                update conversations c set customer_id = $2, revision = c.revision + 1, changed_at = $4
                where c.customer_id = $1 and (
                    c.id in (select conversation_id from customer_merge_parts where merge_id = $3)
                    or (c.created_at > $5 and (
                        exists (select 1 from unnest($6::text[], $7::text[]) as v(kind, value) where v.kind <> 'phone' and v.value = c.address)
                        or exists (
                            select 1 from customer_merge_parts p join conversations o on o.id = p.conversation_id
                            where p.merge_id = $3 and o.connection_id = c.connection_id and o.address = c.address))))
                returning c.id)
            update media m set customer_id = $2 where m.customer_id = $1 and (
                m.id in (select media_id from customer_merge_parts where merge_id = $3)
                or m.id in (
                    select (a ->> 'id')::uuid from messages t cross join lateral jsonb_array_elements(t.attachments) a
                    where t.conversation_id in (select id from back)))
            """);
        Add(batch, now, "update customers set merged_into = $2 where merged_into = $1 and id in (select customer_id from customer_merge_parts where merge_id = $3)");
        Add(batch, now,
            $"""
            update customers u set merged_into = null, {MergedFacts.Each(static fact => $"{fact} = m.{fact}")}
            from customer_merges m where u.id = $2 and m.id = $3
            """);
        foreach (var fact in MergedFacts.Columns.Where(Taken.Contains)) GiveBack(batch, now, fact);
        Add(batch, now, "delete from customer_merge_parts where merge_id = $3");
        Add(batch, now, "update customer_merges set undone_at = $4, name = null, email = null, phone = null where id = $3");
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What the other one knew only by him, and still says the same, he does not know any more; or he knows it by the next who became part of him.</summary>
    private void GiveBack(NpgsqlBatch batch, DateTimeOffset now, string fact)
    {
        var next =
            $"""
            select r.id from customer_merges r
            where r.into_id = $1 and r.id <> $3 and r.undone_at is null and r.{fact} is not null order by r.merged_at limit 1
            """;
        Add(batch, now,
            $"""
            update customer_merges set taken = array_append(taken, '{fact}')
            where id = ({next}) and (select u.{fact} = m.{fact} from customers u, customer_merges m where u.id = $1 and m.id = $3)
            """);
        Add(batch, now,
            $"""
            update customers u set {fact} = (select r.{fact} from customer_merges r where r.id = ({next}))
            from customer_merges m where u.id = $1 and m.id = $3 and u.{fact} = m.{fact}
            """);
    }

    /// <summary>Those that he came with; and other forms of his number, which made a person the same one since.</summary>
    private async Task<List<(string Kind, string Value)>> HisAddresses(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var known = new List<(string Kind, string Value, bool His, bool Since)>();
        await using (var command = new NpgsqlCommand(
            """
            select i.kind, i.value, p.merge_id is not null, i.created_at > $3
            from customer_identifiers i
            left join customer_merge_parts p on p.merge_id = $2 and p.workspace_id = i.workspace_id and p.kind = i.kind and p.value = i.value
            where i.customer_id = $1
            """,
            connection))
        {
            command.Parameters.AddWithValue(Into);
            command.Parameters.AddWithValue(Id);
            command.Parameters.AddWithValue(MergedAt);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) known.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3)));
        }

        var numbers = known.Where(static address => address.His).Select(static address => PhoneIdentity.NumberOf(address.Kind, address.Value)).OfType<string>().ToHashSet();
        return [.. known
            .Where(address => address.His || (address.Since && PhoneIdentity.NumberOf(address.Kind, address.Value) is { } number && numbers.Contains(number)))
            .Select(static address => (address.Kind, address.Value))];
    }

    private void WithAddresses(NpgsqlBatch batch, DateTimeOffset now, List<(string Kind, string Value)> addresses, string sql)
    {
        var command = Add(batch, now, sql);
        command.Text(addresses, static address => address.Kind);
        command.Text(addresses, static address => address.Value);
    }

    /// <summary>With $1 the other one, $2 him, $3 the merge, $4 now and $5 when they were merged.</summary>
    private NpgsqlBatchCommand Add(NpgsqlBatch batch, DateTimeOffset now, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var id in (ReadOnlySpan<Guid>)[Into, From, Id]) command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        foreach (var at in (ReadOnlySpan<DateTimeOffset>)[now, MergedAt]) command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        batch.BatchCommands.Add(command);
        return command;
    }
}
