using Npgsql;

namespace Assistify.ChatService.Suppliers;

/// <param name="Id">As a customer.</param>
/// <param name="ConversationId">His latest one: where he is asked.</param>
/// <param name="WindowExpiresAt">Until then he can be written to freely; later, and where he never wrote, a template has to begin. Null where the channel has no such time.</param>
internal sealed record SupplierView(
    Guid Id, string? Name, string? Phone, DateTimeOffset SupplierSince, Guid? ConversationId, string? Channel, DateTimeOffset? WindowExpiresAt)
{
    public const string Query =
        """
        select u.id, u.name, u.phone, u.supplier_since, c.id, c.channel, c.window_expires_at
        from customers u
        left join lateral (
            select id, channel, window_expires_at from conversations where customer_id = u.id order by last_activity_at desc, created_at desc limit 1) c on true
        where u.workspace_id = $1 and u.merged_into is null and u.supplier_since is not null
        """;

    public static SupplierView Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3),
        reader.IsDBNull(4) ? null : reader.GetGuid(4), reader.IsDBNull(5) ? null : reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6));
}
