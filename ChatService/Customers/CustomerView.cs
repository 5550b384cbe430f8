using Assistify.ChatService.Conversations;
using Npgsql;

namespace Assistify.ChatService.Customers;

/// <summary>Who became part of a customer, and can still be taken out of him again.</summary>
internal sealed record MergedCustomerView(Guid CustomerId, string? Name, DateTimeOffset MergedAt);

/// <param name="MergedFrom">The last merge first; not in lists.</param>
internal sealed record CustomerView(
    Guid Id, string? Name, string? Email, string? Phone, string? Locale, IReadOnlyList<IdentifierView> Identifiers,
    long Conversations, DateTimeOffset? LastActivityAt, DateTimeOffset CreatedAt, DateTimeOffset? BlockedAt = null,
    DateTimeOffset? SupplierSince = null, IReadOnlyList<MergedCustomerView>? MergedFrom = null)
{
    public const string Query =
        """
        select u.id, u.name, u.email, u.phone, u.locale, k.identifiers, n.conversations, n.last_activity_at, u.created_at, u.blocked_at,
            u.supplier_since
        from customers u
        left join lateral (
            select array_agg(i.kind || chr(31) || i.value order by i.created_at, i.kind, i.value) as identifiers
            from customer_identifiers i where i.customer_id = u.id and i.kind <> 'phone') k on true
        left join lateral (
            select count(*) as conversations, max(c.last_activity_at) as last_activity_at
            from conversations c where c.customer_id = u.id and c.sequence > 0) n on true
        where u.workspace_id = $1 and u.merged_into is null
        """;

    public static CustomerView Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), Text(reader, 1), Text(reader, 2), Text(reader, 3), Text(reader, 4),
        reader.IsDBNull(5) ? [] : [.. reader.GetFieldValue<string[]>(5).Select(IdentifierView.Read)],
        reader.GetInt64(6), reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7), reader.GetFieldValue<DateTimeOffset>(8),
        reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9), reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
