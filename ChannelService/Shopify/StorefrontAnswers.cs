using System.Text.Json.Nodes;
using Npgsql;

namespace Assistify.ChannelService.Shopify;

/// <summary>
/// What was written to a visitor after a place in the ledger, oldest first:
/// <c>{"items":[{"id":"…","text":"…","cards":[…],"createdAt":"…"}],"next":812}</c>. <c>next</c> is the <c>after</c> of the next call.
/// </summary>
/// <param name="address">Null where nobody says who asks: then there is nothing.</param>
internal sealed class StorefrontAnswers(NpgsqlDataSource database, Guid connectionId, string? address, long after) : IResult
{
    private const int PageSize = 50;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var items = new JsonArray();
        var next = address is null ? after : await Load(address, items, httpContext.RequestAborted);

        // Between the shop and here stand caches that do not know whose answers these are.
        httpContext.Response.Headers.CacheControl = "no-store";
        await httpContext.Response.WriteAsJsonAsync(new JsonObject { ["items"] = items, ["next"] = next }, httpContext.RequestAborted);
    }

    private async Task<long> Load(string to, JsonArray items, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT sequence, delivery_id, part, body, payload, created_at FROM deliveries
            WHERE connection_id = $1 AND address = $2 AND status BETWEEN 3 AND 5 AND sequence > $3
                AND (address LIKE 'visitor/%' OR address LIKE 'customer/%')
            ORDER BY sequence LIMIT $4
            """);
        command.CommandTimeout = 4;
        command.Parameters.Add(Sql.Value(connectionId));
        command.Parameters.Add(Sql.Value(to));
        command.Parameters.Add(Sql.Value(after));
        command.Parameters.Add(Sql.Value(PageSize));
        var last = after;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            last = reader.GetInt64(0);
            var text = reader.GetString(3);
            var payload = reader.IsDBNull(4) ? null : reader.GetString(4);

            // After 30 days only the row is left.
            if (text.Length == 0 && payload is null) continue;
            var item = new JsonObject { ["id"] = $"{reader.GetGuid(1)}/{reader.GetInt16(2)}", ["text"] = text, ["createdAt"] = reader.GetFieldValue<DateTime>(5) };
            if (payload is not null)
                foreach (var (name, value) in JsonNode.Parse(payload)!.AsObject()) item[name] = value?.DeepClone();
            items.Add(item);
        }
        return last;
    }
}
